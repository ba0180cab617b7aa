"""Which findings are waived, by whom and until when, and what is said of waivers that are not right."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wascan.config import load
from wascan.document import Place, read
from wascan.packs import Packs
from wascan.scan import scan
from wascan.waivers import Waiver, in_comments

if TYPE_CHECKING:
    from wascan.finding import Report

ENCRYPTED = "encryption-at-rest.sqs-queue"
DEAD = "dead-letter-queue.sqs-queue"
TLS = "tls-only-requests.sqs-queue"
TODAY = "2027-01-31"


@pytest.fixture(autouse=True)
def _in_a_repository_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def scanned(template: str, config: str = "", *, today: str = TODAY, paths: tuple[str, ...] = (".",)) -> Report:
    """The report on a template of queues."""
    Path("queues.yaml").write_text(template, encoding="utf-8")
    if config:
        Path("wascan.yaml").write_text(config, encoding="utf-8")
    return scan(paths, load(), Packs(), today=today)


def waived(report: Report) -> dict[str, set[str]]:
    """The checks that are waived, by the name of the resource."""
    found: dict[str, set[str]] = {}
    for finding in report.findings:
        if finding.waiver is not None:
            found.setdefault(finding.resource.name, set()).add(finding.check.id)
    return found


def told(report: Report) -> list[str]:
    return [f"{note.file}:{note.line}: {note.level}: {note.message}" for note in report.notes]


QUEUES = """\
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      SqsManagedSseEnabled: false
  Bills:
    Type: AWS::SQS::Queue
    Properties:
      SqsManagedSseEnabled: false
"""


def with_comment(line: int, comment: str, *, own_line: bool = False) -> str:
    """The template with a comment at the end of a line, or on a line of its own before it."""
    lines = QUEUES.splitlines()
    if own_line:
        lines.insert(line - 1, comment)
    else:
        lines[line - 1] += f"  {comment}"
    return "\n".join(lines) + "\n"


def test_without_waivers_nothing_is_waived_and_nothing_said() -> None:
    report = scanned(QUEUES)
    assert {ENCRYPTED, DEAD} <= {finding.check.id for finding in report.findings}
    assert (waived(report), told(report)) == ({}, [])


# Comments


@pytest.mark.parametrize("own_line", [False, True])
def test_a_comment_waives_what_is_found_on_its_line_or_the_next(own_line: bool) -> None:
    report = scanned(with_comment(5, "# wascan: ignore[encryption-at-rest] public data", own_line=own_line))
    assert (waived(report), told(report)) == ({"Orders": {ENCRYPTED}}, [])
    (waiver,) = [finding.waiver for finding in report.findings if finding.waiver]
    assert (waiver.reason, waiver.origin, waiver.until, waiver.place.line) == ("public data", "inline", None, 5)


def test_a_comment_on_a_wrong_value_waives_the_finding_also_where_others_are_missing_beside_it() -> None:
    report = scanned(
        """Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: false  # wascan: ignore[bucket-public-access-blocked] a public site
