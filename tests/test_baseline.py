"""Known findings: they stay known while they move, what is new is new, and no secret is kept."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting import make, scan, store, stores  # noqa: F401  a fixture
from test_cli import wascan
from wascan import baseline
from wascan.baseline import Baseline, BaselineError, failed

if TYPE_CHECKING:
    from wascan.finding import Report

OPEN = """Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      StorageEncrypted: false
      BackupRetentionPeriod: 1
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)


def kept(file: str = "wascan-baseline.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(file).read_text())["findings"]
    return found


ENCRYPTED = make("encrypted", lambda s: s.encrypted.is_true())
BACKED_UP = make("backed-up", lambda s: s.days.at_least(7), severity="medium")
PUBLIC = make("blocked", lambda s: s.block_acls.is_true() & s.block_policy.is_true())
SECRET = make("no-password", lambda s: s.password.is_absent())
RULES = [ENCRYPTED, BACKED_UP, PUBLIC, SECRET]
FAULTY = store(
    "StorageEncrypted: false\nBackupRetentionPeriod: 1\nPublicAccess: {BlockAcls: true}\nMasterUserPassword: hunter2"
)


def report(*resources: str) -> Report:
    return scan(RULES, {"t.yaml": "Resources:\n" + "".join(resources)})


def known(before: Report, after: Report) -> set[str]:
    """The findings of one state that are known from another."""
    Baseline("b.json").of(before.findings).mark(after.findings)
    return {f"{finding.check.rule.id} {finding.resource.name}" for finding in after.findings if finding.known}


@pytest.mark.usefixtures("stores")
class TestWhatIsKnown:
    def test_the_same_is_known_and_fails_nothing(self) -> None:
        after = report(FAULTY)
        assert known(report(FAULTY), after) == {
            "encrypted Orders",
            "backed-up Orders",
            "blocked Orders",
            "no-password Orders",
        }
        assert not any(finding.fails or finding.counts for finding in after.findings)

    def test_another_value_that_fails_is_new(self) -> None:
        assert "backed-up Orders" not in known(report(FAULTY), report(FAULTY.replace("Period: 1", "Period: 0")))

    def test_more_that_fails_is_new_and_less_is_not(self) -> None:
        worse = FAULTY.replace("BlockAcls: true", "BlockAcls: false")
        assert "blocked Orders" not in known(report(FAULTY), report(worse))
        assert "blocked Orders" in known(report(worse), report(FAULTY))

    def test_another_resource_is_new(self) -> None:
        found = known(report(FAULTY), report(FAULTY, FAULTY.replace("Orders", "Invoices")))
        assert all(name.endswith("Orders") for name in found)
        assert len(found) == 4

    def test_another_file_is_new(self) -> None:
        one = scan(RULES, {"t.yaml": f"Resources:\n{FAULTY}"})
        other = scan(RULES, {"u.yaml": f"Resources:\n{FAULTY}"})
        assert known(one, other) == set()

    def test_a_secret_is_known_whatever_it_is_and_never_kept(self) -> None:
        before = report(FAULTY)
        assert "no-password Orders" in known(before, report(FAULTY.replace("hunter2", "hunter3")))
        assert "hunter2" not in Baseline("b.json").of(before.findings).text()

    def test_what_is_waived_is_not_kept(self) -> None:
        before = report(FAULTY)
        for finding in before.findings:
            finding.waiver = "a reason"
        assert len(Baseline("b.json").of(before.findings)) == 0

    def test_what_nobody_can_tell_is_kept_apart_from_what_fails(self) -> None:
        open = FAULTY.replace("StorageEncrypted: false", "StorageEncrypted: !ImportValue x")
        before = report(open)
        assert len(Baseline("b.json").of(before.findings)) == 3
        unknown = Baseline("b.json").of(before.findings, unknown=True)
        assert len(unknown) == 4
        after = report(FAULTY)
        unknown.mark(after.findings)
        assert [finding.known for finding in after.findings if finding.check.rule is ENCRYPTED] == [False]

    def test_of_several_that_are_alike_so_many_are_known_as_there_were(self) -> None:
        before = report(FAULTY)
        twice = [*report(FAULTY).findings, *report(FAULTY).findings]
        Baseline("b.json").of(before.findings).mark(twice)
        assert sum(finding.known for finding in twice) == len(before.findings)
        Baseline("b.json").of(twice).mark(again := [*report(FAULTY).findings, *report(FAULTY).findings])
        assert all(finding.known for finding in again)

    def test_what_is_the_same_is_matched_before_what_is_less(self) -> None:
        more = report(FAULTY.replace("BlockAcls: true", "BlockAcls: false"))
        less = report(FAULTY)
        before = Baseline("b.json").of([*more.findings, *less.findings])
        after = [*report(FAULTY).findings, *report(FAULTY.replace("BlockAcls: true", "BlockAcls: false")).findings]
        assert len(before.mark(after)) == 0
        assert all(finding.known for finding in after)

    @settings(deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 10), st.sampled_from(["", "# a comment", "    ", "  # another"])), max_size=8)
    )
    def test_lines_may_move(self, added: list[tuple[int, str]]) -> None:
        lines = f"Resources:\n{FAULTY}".splitlines()
        for at, line in added:
            lines.insert(min(at, len(lines)), line)
        after = scan(RULES, {"t.yaml": "\n".join(lines) + "\n"})
        assert len(known(report(FAULTY), after)) == 4

    @settings(deadline=None)
    @given(st.data())
    def test_nothing_new_is_hidden(self, data: st.DataObject) -> None:
        days, acls, policy, encrypted = (data.draw(st.sampled_from(["true", "false", "1", "9"])) for _ in range(4))

        def state(*values: str) -> Report:
            return report(
                store(
                    "StorageEncrypted: {}\nBackupRetentionPeriod: {}\nPublicAccess: {{BlockAcls: {}, BlockPolicy: {}}}".format(
                        *values
                    )
                )
            )

        other = [data.draw(st.sampled_from(["true", "false", "1", "9"])) for _ in range(4)]
        before, after = state(encrypted, days, acls, policy), state(*other)
        found = known(before, after)
        faults = {f"{f.check.rule.id} {f.resource.name}": set(failed(f)) for f in before.findings if f.fails or f.known}
        for finding in after.findings:
            name = f"{finding.check.rule.id} {finding.resource.name}"
            assert (name in found) == (
                finding.kind == "fail" and name in faults and set(failed(finding)) <= faults[name]
            )


