"""What other scanners are told to pass over holds for the checks of ours that ask the same."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wascan.config import load
from wascan.packs import Packs
from wascan.scan import scan
from wascan.suppressions import checks_of

if TYPE_CHECKING:
    from wascan.finding import Finding, Report

ROOT = Path(__file__).resolve().parents[1]
LOGGED = "bucket-access-logging.s3-bucket"
VERSIONED = "versioning.s3-bucket"
LIFECYCLE = "bucket-lifecycle.s3-bucket"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def scanned(files: dict[str, str], config: str = "") -> Report:
    for name, text in {**files, **({"wascan.yaml": config} if config else {})}.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    return scan((".",), load(), Packs(), today="2027-01-31")


def waived(report: Report) -> dict[str, Finding]:
    """The waived findings by the name of the resource and the check."""
    return {f"{item.resource.name} {item.check.id}": item for item in report.findings if item.waiver is not None}


def template(metadata: Any = None, **more: Any) -> dict[str, str]:
    bucket = {"Type": "AWS::S3::Bucket", **({} if metadata is None else {"Metadata": metadata})}
    return {
        "t.json": json.dumps({**more, "Resources": {"Data": bucket, "Other": {"Type": "AWS::S3::Bucket"}}}, indent=1)
    }


def told(report: Report, name: str = f"Data {LOGGED}") -> tuple[str, str]:
    """Who waived a finding, and why."""
    waiver = waived(report)[name].waiver
    return waiver.origin, waiver.reason


# In metadata


@pytest.mark.parametrize(
    ("metadata", "origin", "reason"),
    [
        ({"checkov": {"skip": [{"id": "CKV_AWS_18", "comment": "no logs"}]}}, "checkov", "no logs"),
        ({"bridgecrew": {"skip": [{"id": "CKV_AWS_18", "comment": "no logs"}]}}, "checkov", "no logs"),
        ({"cfn_nag": {"rules_to_suppress": [{"id": "W35", "reason": "a log bucket"}]}}, "cfn_nag", "a log bucket"),
        (
            {"cdk_nag": {"rules_to_suppress": [{"id": "AwsSolutions-S1", "reason": "it is one"}]}},
            "cdk-nag",
            "it is one",
        ),
        (
            {"cdk_nag": {"rules_to_suppress": [{"id": "HIPAA.Security-S3BucketLoggingEnabled", "reason": "x"}]}},
            "cdk-nag",
            "x",
        ),
        (
            {"cdk_nag": {"rules_to_suppress": [{"id": "NIST.800.53.R5-S3BucketLoggingEnabled", "reason": "x"}]}},
            "cdk-nag",
            "x",
        ),
        ({"guard": {"SuppressedRules": ["S3_BUCKET_LOGGING_ENABLED"]}}, "guard", "no reason is given"),
    ],
)
def test_metadata_of_other_scanners_waive(metadata: Any, origin: str, reason: str) -> None:
    report = scanned(template(metadata))
    assert list(waived(report)) == [f"Data {LOGGED}"]
    assert told(report) == (origin, reason)
    place = waived(report)[f"Data {LOGGED}"].waiver.place
    assert place.file == "t.json"
    assert place.line > 1
    assert not report.notes


def test_a_reason_in_base64_is_read() -> None:
    reason = base64.b64encode("für Protokolle".encode()).decode()
    entry = {"id": "AwsSolutions-S1", "reason": reason, "is_reason_encoded": True}
    assert told(scanned(template({"cdk_nag": {"rules_to_suppress": [entry]}})))[1] == "für Protokolle"


@pytest.mark.parametrize(
    ("name", "wanted", "other"),
    [
        ("AwsSolutions-IAM5", "wildcard-resources.iam-role", None),
        ("AwsSolutions-IAM5[Resource::*]", "wildcard-resources.iam-role", "service-wildcards.iam-role"),
        ("AwsSolutions-IAM5[Action::ec2:*]", "service-wildcards.iam-role", "wildcard-resources.iam-role"),
    ],
)
def test_a_suppression_of_single_findings_holds_for_the_checks_that_ask_for_these(
    name: str, wanted: str, other: str | None
) -> None:
    found = checks_of("cdk-nag", [name])
    assert wanted in found
    assert other not in found


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "AwsSolutions-S1[LogPrefix::x]", "reason": "one"},
        {"id": "AwsSolutions-S1", "reason": "one", "applies_to": ["LogPrefix::x", {"regex": "/x/"}]},
    ],
)
def test_a_suppression_of_single_findings_is_none_of_the_whole_rule(entry: dict[str, Any]) -> None:
    assert not waived(scanned(template({"cdk_nag": {"rules_to_suppress": [entry]}})))


def test_cdk_nag_suppresses_in_a_whole_stack() -> None:
    stack = {"cdk_nag": {"rules_to_suppress": [{"id": "AwsSolutions-S1", "reason": "a prototype"}]}}
    assert set(waived(scanned(template(Metadata=stack)))) == {f"Data {LOGGED}", f"Other {LOGGED}"}


@pytest.mark.parametrize(
    "metadata",
    [
        {"cdk_nag": {"rules_to_suppress": [{"id": "AwsSolutions-QS1", "reason": "nothing of ours asks that"}]}},
        {"cdk_nag": {"rules_to_suppress": [{"id": ["AwsSolutions-S1"]}, "AwsSolutions-S1", None]}},
        {"cdk_nag": ["AwsSolutions-S1"]},
        {"checkov": {"skip": "CKV_AWS_18"}},
        {"guard": {"SuppressedRules": {"S3_BUCKET_LOGGING_ENABLED": True}}},
        {"cfn_nag": None},
    ],
)
def test_what_means_nothing_waives_nothing_and_nobody_is_warned(metadata: Any) -> None:
    report = scanned(template(metadata))
    assert not waived(report)
    assert not report.notes


def test_a_suppression_that_waives_nothing_is_no_warning() -> None:
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}}
    bucket["Metadata"] = {"checkov": {"skip": [{"id": "CKV_AWS_21", "comment": "x"}]}}
    assert not scanned({"t.json": json.dumps({"Resources": {"Data": bucket}})}).notes


# In comments of templates

YAML = """Resources:
  Data:
    # {inside}
    Type: AWS::S3::Bucket
  # {above}
  Other:
    Type: AWS::S3::Bucket