"""
    )
    assert (waived(report), told(report)) == ({"Site": {"bucket-public-access-blocked.s3-bucket"}}, [])
    (found,) = [finding for finding in report.findings if finding.waiver]
    assert found.place.line == 7
    assert [fact.place.line for fact in found.related] == [5]


def test_a_comment_on_the_line_before_speaks_of_that_line_where_it_shares_it() -> None:
    report = scanned(with_comment(4, "# wascan: ignore[encryption-at-rest] public data"))
    assert waived(report) == {}
    assert told(report) == [
        "queues.yaml:4: warning: this waiver waives nothing: there is no finding of encryption-at-rest here"
    ]


def test_comments_between_a_waiver_and_its_line_are_passed_over() -> None:
    comment = "# wascan: ignore[encryption-at-rest] public data\n  # wascan: ignore[DEAD] x\n# more of it"
    report = scanned(with_comment(5, comment.replace("DEAD", "SEC08-BP02"), own_line=True))
    assert (waived(report), told(report)) == ({"Orders": {ENCRYPTED}}, [])


@pytest.mark.parametrize("own_line", [False, True])
def test_a_comment_where_a_resource_is_named_is_for_the_whole_resource(own_line: bool) -> None:
    report = scanned(with_comment(2, f"# wascan: ignore[{ENCRYPTED}, dead-letter-queue] x", own_line=own_line))
    assert (waived(report), told(report)) == ({"Orders": {ENCRYPTED, DEAD}}, [])


def test_a_selector_may_be_a_practice_a_pillar_or_a_pattern() -> None:
    for selector, others in (
        ("SEC08-BP02", set()),
        ("security", {TLS}),
        ("encryption-*", set()),
        ("wellarchitected", {TLS}),
    ):
        report = scanned(with_comment(5, f"# wascan: ignore[{selector}] x"))
        assert (waived(report), told(report)) == ({"Orders": {ENCRYPTED, *others}}, [])


def test_what_is_waived_does_not_fail_and_the_rest_does() -> None:
    report = scanned(with_comment(5, f"# wascan: ignore[{ENCRYPTED}] x"))
    fails = {finding.resource.name: finding.fails for finding in report.findings if finding.check.id == ENCRYPTED}
    assert fails == {"Orders": False, "Bills": True}


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("ignore[encryption-at-rest]", "it gives no reason"),
        ("ignore[encryption-at-rest] until=2030-01-01", "it gives no reason"),
        ("ignore[] public data", "it names no rule"),
        ("ignore[*] public data", '"*" would waive everything: name the rules'),
        ("ignore[encryption-at-rest, *.*] public data", '"*.*" would waive everything: name the rules'),
        ("ignore encryption-at-rest", "its form is not `wascan: ignore[rule, ...] reason`"),
        ("ignore", "its form is not `wascan: ignore[rule, ...] reason`"),
        ("skip[encryption-at-rest] public data", "its form is not `wascan: ignore[rule, ...] reason`"),
        ("ignore[encryption-at-rest] x until=2027-01-30", "it expired on 2027-01-30"),
        ("ignore[encryption-at-rest] x until=2027-02-30", '"2027-02-30" is no day, such as 2027-01-31'),
        ("ignore[encryption-at-rest] x until=20300101", '"20300101" is no day, such as 2027-01-31'),
        ("ignore[encryption-at-rest] x until=2030-01-01.", '"2030-01-01." is no day, such as 2027-01-31'),
        ("ignore[encryption-at-rest] x until=", '"" is no day, such as 2027-01-31'),
        ("ignore[encryption-at-rest] x until: soon", '"soon" is no day, such as 2027-01-31'),
    ],
)
def test_a_comment_that_is_not_right_does_not_hold_and_a_warning_says_why(comment: str, problem: str) -> None:
    report = scanned(with_comment(5, f"# wascan: {comment}"))
    assert waived(report) == {}
    assert told(report) == [f"queues.yaml:5: warning: this waiver does not hold: {problem}"]


def test_the_day_may_stand_anywhere_in_the_reason_and_is_no_part_of_it() -> None:
    for comment in ("until=2027-01-31 public data", "public until: 2027-01-31 data", "public data until=2027-01-31"):
        report = scanned(with_comment(5, f"#wascan:ignore[encryption-at-rest]{' ' + comment}"))
        (waiver,) = [finding.waiver for finding in report.findings if finding.waiver]
        assert (waiver.reason, waiver.until) == ("public data", "2027-01-31")


def test_a_comment_that_names_a_stranger_is_told_what_it_may_mean() -> None:
    report = scanned(with_comment(5, "# wascan: ignore[encryption-at-rst] public data"))
    assert waived(report) == {}
    (message,) = told(report)
    assert message.startswith('queues.yaml:5: warning: there is no rule, check, practice, pillar or lens "encryption-')
    assert "Did you mean encryption-at-rest" in message


def test_other_comments_and_texts_are_nothing_to_wascan() -> None:
    texts = "# see the wascan: guide", "# wascan is fine", "# was wascan: ignore[x] y"
    for text in texts:
        assert told(scanned(with_comment(5, text))) == []
    report = scanned('Description: "# wascan: ignore[encryption-at-rest] x"\n' + QUEUES)
    assert (waived(report), told(report)) == ({}, [])


def test_a_json_template_has_no_comments() -> None:
    assert list(in_comments(read("a.json", b'{"Description": "# wascan: ignore[*] x"}'))) == []


# Metadata


def with_metadata(entries: str) -> str:
    return QUEUES.replace("Queue\n", f"Queue\n    Metadata: {{wascan: {entries}}}\n", 1)


def test_metadata_waives_for_its_resource() -> None:
    for rules in ("rules: [encryption-at-rest, dead-letter-queue]", f"rule: {ENCRYPTED}"):
        report = scanned(with_metadata(f"{{ignore: [{{{rules}, reason: public data, until: 2027-01-31}}]}}"))
        assert (set(waived(report)), told(report)) == ({"Orders"}, [])
        waiver = next(finding.waiver for finding in report.findings if finding.check.id == ENCRYPTED)
        assert (waiver.reason, waiver.until, waiver.origin) == ("public data", "2027-01-31", "metadata")
        assert waiver.place.line == 4


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ("{ignore: [{rule: encryption-at-rest}]}", '"reason" is missing'),
        ("{ignore: [{reason: x}]}", '"rules" is missing'),
        ("{ignore: [{rule: encryption-at-rest, reason: ''}]}", 'reason: expected text, such as public website, not ""'),
        ("{ignore: [{rule: encryption-at-rest, reason: x, untill: 2030-01-01}]}",
         "untill: there is no such key. Did you mean until?"),
        ("{ignore: [{rule: encryption-at-rest, reason: x, until: 2030}]}",
         "until: expected text, such as 2027-01-31, not 2030"),
        ("{ignore: [{rule: encryption-at-rest, reason: x, until: 2027-01-30}]}", "it expired on 2027-01-30"),
        ("{ignore: [{rule: '*', reason: x}]}", '"*" would waive everything: name the rules'),
        ("{ignore: [{rules: encryption-at-rest, reason: x}]}",
         'rules: expected a list, such as [encryption-at-rest.sqs-queue], not "encryption-at-rest"'),
        ("{ignore: [{rule: encryption-at-rest, reason: !Ref AWS::Region}]}",
         "reason: expected text, such as public website, not a mapping"),
        ("{ignore: encryption-at-rest}", 'ignore: expected a list, not "encryption-at-rest"'),
        ("[encryption-at-rest]", "expected a mapping, not a list"),
    ],
)  # fmt: skip
def test_metadata_that_is_not_right_does_not_hold(entries: str, problem: str) -> None:
    report = scanned(with_metadata(entries))
    assert waived(report) == {}
    assert told(report) == [f"queues.yaml:4: warning: this waiver does not hold: {problem}"]


def test_a_wrong_entry_does_not_spoil_the_others() -> None:
    report = scanned(with_metadata("{ignore: [{rule: security}, {rule: dead-letter-queue, reason: x}]}"))
    assert waived(report) == {"Orders": {DEAD}}
    assert len(told(report)) == 1


def test_metadata_of_others_is_nothing_to_wascan() -> None:
    assert told(scanned(QUEUES.replace("Queue\n", "Queue\n    Metadata: [odd]\n", 1))) == []
    assert told(scanned(QUEUES.replace("Queue\n", "Queue\n    Metadata: {checkov: {skip: []}}\n", 1))) == []


# The configuration


def test_a_waiver_of_the_configuration_is_for_every_resource_unless_it_names_some() -> None:
    def found(where: str) -> list[str]:
        report = scanned(QUEUES, f"waivers: [{{rules: [encryption-at-rest], reason: public data{where}}}]")
        assert all(checks == {ENCRYPTED} for checks in waived(report).values())
        return sorted(waived(report))

    assert found("") == ["Bills", "Orders"]
    assert found(", resources: [Orders]") == ["Orders"]
    assert found(", resources: ['B*s', '*x*']") == ["Bills"]
    assert found(", resources: ['?ills', '[B]ills', ill]") == []
    assert found(", resources: []") == []
    assert found(", files: [queues.yaml]") == ["Bills", "Orders"]
    assert found(", files: ['*.yaml', '!queues.yaml']") == []
    assert found(", files: ['other/']") == []
    assert found(", files: ['*.yaml'], resources: [Bills]") == ["Bills"]


def test_a_construct_path_names_a_resource() -> None:
    template = QUEUES.replace("Queue\n", "Queue\n    Metadata: {aws:cdk:path: Dev/Orders/Resource}\n", 1)
    config = "waivers: [{rules: [encryption-at-rest], resources: [Dev/*], reason: x}]"
    assert set(waived(scanned(template, config))) == {"Orders"}


def test_files_are_seen_from_the_folder_of_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("wascan.yaml").write_text(
        "waivers: [{rules: [encryption-at-rest], files: [/infra/queues.yaml], reason: x}]\nexclude: [/infra/other.yaml]"
    )
    Path("infra").mkdir()
    monkeypatch.chdir("infra")
    Path("other.yaml").write_text(QUEUES)
    report = scanned(QUEUES)
    assert set(waived(report)) == {"Orders", "Bills"}
    assert [source.name for source in report.sources] == ["queues.yaml"]


def test_a_waiver_that_waives_nothing_is_told_where_all_was_looked_at() -> None:
    config = (
        "waivers:\n"
        "- {rules: [encryption-at-rest], resources: [Gone], reason: x}\n"
        "- {rules: [encryption-at-rest.rds-instance], reason: x}\n"
    )
    message = "wascan.yaml:2: warning: this waiver waives nothing: there is no finding of encryption-at-rest here"
    assert told(scanned(QUEUES, config)) == [message]
    assert told(scanned(QUEUES, config, paths=("queues.yaml",))) == []


def test_a_waiver_of_what_was_not_judged_is_not_told_to_be_idle() -> None:
    template = with_comment(5, "# wascan: ignore[encryption-at-rest] x")
    assert told(scanned(template, "select: [reliability]")) == []
    assert told(scanned(template, "rules: {encryption-at-rest: {enabled: false}}")) == []


def test_the_most_particular_waiver_counts_and_none_of_them_is_idle() -> None:
    template = with_metadata("{ignore: [{rule: security, reason: metadata}]}")
    template = template.replace("false\n", "false  # wascan: ignore[SEC08-BP02] comment\n", 1)
    report = scanned(template, "waivers: [{rules: [encryption-*], reason: file, approved-by: A, ticket: T-1}]")
    reasons = {f.resource.name: f.waiver.reason for f in report.findings if f.check.id == ENCRYPTED}
    assert (reasons, told(report)) == ({"Orders": "comment", "Bills": "file"}, [])
    waiver = next(f.waiver for f in report.findings if f.resource.name == "Bills" and f.check.id == ENCRYPTED)
    assert (waiver.origin, waiver.approved_by, waiver.ticket, waiver.place.file) == (
        "config",
        "A",
        "T-1",
        "wascan.yaml",
    )


def test_an_expired_waiver_of_the_configuration_is_told() -> None:
    config = "waivers: [{rules: [encryption-at-rest], reason: x, until: 2027-01-31}]"
    assert set(waived(scanned(QUEUES, config))) == {"Orders", "Bills"}
    report = scanned(QUEUES, config, today="2027-02-01")
    assert waived(report) == {}
    assert told(report) == ["wascan.yaml:1: warning: this waiver does not hold: it expired on 2027-01-31"]


# Terraform

TERRAFORM = """\
# wascan: ignore[dead-letter-queue] nobody reads them
resource "aws_sqs_queue" "orders" {
  name = "orders" // wascan: ignore[required-tags] x
  /* wascan: ignore[encryption-at-rest] public data */
  sqs_managed_sse_enabled = false
}
"""


def test_comments_in_the_files_behind_a_plan_waive() -> None:
    values = {"name": "orders", "sqs_managed_sse_enabled": False}
    resource = {
        "address": "aws_sqs_queue.orders", "mode": "managed", "type": "aws_sqs_queue", "name": "orders",
        "provider_name": "registry.terraform.io/hashicorp/aws",
    }  # fmt: skip
    expressions = {name: {"constant_value": value} for name, value in values.items()}
    plan: dict[str, Any] = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": [{**resource, "values": values}]}},
        "resource_changes": [
            {**resource, "change": {"actions": ["create"], "before": None, "after": values, "after_unknown": {}}}
        ],
        "configuration": {"root_module": {"resources": [{**resource, "expressions": expressions}]}},
    }
    Path("plan.json").write_text(json.dumps(plan), encoding="utf-8")
    Path("main.tf").write_text(TERRAFORM, encoding="utf-8")
    Path("wascan.yaml").write_text("source: [.]", encoding="utf-8")
    report = scan(("plan.json",), load(), Packs(), today=TODAY)
    assert waived(report) == {"aws_sqs_queue.orders": {ENCRYPTED, DEAD}}
    assert {finding.waiver.place.file for finding in report.findings if finding.waiver} == {"main.tf"}


# The day

DAYS = st.dates(date(1, 1, 2), date(9999, 12, 30))


def until(text: str | None) -> Waiver:
    return Waiver(["security"], "x", "config", Place("a", 1, 1, 1, 1), until=text)


@given(DAYS)
def test_the_last_day_counts_and_the_next_does_not(last: date) -> None:
    waiver = until(last.isoformat())
    assert waiver.holds(last)
    assert not waiver.holds(last + timedelta(days=1))


@given(DAYS, DAYS, DAYS)
def test_what_holds_on_a_day_holds_on_every_earlier_one(last: date, one: date, other: date) -> None:
    waiver = until(last.isoformat())
    earlier, later = sorted([one, other])
    assert waiver.holds(earlier) or not waiver.holds(later)


@given(
    st.text() | st.from_regex(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}", fullmatch=True) | st.from_regex(r"\d{4}-\d\d-\d\d"), DAYS
)
def test_what_is_no_day_never_holds(text: str, today: date) -> None:
    try:
        right = date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    assert right or not until(text).holds(today)


@given(DAYS)
def test_a_waiver_without_a_last_day_always_holds(today: date) -> None:
    assert until(None).holds(today)