@pytest.mark.usefixtures("stores")
def test_the_file_reads_as_it_was_written_in_order() -> None:
    before = Baseline("b.json").of([*report(FAULTY).findings, *report(FAULTY).findings])
    baseline.write(before)
    read = baseline.read("b.json")
    assert read.text() == before.text() == Path("b.json").read_text()
    assert len(read) == 8
    keys = [(entry["file"], entry["resource"], entry["check"]) for entry in kept("b.json")]
    assert keys == sorted(keys)
    assert len(Path("b.json").read_text().splitlines()) == len(keys) + 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"schema": 2, "findings": []}',
        '{"schema": 1}',
        '{"schema": 1, "findings": [{"check": "x"}]}',
        '{"schema": 1, "findings": [{"check": "x", "file": "t", "resource": "r", "failed": [], "more": 1}]}',
        '{"schema": 1, "findings": [{"check": "x", "file": "t", "resource": "r", "failed": [], "count": 0}]}',
        '<<<<<<< HEAD\n{"schema": 1, "findings": []}',
    ],
)
def test_what_is_no_baseline_is_said_so(text: str) -> None:
    write("b.json", text)
    with pytest.raises(BaselineError, match=r"b\.json: is no baseline"):
        baseline.read("b.json")
    write("open.yaml", OPEN)
    done = wascan("--baseline", "b.json")
    assert done.returncode == 2
    assert "b.json: is no baseline" in done.stderr