"""


@pytest.mark.parametrize(
    ("comment", "origin", "reason"),
    [
        ("checkov:skip=CKV_AWS_18:a log bucket", "checkov", "a log bucket"),
        ("checkov:skip=CKV_AWS_18", "checkov", "no reason is given"),
        ("checkov:skip=CKV_AWS_99,CKV_AWS_18: two", "checkov", "two"),
    ],
)
def test_checkov_skips_inside_a_resource_and_right_above_it(comment: str, origin: str, reason: str) -> None:
    report = scanned({"t.yaml": YAML.format(inside=comment, above="nothing")})
    assert told(report) == (origin, reason)
    assert list(waived(report)) == [f"Data {LOGGED}"]
    above = scanned({"t.yaml": YAML.format(inside="nothing", above=comment)})
    assert list(waived(above)) == [f"Other {LOGGED}"]


def test_kics_passes_over_blocks_and_whole_files() -> None:
    names = set(waived(scanned({"t.yaml": YAML.format(inside="x", above="kics-scan ignore-block")})))
    assert f"Other {LOGGED}" in names
    assert not any(name.startswith("Data ") for name in names)
    names = set(waived(scanned({"t.yaml": "# kics-scan ignore\n" + YAML.format(inside="x", above="x")})))
    assert {f"Data {LOGGED}", f"Other {LOGGED}"} <= names
    late = scanned({"t.yaml": YAML.format(inside="x", above="kics-scan ignore")})
    assert not waived(late)


def test_queries_of_kics_that_are_named_by_id_are_not_known_and_that_is_said_once() -> None:
    disabled = "# kics-scan disable=a227ec01-f97a-4084-91a4-47b350c1db54,5c6b727b-1382-4629-8ba9-abd1365e5610\n"
    text = disabled + YAML.format(inside="x", above="x")
    report = scanned({"t.yaml": text, "u.yaml": text})
    assert not waived(report)
    (note,) = report.notes
    assert (note.file, note.line, note.level) == ("t.yaml", 1, "warning")
    assert "queries of KICS by their ids" in note.message


def test_kics_passes_over_a_line() -> None:
    text = """Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      # kics-scan ignore-line
      StorageEncrypted: false
      MultiAZ: false
