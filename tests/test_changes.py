"""Only what changed: what stands in lines that git knows to be new, or in what a plan does."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from test_cli import wascan
from wascan.changes import Changes, ChangesError
from wascan.dialects.cdk_sources import Sources
from wascan.document import Place

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names of files, and no such scripts")


def git(*arguments: str) -> str:
    author = ("-c", "user.name=A Person", "-c", "user.email=person@example.org")
    done = subprocess.run(["git", *author, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)


def commit(message: str = "a change") -> None:
    git("add", "-A")
    git("commit", "-q", "--allow-empty", "-m", message)


def block(name: str, encrypted: str = "false", more: str = "") -> str:
    return f"  {name}:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n      StorageEncrypted: {encrypted}\n{more}"


TWO = f"Resources:\n{block('Orders')}\n{block('Invoices')}"
ONLY = ("--select", "encryption-at-rest", "--output", "json")


def told(*arguments: str) -> set[str]:
    """The resources of which something is told."""
    done = wascan(*arguments, *ONLY)
    assert done.returncode in (0, 1), done.stderr
    return {finding["resource"]["name"] for finding in json.loads(done.stdout)["findings"]}


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git("init", "-q", "-b", "main")
    write("stack.yaml", TWO)
    commit("base")
    git("tag", "base")
    return folder


def test_what_did_not_change_is_not_told_but_counted() -> None:
    assert told() == {"Orders", "Invoices"}
    assert told("--changed-since", "base") == set()
    done = wascan("--changed-since", "base", "--select", "encryption-at-rest")
    assert done.returncode == 0
    assert "No findings; 2 outside the change." in done.stdout


def test_only_what_the_change_touches_is_counted_be_it_a_finding_or_a_pass() -> None:
    def judged(*options: str) -> tuple[int, int]:
        rows = json.loads(wascan("--output", "json", *options).stdout)["summary"]["pillars"]
        return sum(row["passed"] for row in rows), sum(row["failed"] for row in rows)

    one = "Resources:\n  Invoices:" + TWO.partition("  Invoices:")[2]
    write("stack.yaml", one)
    alone = judged()
    write("stack.yaml", TWO)
    assert judged()[0] > alone[0]
    assert judged("--changed-since", "base") == (0, 0)
    write("stack.yaml", TWO.replace("  Invoices:", "  Invoices:  # now ours"))
    assert judged("--changed-since", "base") == alone


@pytest.mark.parametrize("committed", ["committed", "staged", "in the working tree"])
def test_a_change_in_a_definition_is_told_whether_committed_or_not(committed: str) -> None:
    write("stack.yaml", TWO.replace("  Invoices:", "  Invoices:  # now ours"))
    if committed == "staged":
        git("add", "-A")
    elif committed == "committed":
        commit()
    assert told("--changed-since", "base") == {"Invoices"}


def test_lines_that_move_are_not_told() -> None:
    write("stack.yaml", "# one\n# two\n" + TWO.replace("Resources:", "Description: moved\nResources:"))
    assert told("--changed-since", "base") == set()


def test_what_was_deleted_in_a_definition_is_a_change() -> None:
    write("stack.yaml", TWO.replace("StorageEncrypted: false\n", "StorageEncrypted: true\n"))
    commit()
    git("tag", "encrypted")
    write("stack.yaml", TWO.replace("      StorageEncrypted: false\n", "", 1).replace("false", "true"))
    assert told("--changed-since", "encrypted") == {"Orders"}
    write("stack.yaml", TWO.replace("      StorageEncrypted: false\n", "").replace("false", "true"))
    assert told("--changed-since", "encrypted") == {"Orders", "Invoices"}


def test_a_file_that_is_new_is_told_whole_be_it_tracked_or_not() -> None:
    write("other.yaml", TWO.replace("Orders", "Other").replace("Invoices", "Another"))
    assert told("--changed-since", "base") == {"Other", "Another"}
    git("add", "-A")
    assert told("--changed-since", "base") == {"Other", "Another"}


@POSIX
def test_a_file_under_another_name_is_not_new() -> None:
    Path("infra and more").mkdir()
    git("mv", "stack.yaml", 'infra and more/"stäck".yaml')
    assert told("--changed-since", "base") == set()
    write('infra and more/"stäck".yaml', TWO + block("Third"))
    git("add", "-A")
    assert told("--changed-since", "base") == {"Third"}


def test_what_others_committed_meanwhile_is_not_a_change_of_ours() -> None:
    git("checkout", "-q", "-b", "ours")
    write("ours.yaml", f"Resources:\n{block('Ours')}")
    commit()
    git("checkout", "-q", "main")
    write("stack.yaml", TWO + block("Theirs"))
    commit()
    git("checkout", "-q", "ours")
    assert told("--changed-since", "main") == {"Ours"}


def test_it_works_from_a_folder_of_the_repository() -> None:
    write("infra/deep.yaml", TWO.replace("Orders", "Deep"))
    commit()
    git("tag", "deep")
    write("infra/deep.yaml", TWO.replace("Orders", "Deep").replace("Engine: postgres", "Engine: mysql", 1))
    os.chdir("infra")
    assert told("--changed-since", "deep") == {"Deep"}


def test_a_resource_is_told_when_a_companion_that_decided_changed() -> None:
    bucket = "Resources:\n  Data:\n    Type: AWS::S3::Bucket\n"
    policy = "  Policy:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: !Ref Data\n      PolicyDocument:\n        Statement: []\n"
    write("bucket.yaml", bucket + policy)
    commit()
    git("tag", "bucket")
    select = ("bucket.yaml", "--select", "bucket-tls-only", "--output", "json", "--changed-since", "bucket")
    assert json.loads(wascan(*select).stdout)["findings"] == []
    write("bucket.yaml", bucket)
    (finding,) = json.loads(wascan(*select).stdout)["findings"]
    assert finding["resource"]["name"] == "Data", "the policy is gone that may have been its"


def test_a_block_of_terraform_is_a_definition() -> None:
    blocks = 'resource "aws_db_instance" "{}" {{\n  engine = "postgres"\n  storage_encrypted = false\n}}\n'
    write("main.tf", blocks.format("orders") + "\n" + blocks.format("invoices"))
    commit()
    git("tag", "terraform")
    write("main.tf", blocks.format("orders") + "\n" + blocks.format("invoices").replace("postgres", "mysql"))
    write("plan.json", json.dumps(plan(orders=["create"], invoices=["create"])))
    assert told("plan.json", "--changed-since", "terraform") == {"aws_db_instance.invoices"}


STACK = """\
import * as s3 from 'aws-cdk-lib/aws-s3';
export class Stack {
  constructor() {
    new s3.Bucket(this, 'Data', {  // ) and "
      encryption: `}${s3.none}`, /* ) */
      lifecycleRules: [{ expiration: days(')') }],
    });
    new s3.Bucket(this, 'Logs');
    const short = old
      .bucket(1);
  }
}
"""
APP = """\
class Stack:
    def __init__(self):
        s3.Bucket(
            self,
            "Data",  # )
            text=\"\"\"
            ))
            \"\"\",
            parts=[10 // 3],
        )
        s3.Bucket(self, "Logs")