def test_a_baseline_that_is_missing_is_an_error() -> None:
    write("open.yaml", OPEN)
    done = wascan("--baseline", "missing.json")
    assert done.returncode == 2
    assert "wascan baseline write" in done.stderr


def test_a_large_project_begins_with_what_is_there() -> None:
    write("infra/open.yaml", OPEN)
    assert wascan().returncode == 1
    done = wascan("baseline", "write")
    assert done.returncode == 0
    assert "wascan-baseline.json" in done.stdout
    write("wascan.yaml", "baseline: wascan-baseline.json\nfail-on: low\n")
    done = wascan()
    assert done.returncode == 0, done.stdout
    assert f"{len(kept())} known" in done.stdout
    write("infra/open.yaml", f"# moved\n\n{OPEN}")
    assert wascan().returncode == 0
    write("infra/open.yaml", OPEN + OPEN.removeprefix("Resources:\n").replace("Orders", "Invoices"))
    done = wascan("--output", "json")
    assert done.returncode == 1
    told = {
        finding["resource"]["name"]: finding["known"]
        for finding in json.loads(done.stdout)["findings"]
        if finding["kind"] == "fail"
    }
    assert told == {"Orders": True, "Invoices": False}


def test_a_baseline_is_the_same_from_whatever_folder() -> None:
    write("infra/open.yaml", OPEN)
    write("wascan.yaml", "baseline: wascan-baseline.json\n")
    os.mkdir(".git")
    assert wascan("baseline", "write").returncode == 0
    os.chdir("infra")
    assert wascan().returncode == 0
    assert wascan("open.yaml").returncode == 0


def test_what_is_gone_is_told_and_pruned_so_that_it_cannot_come_back() -> None:
    write("open.yaml", OPEN)
    write("wascan.yaml", "baseline: wascan-baseline.json\n")
    wascan("baseline", "write")
    before = len(kept())
    write("open.yaml", OPEN.replace("StorageEncrypted: false", "StorageEncrypted: true"))
    assert "1 finding is gone that the baseline still lets pass" in wascan().stderr
    done = wascan("baseline", "compare")
    assert done.returncode == 1
    assert "gone: high    open.yaml: encryption-at-rest.rds-instance on Orders" in done.stdout
    assert len(kept()) == before
    assert wascan("baseline", "prune").returncode == 0
    assert len(kept()) == before - 1
    assert wascan("baseline", "compare").returncode == 0
    assert wascan().stderr == ""
    write("open.yaml", OPEN)
    assert wascan().returncode == 1
    assert "new: high    open.yaml:6: encryption-at-rest.rds-instance on Orders" in wascan("baseline", "compare").stdout


def test_a_first_baseline_has_nothing_new() -> None:
    write("open.yaml", OPEN)
    first = wascan("baseline", "write").stdout
    assert first.startswith(f"wascan-baseline.json: {len(kept())} known\n")
    before = len(kept())
    write("open.yaml", OPEN + "  Data:\n    Type: AWS::S3::Bucket\n")
    more = len(json.loads(wascan("--output", "json").stdout)["findings"])
    assert "new" in wascan("baseline", "write").stdout
    assert before < len(kept()) <= more


def test_what_is_new_is_told_with_the_worst_first() -> None:
    write("open.yaml", "Resources:\n  Data:\n    Type: AWS::S3::Bucket\n")
    wascan("baseline", "write")
    write("open.yaml", "Resources:\n  Data:\n    Type: AWS::S3::Bucket\n" + OPEN.removeprefix("Resources:\n"))
    done = wascan("baseline", "compare")
    severities = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("new: ")]
    assert severities == sorted(severities, key=["high", "medium", "low"].index)
    assert {"high", "low"} <= set(severities)