"""
    assert list(waived(scanned({"t.yaml": text}))) == ["Orders encryption-at-rest.rds-instance"]


# In .tf files

BUCKETS = {
    "format_version": "1.2",
    "resource_changes": [
        {
            "address": f"aws_s3_bucket.{name}",
            "mode": "managed",
            "type": "aws_s3_bucket",
            "name": name,
            "change": {"actions": ["create"], "after": {"bucket": name}, "after_unknown": {}, "after_sensitive": {}},
        }
        for name in ("data", "other")
    ],
    "configuration": {
        "root_module": {
            "resources": [
                {
                    "address": f"aws_s3_bucket.{name}",
                    "mode": "managed",
                    "type": "aws_s3_bucket",
                    "name": name,
                    "expressions": {"bucket": {"constant_value": name}},
                }
                for name in ("data", "other")
            ]
        }
    },
}


def buckets(inside: str = "", above: str = "", header: str = "", between: str = "") -> dict[str, str]:
    lines = [
        f"# {above}" if above else "",
        f'resource "aws_s3_bucket" "data" {{ {f"# {header}" if header else ""}',
        f"  # {inside}" if inside else "",
        '  bucket = "data"',
        "}",
        f"# {between}" if between else "",
        "",
        'resource "aws_s3_bucket" "other" {',
        '  bucket = "other"',
        "}",
    ]
    return {"tf/plan.json": json.dumps(BUCKETS), "tf/main.tf": "\n".join(lines)}


@pytest.mark.parametrize(
    ("where", "comment", "origin", "reason"),
    [
        ("inside", "checkov:skip=CKV_AWS_18:a log bucket", "checkov", "a log bucket"),
        ("header", "checkov:skip=CKV_AWS_18:a log bucket", "checkov", "a log bucket"),
        ("above", "trivy:ignore:AVD-AWS-0089", "trivy", "no reason is given"),
        ("above", "trivy:ignore:AWS-0089: not needed", "trivy", "not needed"),
        ("above", "trivy:ignore:avd-aws-0089 not needed", "trivy", "not needed"),
        ("header", "tfsec:ignore:aws-s3-enable-bucket-logging", "tfsec", "no reason is given"),
        ("above", "tfsec:ignore:aws-s3-enable-bucket-logging:exp:2027-01-31", "tfsec", "no reason is given"),
    ],
)
def test_comments_in_terraform_files_waive(where: str, comment: str, origin: str, reason: str) -> None:
    report = scanned(buckets(**{where: comment}))
    assert told(report, f"aws_s3_bucket.data {LOGGED}") == (origin, reason)
    assert list(waived(report)) == [f"aws_s3_bucket.data {LOGGED}"]


def test_several_ignores_may_stand_in_one_comment() -> None:
    comment = "tfsec:ignore:aws-s3-enable-bucket-logging trivy:ignore:AWS-0090 both"
    report = scanned(buckets(above=comment))
    assert told(report, f"aws_s3_bucket.data {LOGGED}")[0] == "tfsec"
    assert told(report, f"aws_s3_bucket.data {VERSIONED}") == ("trivy", "both")


@pytest.mark.parametrize(
    ("where", "comment"),
    [
        ("between", "checkov:skip=CKV_AWS_18:outside of both blocks"),
        ("above", "trivy:ignore:AWS-0089[bucket=other]"),
        ("above", "trivy:ignore:AWS-0089:ws:dev"),
        ("above", "kics-scan enable=a227ec01-f97a-4084-91a4-47b350c1db54"),
    ],
)
def test_what_may_not_hold_does_not(where: str, comment: str) -> None:
    assert not waived(scanned(buckets(**{where: comment})))


def test_an_expired_ignore_does_not_hold_and_that_is_said() -> None:
    report = scanned(buckets(above="trivy:ignore:AWS-0089:exp:2027-01-30"))
    assert not waived(report)
    (note,) = (note for note in report.notes if note.file == "tf/main.tf")
    assert "it expired on 2027-01-30" in note.message


# By the configuration


def test_they_may_be_reported_or_ignored() -> None:
    metadata = {"cfn_nag": {"rules_to_suppress": [{"id": "W35", "reason": "a log bucket"}]}}
    report = scanned(template(metadata), "foreign-suppressions: report")
    assert not waived(report)
    (note,) = report.notes
    assert note.message == "cfn_nag is told to pass over this: a log bucket"
    assert note.level == "note"
    report = scanned(template(metadata), "foreign-suppressions: ignore")
    assert not waived(report)
    assert not report.notes


def test_wascans_own_waivers_go_before_them() -> None:
    text = f"wascan: ignore[{LOGGED}] ours\n  # checkov:skip=CKV_AWS_18:theirs"
    report = scanned({"t.yaml": YAML.format(inside="x", above=text)})
    assert told(report, f"Other {LOGGED}") == ("inline", "ours")


# The table


def test_the_names_of_rules_are_those_of_the_scanners() -> None:
    rows = json.loads((ROOT / "data-sources/peer-rules.json").read_text(encoding="utf-8"))
    known = {scanner: {row["id"] for row in rows if row["scanner"] == scanner} for scanner in ("cdk-nag", "trivy")}
    ids = json.loads((ROOT / "scanner/wascan/data/suppression_ids.json").read_text(encoding="utf-8"))
    assert set(ids["AwsSolutions"].values()) <= known["cdk-nag"]
    assert set(ids["trivy"].values()) <= known["trivy"]


def test_patterns_stand_for_all_that_they_match() -> None:
    assert LOGGED in checks_of("tfsec", ["aws-s3-*"])
    assert LOGGED in checks_of("trivy", ["*"])
    assert LOGGED not in checks_of("trivy", ["aws-rds-*"])