"""


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "end"),
    [
        ("stack.ts", STACK, 4, 5, 7),
        ("stack.ts", STACK, 8, 5, 8),
        ("stack.ts", STACK, 9, 5, 9),
        ("stack.ts", STACK, 1, 1, 1),
        ("app.py", APP, 3, 9, 10),
        ("app.py", APP, 11, 9, 11),
    ],
)
def test_of_an_app_a_definition_is_the_call_with_all_that_it_is_given(
    name: str, text: str, line: int, column: int, end: int
) -> None:
    write(f"cdk.out/{name}", "")
    write(name, text)
    write("cdk.json", "{}")
    sources = Sources("cdk.out")
    place, _ = sources.place([[f"new Stack ({Path(name).resolve()}:{line}:{column})"]])
    assert place is not None
    whole = sources.statement(place)
    assert (whole.line, whole.end_line) == (line, end)


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", "", "HEAD:stack.yaml"])
def test_what_is_no_revision_is_said_so(revision: str) -> None:
    done = wascan(f"--changed-since={revision}")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "no revision" in done.stderr
    assert not Path("x").exists()


def test_without_a_repository_or_git_it_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    monkeypatch.chdir(outside)
    write("stack.yaml", TWO)
    done = wascan("--changed-since", "base")
    assert done.returncode == 2
    assert "git" in done.stderr
    monkeypatch.setenv("PATH", str(outside))
    with pytest.raises(ChangesError, match="git cannot be run"):
        Changes("base")


def test_a_history_without_the_common_commit_is_an_error(tmp_path: Path) -> None:
    git("checkout", "-q", "--orphan", "other")
    commit()
    done = wascan("--changed-since", "base")
    assert done.returncode == 2
    assert "fetch more of the history" in done.stderr


@POSIX
def test_settings_of_the_repository_run_nothing_and_change_nothing() -> None:
    write("run.sh", "#!/bin/sh\ntouch pwned\n")
    Path("run.sh").chmod(0o755)
    write(".gitattributes", "*.yaml diff=evil\n")
    commit()
    for name in ("diff.external", "diff.evil.command", "diff.evil.textconv", "core.fsmonitor"):
        git("config", name, "./run.sh")
    for name, value in (
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("color.diff", "always"),
        ("diff.context", "9"),
    ):
        git("config", name, value)
    write("stack.yaml", TWO + block("Third"))
    assert told("--changed-since", "base") == {"Third"}
    assert not Path("pwned").exists()


def test_content_that_looks_like_a_diff_is_content() -> None:
    write("notes.txt", "-- a/stack.yaml\n++ b/stack.yaml\n@@ -1 +1,99 @@\n")
    commit()
    git("tag", "notes")
    write("notes.txt", "++ b/stack.yaml\n@@ -1 +1,99 @@\n-- /dev/null\n")
    changes = Changes("notes")
    assert not changes.cover(Place("stack.yaml", 1, 1, 9, 1))
    assert changes.cover(Place("notes.txt", 3, 1, 3, 1))


def plan(**actions: list[str]) -> dict[str, Any]:
    changes = [
        {
            "address": f"aws_db_instance.{name}",
            "mode": "managed",
            "type": "aws_db_instance",
            "name": name,
            "change": {
                "actions": todo,
                "after": {"engine": "postgres", "storage_encrypted": False},
                "after_unknown": {},
            },
        }
        for name, todo in actions.items()
    ]
    return {
        "format_version": "1.2",
        "complete": True,
        "configuration": {"root_module": {"resources": []}},
        "resource_changes": changes,
    }


def test_what_a_plan_leaves_as_it_is_is_left_out() -> None:
    every = {"kept": ["no-op"], "made": ["create"], "updated": ["update"], "replaced": ["delete", "create"]}
    write("plan.json", json.dumps(plan(**every)))
    assert told("plan.json") == {f"aws_db_instance.{name}" for name in every}
    assert told("plan.json", "--changed-only") == {f"aws_db_instance.{name}" for name in every if name != "kept"}
    assert told("stack.yaml", "--changed-only") == {"Orders", "Invoices"}, "of a template nobody knows what is there"


def test_what_a_plan_takes_away_is_missed_by_what_it_leaves() -> None:
    made = plan()
    made["resource_changes"] = [
        {
            "address": f"{type}.data",
            "mode": "managed",
            "type": type,
            "name": "data",
            "change": {"actions": actions, "before": {}, "after": after, "after_unknown": {}},
        }
        for type, actions, after in (
            ("aws_s3_bucket", ["no-op"], {"bucket": "data"}),
            ("aws_s3_bucket_public_access_block", ["delete"], None),
        )
    ]
    write("plan.json", json.dumps(made))
    done = wascan("plan.json", "--changed-only", "--output", "json")
    rules = {finding["rule"] for finding in json.loads(done.stdout)["findings"] if finding["kind"] == "fail"}
    assert rules == {"bucket-public-access-blocked"}


class TestSettingsOfAnotherRevision:
    @pytest.fixture(autouse=True)
    def lowered(self) -> None:
        """A change that lowers the gate in every way there is."""
        write("rules/acme.yaml", ACME)
        write("wascan.yaml", "fail-on: high\nrule-files: [rules/acme.yaml]\nbaseline: known.json\n")
        write("known.json", '{"schema": 1, "findings": []}')
        commit()
        git("tag", "strict")

    def status(self, *arguments: str) -> int:
        return wascan("--settings-from", "strict", *arguments).returncode

    def test_as_long_as_nothing_changes_they_are_the_same(self) -> None:
        assert wascan().returncode == 1
        assert self.status() == 1
        assert self.status("--ignore", "encryption-at-rest", "--ignore", "acme-mysql") == 0

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("wascan.yaml", "fail-on: none\n"),
            ("wascan.yaml", "exclude: [stack.yaml]\n"),
            ("wascan.yaml", "waivers: [{rules: ['*-at-rest'], reason: no time}]\n"),
            (".gitignore", "stack.yaml\n"),
        ],
    )
    def test_settings_of_the_change_do_not_hold(self, name: str, text: str) -> None:
        write(name, text)
        commit()
        assert wascan().returncode in (0, 3)
        assert self.status() == 1

    def test_a_configuration_that_is_gone_or_has_another_name_does_hold(self) -> None:
        git("mv", "wascan.yaml", ".wascan.yaml")
        write(".wascan.yaml", "fail-on: none\n")
        commit()
        assert wascan().returncode == 0
        assert self.status() == 1

    def test_a_baseline_of_the_change_does_not_hold(self) -> None:
        wascan("baseline", "write")
        assert wascan().returncode == 0
        assert self.status() == 1

    def test_rules_of_the_change_do_not_hold(self) -> None:
        write("rules/acme.yaml", ACME.replace("high", "low"))
        select = ("--select", "acme-mysql")
        assert wascan(*select).returncode == 0
        assert self.status(*select) == 1

    def test_waivers_of_the_change_do_not_hold_and_older_ones_do(self) -> None:
        waived = TWO.replace("false", "false  # wascan: ignore[encryption-at-rest, acme-mysql] a copy")
        write(
            "stack.yaml",
            waived.replace("  Orders:", "  # wascan: ignore[acme-mysql] a copy\n  Orders:").replace(
                "  Invoices:", "  # wascan: ignore[acme-mysql] a copy\n  Invoices:"
            ),
        )
        assert wascan("--select", "encryption-at-rest").returncode == 0
        done = wascan("--settings-from", "strict", "--select", "encryption-at-rest")
        assert done.returncode == 1
        assert "this waiver does not hold: it came with the change, and only older ones count" in done.stderr
        git("rm", "--cached", "stack.yaml")
        assert "its file is not in git" in wascan("--settings-from", "strict").stderr
        git("add", "stack.yaml")
        commit()
        git("tag", "-f", "strict")
        write("stack.yaml", Path("stack.yaml").read_text() + "# more\n")
        assert self.status("--select", "encryption-at-rest") == 0

    def test_a_revision_that_is_none_is_an_error(self) -> None:
        assert wascan("--settings-from", "nowhere").returncode == 2

    def test_they_are_found_from_a_folder_below(self) -> None:
        write("infra/stack.yaml", TWO)
        write("infra/wascan.yaml", "fail-on: none\n")
        os.chdir("infra")
        assert wascan().returncode == 0
        assert self.status() == 1


ACME = """\
rules:
  - id: acme-mysql
    title: Databases run MySQL
    practices: [OPS05-BP06]
    severity: high
    for: DBInstance
    require: {engine: {equals: mysql}}
"""