def test_what_was_not_looked_at_stays_in_the_baseline() -> None:
    write("a/open.yaml", OPEN)
    write("b/open.yaml", OPEN)
    wascan("baseline", "write")
    every = kept()
    write("a/open.yaml", "Resources:\n  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}\n")
    assert wascan("baseline", "prune", "b").returncode == 0
    assert kept() == every
    assert wascan("baseline", "write", "a").returncode == 0
    assert {entry["file"] for entry in kept()} == {"b/open.yaml"}
    os.unlink("b/open.yaml")
    assert wascan("baseline", "prune", "a").returncode == 0
    assert kept()
    assert wascan("baseline", "prune").returncode == 0
    assert kept() == []


def test_what_a_configuration_leaves_out_is_not_gone() -> None:
    write("open.yaml", OPEN)
    wascan("baseline", "write")
    every = kept()
    write("wascan.yaml", "baseline: wascan-baseline.json\nignore: [encryption-at-rest]\n")
    assert wascan("baseline", "prune").returncode == 0
    assert kept() == every
    assert wascan("--select", "reliability").stderr == ""


def test_nothing_is_kept_of_a_scan_that_is_not_whole() -> None:
    write("open.yaml", OPEN)
    write("broken.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n\tData: x\n")
    done = wascan("baseline", "write")
    assert done.returncode == 2
    assert not Path("wascan-baseline.json").exists()


def test_unknowns_are_kept_where_they_fail_a_scan() -> None:
    write("open.yaml", OPEN.replace("false", "!ImportValue x"))
    write("wascan.yaml", "baseline: wascan-baseline.json\nfail-on-unknown: true\n")
    wascan("baseline", "write")
    assert {entry.get("kind") for entry in kept()} == {None, "open"}
    assert wascan().returncode == 0


def test_sarif_says_what_is_new_and_suppresses_what_is_known() -> None:
    write("open.yaml", OPEN)
    wascan("baseline", "write")
    write("open.yaml", OPEN.replace("Period: 1", "Period: 0"))
    log = json.loads(wascan("--baseline", "wascan-baseline.json", "--output", "sarif").stdout)
    schema = Path(__file__).parent / "data" / "sarif-schema-2.1.0.json"
    jsonschema.validate(log, json.loads(schema.read_text(encoding="utf-8")))
    results = log["runs"][0]["results"]
    states = {result["ruleId"]: (result["baselineState"], bool(result["suppressions"])) for result in results}
    assert states["encryption-at-rest.rds-instance"] == ("unchanged", True)
    assert states["backup-retention.rds-instance"] == ("new", False)
    alerts = json.loads(wascan("--baseline", "wascan-baseline.json", "--output", "github").stdout)["runs"][0]["results"]
    assert {alert["ruleId"] for alert in alerts} == {"backup-retention.rds-instance"}


PLAN = {
    "format_version": "1.2",
    "complete": True,
    "configuration": {"root_module": {"resources": []}},
    "resource_changes": [
        {
            "address": "aws_db_instance.orders",
            "mode": "managed",
            "type": "aws_db_instance",
            "name": "orders",
            "change": {
                "actions": ["create"],
                "after": {"engine": "postgres", "storage_encrypted": False},
                "after_unknown": {},
            },
        }
    ],
}


def test_a_finding_in_a_tf_file_is_known_whatever_the_plan_is_called() -> None:
    write("tf/main.tf", 'resource "aws_db_instance" "orders" {\n  storage_encrypted = false\n}\n')
    write("one.json", json.dumps(PLAN))
    assert wascan("baseline", "write", "one.json", "--source", "tf").returncode == 0
    assert {entry["file"] for entry in kept()} == {"tf/main.tf"}
    write("two.json", json.dumps(PLAN))
    flags = ("--source", "tf", "--baseline", "wascan-baseline.json")
    assert wascan("two.json", *flags).returncode == 0
    assert wascan("one.json", "two.json", *flags).returncode == 1, "there was one of it, and now there are two"
