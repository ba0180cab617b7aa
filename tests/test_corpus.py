"""Templates that other people wrote are read, but for those that are truly broken, which are named here with the reason."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from wascan import config, packs, reports
from wascan.scan import scan

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TEMPLATES = SHARED / "corpus" / "cloudformation"

BROKEN = {
    "serverless-patterns/cognito-sns-sms-origination-id-sam/template.yaml": "has the key MfaConfiguration twice",
    "serverless-patterns/msk-lambda-schema-avro-java-sam/template_original.yaml": "has the key SchemaRegistryURI twice",
    "serverless-patterns/multi-account-private-apigw/centralAccount/template.yaml": "has the key Handler twice",
    "serverless-patterns/rds-sns-event-notification/template.yaml": "begins in the middle of a line of prose",
}
"""Files that cannot be read at all."""

PARTLY = {
    "aws-cloudformation-templates/RainModules/bucket.yml": "its types are modules that only Rain expands",
    "aws-cloudformation-templates/Solutions/GitLab/GitLabServer.json": "the same",
    "aws-cloudformation-templates/Solutions/GitLab/GitLabServer.yaml": "the same",
    "aws-cloudformation-templates/Solutions/Gitea/Gitea.json": "the same",
    "aws-cloudformation-templates/Solutions/Gitea/Gitea.yaml": "the same",
    "aws-cloudformation-templates/Solutions/VSCode/VSCodeServer.json": "the same",
    "aws-cloudformation-templates/Solutions/VSCode/VSCodeServer.yaml": "the same",
}
"""Files with resources that cannot be judged."""


@pytest.mark.skipif(not TEMPLATES.exists(), reason="the corpus is not here")
def test_every_template_is_read_but_for_the_broken_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TEMPLATES)
    report = scan(["."], config.Config(), packs.Packs(), today="2026-01-01")
    assert {broken.name for broken in report.unreadable} == BROKEN.keys()
    assert {note.file for note in report.notes if note.level == "error"} <= PARTLY.keys()
    assert len(report.files) > 190
    target = tmp_path / "x.sarif"
    reports.save("sarif", report, str(target))
    log = json.loads(target.read_text(encoding="utf-8"))
    schema = json.loads((SHARED / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft4Validator(schema).iter_errors(log)] == []
    listed = {unquote(artifact["location"]["uri"]) for artifact in log["runs"][0]["artifacts"]}
    assert set(report.files) <= listed


@pytest.mark.skipif(not (SHARED / "oracle").exists(), reason="the labelled files are not here")
@pytest.mark.parametrize("folder", ["oracle/files", "corpus/terraform", "corpus/cdk"])
def test_no_rule_breaks_on_real_input(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHARED / folder)
    report = scan(["."], config.Config(), packs.Packs(), today="2026-01-01")
    assert [note for note in report.notes if "is broken" in note.message] == []
    assert report.sources


SOLUTION = {
    "bucket-tls-only.s3-bucket": (2, 0),
    "bucket-public-access-blocked.s3-bucket": (2, 0),
    "encryption-at-rest.s3-bucket": (2, 0),
    "versioning.s3-bucket": (0, 2),
    "bucket-lifecycle.s3-bucket": (0, 2),
    "bucket-access-logging.s3-bucket": (1, 0),
    "customer-managed-key.sns-topic": (0, 1),
    "state-machine-logging.state-machine": (0, 4),
    "state-machine-tracing.state-machine": (4, 0),
    "point-in-time-recovery.dynamodb-table": (1, 0),
    "deletion-protection.dynamodb-table": (0, 1),
    "alarms.state-machine": (0, 4),
    "dead-letter-queue.lambda-function": (0, 4),
}
"""What is known of the AWS Solution "Maintaining Personalized Experiences": how many resources pass and fail a check.
The bucket for access logs is not asked for logs of its own."""


@pytest.mark.skipif(not (SHARED / "corpus/cdk").exists(), reason="the corpus is not here")
def test_a_solution_of_awss_is_what_it_is_known_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHARED / "corpus" / "cdk" / "maintaining-personalized-experiences")
    report = scan(["."], config.Config(), packs.Packs(), today="2026-01-01")
    found = {check.id: (tally["pass"], tally["fail"]) for check, tally in report.judged.items()}
    assert {id: found.get(id) for id in SOLUTION} == SOLUTION
    by_cdk = {finding.check.rule.id for finding in report.findings if finding.resource.managed_by}
    assert {"supported-version", "wildcard-resources"} <= by_cdk
