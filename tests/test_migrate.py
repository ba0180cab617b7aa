"""What other scanners were told becomes a configuration that says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner

from wascan import config
from wascan.cli import cli
from wascan.packs import Packs
from wascan.scan import scan

if TYPE_CHECKING:
    from click.testing import Result

LOGGED = "bucket-access-logging.s3-bucket"
VERSIONED = "versioning.s3-bucket"
BUCKET = {"Resources": {"Data": {"Type": "AWS::S3::Bucket"}}}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def migrated(tool: str, files: dict[str, str], path: str = ".") -> dict[str, Any]:
    """What the file that is printed says; it is a right configuration."""
    text = printed(tool, files, path).output
    Path("wascan.yaml").write_text(text, encoding="utf-8")
    found = config.load()
    found.verify(Packs().vocabulary())
    data: dict[str, Any] = yaml.safe_load(text) or {}
    return data


def printed(tool: str, files: dict[str, str], path: str = ".") -> Result:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    return CliRunner().invoke(cli, ["migrate", tool, path])


def left(result: Result) -> list[str]:
    """What could not be carried over."""
    _, _, rest = result.stdout.partition("# Not carried over:\n")
    return [line.removeprefix("# - ") for line in rest.splitlines()]


def test_checkovs_settings_are_carried_over() -> None:
    files = {
        ".checkov.yaml": "skip-check: [CKV_AWS_18, CKV_AWS_21]\nskip-path: [examples/]\nsoft-fail: true\nquiet: true\n"
    }
    found = migrated("checkov", files)
    assert {LOGGED, VERSIONED, "checkov:CKV_AWS_18", "checkov:CKV_AWS_21"} <= set(found["ignore"])
    assert found["exclude"] == ["examples/"]
    assert found["fail-on"] == "none"
    assert left(printed("checkov", {})) == [".checkov.yaml: quiet"]


def test_what_checkov_was_to_check_is_selected() -> None:
    found = migrated("checkov", {".checkov.yml": "check: CKV_AWS_18,CKV_AWS_2*\n"})
    assert {LOGGED, VERSIONED} <= set(found["select"])


def test_what_cannot_be_said_in_wascan_stands_in_comments() -> None:
    files = {".checkov.yaml": "skip-check: [LOW]\nskip-path: ['.*/test/.*']\n"}
    result = printed("checkov", files)
    assert left(result) == [
        ".checkov.yaml: skip-check LOW: wascan has severities of its own",
        ".checkov.yaml: skip-path .*/test/.*: exclude takes no regular expressions",
    ]


def test_a_rule_of_checkovs_is_said_once_and_what_only_checkov_asks_says_so() -> None:
    lines = printed("checkov", {".checkov.yaml": "skip-check: [CKV_AWS_18, CKV_AWS_999999]\n"}).stdout.splitlines()
    assert lines == [
        "# What checkov was told in .checkov.yaml.",
        "ignore:",
        f"  - {LOGGED}  # CKV_AWS_18",
        '  - "checkov:CKV_AWS_18"',
        '  - "checkov:CKV_AWS_999999"  # counts with --engine checkov only',
    ]


def test_checkovs_baseline_becomes_waivers_that_hold() -> None:
    baseline = {
        "failed_checks": [
            {"file": "/t.json", "findings": [{"resource": "AWS::S3::Bucket.Data", "check_ids": ["CKV_AWS_18"]}]},
            {"file": "/main.tf", "findings": [{"resource": "aws_s3_bucket.logs", "check_ids": ["CKV_AWS_21"]}]},
        ]
    }
    found = migrated("checkov", {".checkov.baseline": json.dumps(baseline), "t.json": json.dumps(BUCKET)})
    assert [waiver["resources"] for waiver in found["waivers"]] == [["Data"], ["aws_s3_bucket.logs"]]
    report = scan((".",), config.load(), Packs(), today="2027-01-31")
    (waived,) = (item for item in report.findings if item.waiver is not None)
    assert waived.check.id == LOGGED


def test_suppressions_in_templates_become_waivers() -> None:
    data = {"Type": "AWS::S3::Bucket", "Metadata": {"checkov": {"skip": [{"id": "CKV_AWS_18", "comment": 'a "log"'}]}}}
    found = migrated("checkov", {"app/t.json": json.dumps({"Resources": {"Data": data, "More": data}})})
    (waiver,) = found["waivers"]
    assert waiver == {
        "rules": [LOGGED, "checkov:CKV_AWS_18"],
        "resources": ["Data", "More"],
        "files": ["app/t.json"],
        "reason": 'a "log"',
    }


def test_the_deny_lists_of_cfn_nag_are_waivers_with_their_reasons() -> None:
    files = {
        ".cfn_nag.yml": "deny_list_path: deny.yml\nfail_on_warnings: true\n",
        "deny.yml": "RulesToSuppress:\n- {id: W35, reason: logs cost too much}\n- {id: W51}\n- {id: F38}\n",
    }
    found = migrated("cfn_nag", files)
    assert found["waivers"] == [{"rules": [LOGGED], "reason": "logs cost too much"}]
    assert ".cfn_nag.yml: fail_on_warnings" in left(printed("cfn_nag", {}))


def test_cdk_nags_suppressions_are_found_in_templates() -> None:
    rules = [{"id": "AwsSolutions-S1", "reason": "a prototype"}, {"id": "AwsSolutions-MS4", "reason": "no metrics"}]
    data = {"Type": "AWS::S3::Bucket", "Metadata": {"cdk_nag": {"rules_to_suppress": rules}}}
    files = {"cdk.out/t.json": json.dumps({"Resources": {"Data": data}})}
    assert migrated("cdk-nag", files, "cdk.out/t.json")["waivers"][0]["rules"] == [LOGGED]
    assert left(printed("cdk-nag", {}, "cdk.out/t.json")) == [
        "cdk.out/t.json: AwsSolutions-MS4: no check of wascan's asks that"
    ]


def test_trivys_ignore_files_are_waivers_with_their_expiries() -> None:
    files = {
        ".trivyignore": "# a log bucket\nAVD-AWS-0089 exp:2027-03-01\n\nAWS-0090 # nobody needs it\nCVE-2024-1\n",
        ".trivyignore.yaml": "misconfigurations:\n- {id: AVD-AWS-0132, paths: [infra/*.tf], statement: SSE-S3 will do, "
        "expired_at: 2027-04-01}\nvulnerabilities: []\n",
    }
    found = migrated("trivy", files)["waivers"]
    assert found[0] == {"rules": [LOGGED], "until": "2027-03-01", "reason": "a log bucket"}
    assert found[1]["reason"] == "nobody needs it"
    assert found[2]["files"] == ["infra/*.tf"]
    assert found[2]["until"] == "2027-04-01"
    assert left(printed("trivy", {})) == [
        ".trivyignore: CVE-2024-1: no check of wascan's asks that",
        ".trivyignore.yaml: vulnerabilities",
    ]


def test_trivys_settings_are_carried_over() -> None:
    text = "severity: [HIGH, CRITICAL]\nexit-code: 1\nscan: {skip-dirs: [examples], scanners: [misconfig]}\nignorefile: x\n"
    found = migrated("trivy", {"ci/trivy.yaml": text, "ci/x": "AVD-AWS-0089\n"}, "ci")
    assert found["fail-on"] == "high"
    assert found["exclude"] == ["examples"]
    assert found["waivers"][0]["reason"] == "it is in x"
    assert migrated("trivy", {"ci/trivy.yaml": "severity: [HIGH]\n"}, "ci")["fail-on"] == "none"


def test_where_there_is_nothing_that_is_said() -> None:
    result = printed("trivy", {"t.json": json.dumps(BUCKET)})
    assert result.exit_code == 3
    assert "nothing of trivy was found in ." in result.stderr
    assert not result.stdout


@pytest.mark.parametrize("path", ["nowhere", ".checkov.yaml"])
def test_what_cannot_be_read_is_an_error(path: str) -> None:
    Path(".checkov.yaml").write_text("a: [", encoding="utf-8")
    result = CliRunner().invoke(cli, ["migrate", "checkov", path])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
