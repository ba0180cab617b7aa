"""The reports: what each shows, to the byte, and that nothing of an input is ever more than data in it."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reporting import RULES, make, sample, scan, store, stores  # noqa: F401  a fixture
from wascan.document import Place
from wascan.finding import Report
from wascan.graph import Graph
from wascan.reports import FORMATS, render, save
from wascan.reports._excerpt import Excerpt, excerpt
from wascan.reports._files import Files

pytestmark = pytest.mark.usefixtures("stores")

ROOT = Path(__file__).resolve().parent.parent
SNAPSHOTS = ROOT / "tests" / "snapshots"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def shown(format: str, report: Report, **options: Any) -> str:
    stream = io.StringIO()
    render(format, report, stream, version="1.2.3", **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "format", "options"),
    [
        ("report.txt", "text", {"exit_code": 1}),
        ("report-unknown.txt", "text", {"show_unknown": True, "fail_on": "none"}),
        ("report-narrow.ansi", "text", {"show_unknown": True, "width": 60, "colour": True, "exit_code": 1}),
        ("report.sarif", "sarif", {"exit_code": 2}),
        ("report.github.sarif", "github", {"exit_code": 1}),
        ("report.json", "json", {"exit_code": 1}),
        ("report.md", "markdown", {}),
        ("report.html", "html", {}),
        ("report.xml", "junit", {}),
        ("report.gitlab.json", "gitlab", {}),
    ],
)
def test_a_report_is_what_it_was(name: str, format: str, options: dict[str, Any]) -> None:
    """Set WASCAN_UPDATE_SNAPSHOTS to write them anew, and look at what changed."""
    text = shown(format, sample(), **options)
    file = SNAPSHOTS / name
    if os.environ.get("WASCAN_UPDATE_SNAPSHOTS"):
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_takes_a_report_of_nothing(format: str) -> None:
    assert shown(format, Report(Graph())).endswith("\n")


def test_where_nothing_is_found_one_friendly_line_says_so() -> None:
    report = scan(RULES[:1], {"t.yaml": "Resources:\n" + store("StorageEncrypted: true")})
    assert shown("text", report) == "Nothing to mend: 1 check passed on 1 resource in 1 file.\n"
    assert shown("text", Report(Graph())) == "Nothing to judge: 0 resources in 0 files.\n"


def test_what_a_tool_made_for_itself_counts_nowhere_else() -> None:
    report = scan(RULES[:1], {"t.yaml": "Resources:\n" + store("")})
    report.graph.resources[0].managed_by = "CDK"
    assert shown("text", report) == "Nothing to judge: 1 resource in 1 file.\n"
    assert "1 on CDK's own resources" in shown("markdown", report)
    assert json.loads(shown("json", report))["summary"]["managed"] == 1
    assert "made by CDK for its own purposes" in shown("junit", report)
    assert json.loads(shown("gitlab", report)) == []
    (result,) = json.loads(shown("sarif", report))["runs"][0]["results"]
    assert (
        result["suppressions"][0]["justification"] == "CDK makes it for its own purposes, and nobody can configure it."
    )
    assert json.loads(shown("github", report))["runs"][0]["results"] == []


@pytest.mark.parametrize("format", FORMATS)
def test_what_an_input_says_steers_no_terminal_and_no_build_log(format: str) -> None:
    text = shown(format, sample(), show_unknown=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    for line in text.splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


@pytest.mark.parametrize("format", FORMATS)
def test_a_secret_is_in_no_report(format: str) -> None:
    rules = [
        *RULES,
        make("any-password", lambda s: s.password.equals("other")),
        make("odd", lambda s: s.password.at_least(3)),
    ]
    texts = {
        "a.yaml": "Resources:\n" + store("MasterUserPassword: hunter2"),
        "b.json": '{"Resources": {"X": {"Type": "Test::Data::Store", "Properties": {"MasterUserPassword": "hunter2"}}}}',
    }
    assert "hunter2" not in shown(format, scan(rules, texts), show_unknown=True)


def test_html_and_markdown_have_no_markup_of_an_input() -> None:
    html, markdown = shown("html", sample(), show_unknown=True), shown("markdown", sample())
    for text in (html, markdown):
        assert "alert(1)" in text
        assert "<script>alert" not in text
        assert "<b>Evil" not in text
    assert "](http://evil" not in markdown
    assert "@everyone" not in markdown
    rows = [line for line in markdown.splitlines() if line.startswith("| high")]
    assert {line.count("|") for line in rows} == {5}


def test_html_needs_nothing_from_elsewhere() -> None:
    html = shown("html", sample())
    assert not re.search(r"(src|srcset)=|@import|url\(|<link|<iframe", html)
    assert "default-src 'none'" in html


def test_junit_is_xml_that_adds_up() -> None:
    root = ET.fromstring(shown("junit", sample()))
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))
    for count in ("tests", "failures", "skipped"):
        assert int(root.get(count, "")) == sum(int(suite.get(count, "")) for suite in root)
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names)


def test_gitlab_takes_its_report() -> None:
    issues = json.loads(shown("gitlab", sample()))
    assert len(issues) == sum(finding.fails for finding in sample().findings) + len(sample().errors)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith("./")
        assert issue["location"]["lines"]["begin"] > 0


def test_json_is_as_its_schema_says() -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    report = json.loads(shown("json", sample()))
    jsonschema.Draft202012Validator(schema).validate(report)
    assert report["findings"]
    assert report["summary"]["failed"] == sum(
        item["kind"] == "fail" and not item["waiver"] for item in report["findings"]
    )


def test_markdown_is_bounded_and_the_worst_comes_first() -> None:
    resources = "".join(
        store(f"Zone: {'<' * 60}\nStorageEncrypted: false", f"Store{'x' * 200}{number}") for number in range(500)
    )
    text = shown("markdown", scan(RULES, {f"{'&' * 240}.yaml": f"Resources:\n{resources}"}))
    assert len(text.encode()) < 1 << 20
    severities = re.findall(r"^\| (high|medium|low) ", text, re.MULTILINE)
    assert severities == sorted(severities)
    assert "The worst 100 of 2,000 findings are shown." in text


def test_the_order_of_files_makes_the_order_of_the_text() -> None:
    text = shown("text", scan(RULES, {"b.yaml": "Resources:\n" + store(""), "a.yaml": "Resources:\n" + store("")}))
    assert text.index("a.yaml:") < text.index("b.yaml:")


def test_resources_born_on_one_line_are_shown_once() -> None:
    text = shown("text", sample())
    assert text.count("RedStore") == 1
    assert "RedStore, GreenStore and BlueStore\n" in text


def test_what_holds_for_some_of_the_resources_born_on_one_line_says_for_which() -> None:
    loop = "  Fn::ForEach::Each: [Name, [A, B, C, D, E], {'Store${Name}': {Type: Test::Data::Store, Properties: %s}}]\n"
    named = make("named", lambda s: s.zone.one_of("D", "E"), severity="medium")
    every = make("stored", lambda s: s.zone.equals("F"), severity="medium")
    text = shown("text", scan([named, every], {"t.yaml": "Resources:\n" + loop % "{Zone: !Ref Name}"}))
    assert "StoreA, StoreB and 3 more\n" in text
    assert "(only StoreA, StoreB and StoreC)" in text


def test_what_a_sentence_has_no_room_for_stands_below_it() -> None:
    lines = "\n".join(f"  - {zone}" for zone in "abcdefgh")
    ask = lambda s: s.subnets.none(lambda subnet: subnet.one_of(*"abcdefgh"))  # noqa: E731
    text = shown("text", scan([make("no-subnets", ask)], {"t.yaml": "Resources:\n" + store(f"SubnetIds:\n{lines}")}))
    assert "SubnetIds is a, b, c, d and 4 more" in text
    assert [line.split()[1] for line in text.splitlines() if line.strip().startswith("see ")] == [
        f"t.yaml:{number}:11," for number in (10, 11, 12)
    ]
    assert "and 1 more, which wascan explain Orders no-subnets.data-store lists" in text


@pytest.mark.parametrize(
    ("fail_on", "exit_code", "said"),
    [
        ("none", 0, "The scan passes: fail-on is none, and what is waived fails nothing.\n"),
        ("high", 1, ""),
        ("high", 2, ""),
    ],
)
def test_a_scan_that_passes_with_findings_says_why(fail_on: str, exit_code: int, said: str) -> None:
    text = shown("text", sample(), fail_on=fail_on, exit_code=exit_code)
    assert ("The scan passes" in text) == bool(said)
    assert said in text


def test_known_findings_pass_by_the_baseline() -> None:
    report = scan(RULES, {"t.yaml": "Resources:\n" + store("StorageEncrypted: false")})
    report.baseline = "known.json"
    for finding in report.findings:
        finding.known = True
    assert "The scan passes: what is in known.json fails nothing.\n" in shown("text", report, fail_on="low")


def test_a_line_is_no_wider_than_the_terminal() -> None:
    text = shown("text", sample(), width=72, show_unknown=True)
    assert max(map(len, text.splitlines())) <= 72


# Excerpts


class OneFile(Files):
    def __init__(self, *lines: str) -> None:
        self.given = lines

    def line(self, file: str, number: int) -> str:
        return self.given[number - 1]


def cut(line: str, start: int, end: int, **options: Any) -> Excerpt:
    found = excerpt(OneFile(line), Place("f", 1, start, 1, end), **options)
    assert found is not None
    return found


def test_an_excerpt_is_the_line_in_three_pieces() -> None:
    found = cut("  Encrypted: false  # so", 14, 19)
    assert (found.before, found.region, found.after) == ("  Encrypted: ", "false", "  # so")


def test_an_excerpt_of_a_long_line_is_a_window() -> None:
    found = cut("a" * 300 + "REGION" + "b" * 300, 301, 307, width=80)
    assert found.region == "REGION"
    assert found.before.startswith("...a")
    assert found.after.endswith("b...")
    assert len(found.before + found.region + found.after) <= 80


@pytest.mark.parametrize("column", [1, 500_000, 999_990])
def test_an_excerpt_of_an_endless_line_is_the_region_alone(column: int) -> None:
    line = "x" * 1_000_000
    found = cut(line, column, column + 10, width=80)
    assert found.region == "x" * 10
    assert found.before in ("", "...")
    assert found.after in ("", "...")


def test_an_excerpt_of_an_endless_region_is_bounded() -> None:
    found = cut("x" * 1_000_000, 1, 1_000_001, width=80)
    assert len(found.before + found.region + found.after) <= 90


def test_a_region_of_many_lines_shows_its_first() -> None:
    found = excerpt(OneFile("Policy: {", "}"), Place("f", 1, 9, 2, 2))
    assert found is not None
    assert found.region == "{"


def test_an_empty_line_has_no_excerpt() -> None:
    assert excerpt(OneFile("   "), Place("f", 1, 1, 1, 1)) is None


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("MasterUserPassword: hunter2", "MasterUserPassword: ****"),
        ('"MasterUserPassword": "hunter 2", "Port": 5432', '"MasterUserPassword": ****, "Port": 5432'),
        ("{Name: a, DbPassword: hunter2, Zone: b}", "{Name: a, DbPassword: ****, Zone: b}"),
        ("api_key = 'abc'", "api_key = ****"),
        ("PasswordSecret: !Ref Secret", "PasswordSecret: !Ref Secret"),
        ("ManageMasterUserPassword: true", "ManageMasterUserPassword: true"),
        ("SecretArn: arn:aws:secretsmanager:eu-1:1:secret:x", "SecretArn: arn:aws:secretsmanager:eu-1:1:secret:x"),
        ("Type: AWS::SecretsManager::Secret", "Type: AWS::SecretsManager::Secret"),
        ("Password: '{{resolve:secretsmanager:x}}'", "Password: '{{resolve:secretsmanager:x}}'"),
        ("MinimumPasswordLength: 14", "MinimumPasswordLength: 14"),
        ("Action: secretsmanager:GetSecretValue", "Action: secretsmanager:GetSecretValue"),
    ],
)
def test_what_looks_like_a_secret_is_masked_wherever_the_region_is(line: str, masked: str) -> None:
    for start in range(1, len(line)):
        found = cut(line, start, start + 1)
        whole = found.before + found.region + found.after
        assert re.sub(r"(\*{4})+", "****", whole) == masked, start


def test_the_region_of_a_secret_is_masked() -> None:
    assert cut("Value: abc", 8, 11, secret=True).region == "****"


# Files


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out" / "report.txt"
    save("text", sample(), str(target))
    before = target.read_text(encoding="utf-8")
    assert before == shown("text", sample())

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("wascan.reports.text.write", fails)
    with pytest.raises(RuntimeError):
        save("text", sample(), str(target))
    assert target.read_text(encoding="utf-8") == before
    assert [file.name for file in target.parent.iterdir()] == ["report.txt"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    save("text", sample(), str(tmp_path / "link.txt"))
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == shown("text", sample())


def test_a_device_is_written_to_and_stays_what_it_is() -> None:
    save("text", sample(), os.devnull)
    assert not Path(os.devnull).is_file()


def test_a_folder_is_no_file_to_write_to(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        save("text", sample(), str(tmp_path))


@pytest.mark.parametrize("path", [None, "-"])
def test_without_a_file_a_report_goes_to_standard_output(path: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    save("text", sample(), path)
    assert capsys.readouterr().out == shown("text", sample())


def test_a_terminal_that_cannot_show_everything_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    report = scan(RULES, {"Zürich.yaml": "Resources:\n" + store("")})
    save("text", report, None)
    sys.stdout.flush()
    assert rb"Z\xfcrich.yaml:2:3" in raw.getvalue()


def test_an_input_cannot_have_any_file_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("in confidence\n", encoding="utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "link.txt").symlink_to("../secret.txt")
    monkeypatch.chdir(tmp_path / "app")
    for name in ("../secret.txt", str(tmp_path / "secret.txt"), "link.txt"):
        report = scan(RULES[:1], {"t.yaml": "Resources:\n" + store("")})
        report.findings[0]._place = Place(name, 1, 1, 1, 3)
        assert "confidence" not in shown("text", report)


def test_there_is_no_other_format() -> None:
    with pytest.raises(KeyError):
        render("pdf", sample(), io.StringIO())


def test_a_finding_in_a_source_file_shows_its_line(tmp_path: Path) -> None:
    (tmp_path / "app.ts").write_text("one\nnew Store(this, 'Orders');\n", encoding="utf-8")
    report = scan(RULES[:1], {"t.yaml": "Resources:\n" + store("")})
    report.findings[0]._place = Place("app.ts", 2, 1, 2, 27)
    assert "  2 | new Store(this, 'Orders');" in shown("text", report)


def test_too_many_cases_are_a_reason_of_their_own() -> None:
    report = sample()
    for finding in report.findings:
        if finding.kind == "open":
            finding.case = "more than 64 cases are open"
    assert "     6  more than 64 cases are open\n" in shown("text", report)
