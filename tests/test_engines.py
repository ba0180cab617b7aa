"""Other engines: what they find becomes findings of ours, once, and what befalls them costs one file."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner

from test_sarif import complaints
from wascan import engines
from wascan.baseline import Baseline
from wascan.cli import cli
from wascan.config import Config, load
from wascan.engines import checkov
from wascan.engines._child import Answers, EngineError, Program, ask
from wascan.packs import Packs
from wascan.reports import FORMATS, render
from wascan.scan import scan
from wascan.words import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from wascan.finding import Finding, Report

ROOT = Path(__file__).resolve().parent.parent
HERE = Path.cwd()
PLAN = ROOT / "fixtures/terraform/modules/plan.json"

TEMPLATE = """Parameters:
  Unused:
    Type: String
Resources:
  Data:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicRead
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m6g.large
      AllocatedStorage: "100"
      MasterUserPassword: correct horse
      StorageEncrypted: false
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


# Processes

FAKE = """
import json, os, sys, time
print(json.dumps({"version": "1.0"}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    do = question["do"]
    if do == "die":
        print("Traceback ...\\nMemoryError: too much", file=sys.stderr)
        os._exit(3)
    if do == "vanish":
        os._exit(3)
    if do == "sleep":
        time.sleep(60)
    variables = sorted(name for name in os.environ if name.startswith(("CKV_", "BC_")))
    print(json.dumps({"said": do, "folder": os.listdir(), "variables": variables}), flush=True)
"""


def program(source: str, package: str = "json") -> Program:
    script = Path("fake.py").resolve()
    script.write_text(source, encoding="utf-8")
    return Program("checkov", package, str(script))


def asked(*todo: str, source: str = FAKE, seconds: float = 30) -> Answers:
    return ask(program(source), [{"do": do} for do in todo], seconds)


def test_each_question_has_its_answer_in_order() -> None:
    todo = [str(number) for number in range(40)]
    found = asked(*todo)
    assert [answer["said"] for answer in found.answers] == todo
    assert found.version == "1.0"


@pytest.mark.parametrize(
    ("what", "why"),
    [("die", "MemoryError: too much"), ("vanish", "its process ended with status 3"), ("sleep", "more than 1 seconds")],
)
def test_a_death_costs_one_answer(what: str, why: str) -> None:
    first, second, third = asked("a", what, "b", seconds=1 if what == "sleep" else 30).answers
    assert first["said"] == "a"
    assert why in second["crash"]
    assert third["said"] == "b"


def test_engines_run_in_an_empty_folder_without_what_steers_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CKV_SKIP_CHECK", "CKV_AWS_18")
    monkeypatch.setenv("BC_API_KEY", "secret")
    (answer,) = asked("a").answers
    assert answer["folder"] == []
    assert answer["variables"] == []


def test_an_engine_that_does_not_start_is_an_error_that_says_why() -> None:
    with pytest.raises(EngineError, match="checkov cannot be started: ModuleNotFoundError: No module named 'nowhere'"):
        asked("a", source="import nowhere")


def test_nothing_to_ask_starts_nothing() -> None:
    assert asked(source="import nowhere") == Answers("", [])


def test_an_engine_that_is_missing_is_told_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path("empty").resolve()))
    with pytest.raises(EngineError) as error:
        Program("wascan-no-such-engine", "wascan_no_such_engine", "x").python()
    assert str(error.value) == (
        "wascan-no-such-engine is not installed: pip install wascan-no-such-engine beside wascan or anywhere on the PATH "
        "(pipx install wascan-no-such-engine), or pip install '.[wascan-no-such-engine]' in a clone of wascan"
    )


def command(folder: str, first: str) -> Path:
    file = Path(folder, "wascan-no-such-engine")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(first, encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IEXEC)
    return file


@pytest.mark.skipif(os.name == "nt", reason="commands are no scripts there")
def test_a_command_on_the_path_tells_its_python(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = Program("wascan-no-such-engine", "wascan_no_such_engine", "x")
    monkeypatch.setenv("PATH", f"{Path('a').resolve()}{os.pathsep}{Path('b').resolve()}")
    command("b", "#!/opt/tool/bin/python3\n")
    assert wanted.python() == "/opt/tool/bin/python3"
    file = command("tool/bin", "#!/bin/sh\n")
    Path("tool/bin/python").touch()
    Path("a").mkdir()
    Path("a/wascan-no-such-engine").symlink_to(file.resolve())
    assert wanted.python() == str(Path("tool/bin/python").resolve())
    Path("tool/bin/python").unlink()
    with pytest.raises(EngineError):
        wanted.python()


# Findings


def answered(monkeypatch: pytest.MonkeyPatch, **answers: dict[str, Any]) -> None:
    """Makes engines answer so, whatever they are asked."""

    def fake(program: Program, questions: list[dict[str, Any]], seconds: float) -> Answers:
        return Answers("9.9", [answers[program.package] for _ in questions])

    ours = {"checkov:CKV_AWS_16": frozenset(["encryption-at-rest.rds-instance"])}
    monkeypatch.setattr(engines, "ask", fake)
    monkeypatch.setattr(engines, "answering", lambda rule: ours.get(rule, frozenset()))
    monkeypatch.setattr(Program, "python", lambda _: sys.executable)


CHECKOV = {
    "failed": [
        ["CKV_AWS_16", "Ensure RDS is encrypted", "AWS::RDS::DBInstance.Orders", ["Properties/StorageEncrypted"]],
        ["CKV_AWS_20", "Ensure no READ", "AWS::S3::Bucket.Data", ["Properties/AccessControl"]],
        ["CKV_AWS_118", "Ensure monitoring", "AWS::RDS::DBInstance.Orders", ["Properties/MonitoringInterval"]],
        ["CKV_ACME_1", "Our own", "AWS::S3::Bucket.Data", []],
    ],
    "passed": [["CKV_AWS_17", "Ensure not public", "AWS::RDS::DBInstance.Orders"]],
}
MATCH = ["E3012", "Check types", "Types matter", "https://example.com/E3012"]
CFN_LINT = {
    "matches": [
        [*MATCH, "'100' is not of type 'integer'", ["Resources", "Orders", "Properties", "AllocatedStorage"], [14, 7, 14, 23]],
        [*MATCH, "'correct horse' is wrong", ["Resources", "Orders", "Properties", "MasterUserPassword"], [15, 7, 15, 25]],
        ["W2001", "Unused", "", "", "Parameter Unused not used", ["Parameters", "Unused"], [2, 3, 2, 9]],
        ["E0000", "Parse", "", "", "Odd", [], [1, 1, 1, 2]],
    ]
}  # fmt: skip


def report_on(text: str = TEMPLATE, config: str = "", *, of: tuple[str, ...] = ("checkov", "cfn-lint")) -> Report:
    Path("t.yaml").write_text(text, encoding="utf-8")
    if config:
        Path("wascan.yaml").write_text(config, encoding="utf-8")
    return scan((".",), load() if config else Config(), Packs(), today="2027-01-31", engines=of)


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    answered(monkeypatch, checkov=CHECKOV, cfnlint=CFN_LINT)
    return report_on


def foreign(report: Report) -> dict[str, Finding]:
    return {f"{item.check.id} {item.resource.name}": item for item in report.findings if ":" in item.check.id}


def test_what_engines_find_stands_where_it_is_written(merged: Callable[..., Report]) -> None:
    found = foreign(merged())
    places = {name: item.place.line for name, item in found.items()}
    assert places["checkov:CKV_AWS_20 Data"] == 8
    assert places["checkov:CKV_AWS_118 Orders"] == 9  # where nothing is written, its resource is
    assert places["cfn-lint:W2001 Parameters.Unused"] == 2
    assert places["cfn-lint:E0000 t.yaml"] == 1


def test_what_our_checks_have_answered_is_left_out_and_counted(merged: Callable[..., Report]) -> None:
    report = merged()
    assert "checkov:CKV_AWS_16 Orders" not in foreign(report)
    assert any(item.check.id == "encryption-at-rest.rds-instance" for item in report.findings)
    assert "1 checkov finding is covered by wascan's own" in [note.message for note in report.notes]


def test_what_our_checks_were_not_asked_is_told(merged: Callable[..., Report]) -> None:
    assert "checkov:CKV_AWS_16 Orders" in foreign(merged(config="ignore: [encryption-at-rest]"))


def test_checks_carry_practices_and_severities(merged: Callable[..., Report]) -> None:
    found = foreign(merged())
    told = {name: (item.check.rule.practices, item.severity, item.check.rule.pillar) for name, item in found.items()}
    assert told["checkov:CKV_AWS_20 Data"] == (("SEC03-BP07",), "high", "security")
    assert told["checkov:CKV_ACME_1 Data"] == ((), "medium", "other")
    assert told["cfn-lint:E0000 t.yaml"] == (("OPS05-BP02",), "medium", "operational-excellence")
    assert told["cfn-lint:W2001 Parameters.Unused"] == ((), "low", "other")


def test_what_passes_is_counted(merged: Callable[..., Report]) -> None:
    tallies = {check.id: tally for check, tally in merged().judged.items()}
    assert tallies["checkov:CKV_AWS_118"] == {"pass": 0, "fail": 1, "open": 0}
    assert tallies["checkov:CKV_AWS_17"] == {"pass": 1, "fail": 0, "open": 0}


def test_a_message_does_not_quote_what_may_be_secret(merged: Callable[..., Report]) -> None:
    told = {sentence(item) for item in merged().findings if item.check.id == "cfn-lint:E3012"}
    assert told == {"'100' is not of type 'integer'", "Check types"}


def test_they_are_selected_ignored_and_weighed_like_ours(merged: Callable[..., Report]) -> None:
    assert set(foreign(merged(config='select: ["checkov:CKV_AWS_20"]'))) == {"checkov:CKV_AWS_20 Data"}
    assert not foreign(merged(config='ignore: ["checkov:*", "cfn-lint:*"]'))
    assert set(foreign(merged(config="select: [SEC03-BP07]"))) == {"checkov:CKV_AWS_20 Data"}
    weighed = merged(config='rules: {"checkov:CKV_AWS_20": {severity: low}}')
    assert foreign(weighed)["checkov:CKV_AWS_20 Data"].severity == "low"


def test_they_are_waived_like_ours(merged: Callable[..., Report]) -> None:
    inline = TEMPLATE.replace("PublicRead", "PublicRead # wascan: ignore[checkov:CKV_AWS_20] a website")
    skipped = TEMPLATE.replace("    Type: AWS::S3", "    # checkov:skip=CKV_AWS_20:a website\n    Type: AWS::S3")
    for text, origin in ((inline, "inline"), (skipped, "checkov")):
        waiver = foreign(merged(text))["checkov:CKV_AWS_20 Data"].waiver
        assert (waiver.origin, waiver.reason) == (origin, "a website")


def test_they_have_a_place_in_the_baseline(merged: Callable[..., Report]) -> None:
    before = Baseline("wascan-baseline.json").of(merged().findings)
    again = merged("# moved\n" + TEMPLATE)
    assert not before.mark(again.findings)
    assert all(item.known for item in foreign(again).values())


def test_the_baseline_loses_what_an_engine_finds_only_where_it_ran(
    merged: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert merged(of=()).findings  # which writes the template
    invoke = CliRunner().invoke
    assert invoke(cli, ["baseline", "write", "--engine", "checkov", "--today", "2027-01-31"]).exit_code == 0
    kept = Path("wascan-baseline.json").read_text(encoding="utf-8")
    assert "checkov:CKV_AWS_20" in kept
    assert invoke(cli, ["baseline", "prune", "--today", "2027-01-31"]).exit_code == 0
    assert Path("wascan-baseline.json").read_text(encoding="utf-8") == kept
    answered(monkeypatch, checkov={"failed": [], "passed": []})
    assert invoke(cli, ["baseline", "prune", "--engine", "checkov", "--today", "2027-01-31"]).exit_code == 0
    assert "checkov:" not in Path("wascan-baseline.json").read_text(encoding="utf-8")


def test_a_crash_is_an_error_of_that_engine_and_our_findings_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch, checkov={"crash": "TypeError: unhashable type"}, cfnlint=CFN_LINT)
    report = report_on()
    (note,) = (note for note in report.notes if note.level == "error")
    assert (note.message, note.file) == ("checkov failed on this file: TypeError: unhashable type", "t.yaml")
    assert any(item.check.id == "encryption-at-rest.rds-instance" for item in report.findings)
    assert any(item.check.id == "cfn-lint:E3012" for item in report.findings)


def test_an_engine_that_does_not_start_costs_its_own_findings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkov, "PROGRAM", program("import nowhere"))
    report = report_on(of=("checkov",))
    (note,) = report.notes
    assert note.level == "error"
    assert "cannot be started" in note.message
    assert report.findings


@pytest.mark.parametrize("format", FORMATS)
def test_every_report_tells_them(format: str, merged: Callable[..., Report]) -> None:
    stream = io.StringIO()
    render(format, merged(), stream, version="1.2.3", exit_code=1)
    text = stream.getvalue()
    assert "CKV" in text
    assert "correct horse" not in text


@cache
def sarif() -> Any:
    schema = json.loads((ROOT / "tests/data/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(schema)


def run_of(report: Report, profile: str) -> dict[str, Any]:
    stream = io.StringIO()
    render(profile, report, stream, version="1.2.3", exit_code=1)
    log = json.loads(stream.getvalue())
    sarif().validate(log)
    return log["runs"][0]  # type: ignore[no-any-return]  # JSON has any type


@pytest.mark.parametrize("profile", ["sarif", "github"])
def test_engines_are_extensions_of_the_tool(profile: str, merged: Callable[..., Report]) -> None:
    run = run_of(merged(), profile)
    extensions = run["tool"]["extensions"]
    assert [(item["name"], item["version"]) for item in extensions] == [("cfn-lint", "9.9"), ("checkov", "9.9")]
    for result in run["results"]:
        if "rule" in result:
            component = extensions[result["rule"]["toolComponent"]["index"]]
            assert component["name"] == result["rule"]["toolComponent"]["name"]
            assert component["rules"][result["rule"]["index"]]["id"] == result["rule"]["id"]
        else:
            assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert sum("rule" in result for result in run["results"]) == 7
    (rule,) = (item for item in extensions[0]["rules"] if item["id"] == "cfn-lint:E3012")
    assert rule["helpUri"] == "https://example.com/E3012"
    assert rule["help"]["text"] == "Types matter"


def test_a_result_of_an_engine_has_its_practice(merged: Callable[..., Report]) -> None:
    run = run_of(merged(), "sarif")
    (result,) = (item for item in run["results"] if item.get("rule", {}).get("id") == "checkov:CKV_AWS_20")
    (taxon,) = result["taxa"]
    taxonomy = run["taxonomies"][taxon["toolComponent"]["index"]]
    assert taxonomy["taxa"][taxon["index"]]["id"] == "SEC03-BP07"


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["sarif", "github"])
def test_microsofts_multitool_finds_nothing_wrong(
    profile: str, merged: Callable[..., Report], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Path("all.sarif").open("w", encoding="utf-8") as stream:
        render(profile, merged(), stream, version="1.2.3", exit_code=1)
    assert complaints("all.sarif", tmp_path_factory) == []


def test_without_engines_there_are_no_extensions() -> None:
    assert "extensions" not in run_of(report_on(of=()), "sarif")["tool"]


def test_questions_are_about_templates_and_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, list[dict[str, Any]], float]] = []

    def fake(program: Program, questions: list[dict[str, Any]], seconds: float) -> Answers:
        seen.append((program.name, questions, seconds))
        return Answers("9.9", [{"failed": [], "passed": [], "matches": []} for _ in questions])

    monkeypatch.setattr(engines, "ask", fake)
    monkeypatch.setattr(Program, "python", lambda _: sys.executable)
    shutil.copy(PLAN, "plan.json")
    report_on(config="region: eu-west-1\nengines: {cfn-lint: {level: info, timeout: 7}}")
    (first, second) = seen
    assert {(Path(item["file"]).name, item["form"]) for item in first[1]} == {
        ("t.yaml", "template"),
        ("plan.json", "plan"),
    }
    assert first[2] == engines.SECONDS
    (question,) = second[1]
    assert (question["region"], question["level"], second[2]) == ("eu-west-1", "info", 7)


def test_a_missing_engine_is_one_line_and_exit_2(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("t.yaml").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(checkov, "PROGRAM", Program("checkov", "wascan_no_such_package", "x"))
    monkeypatch.setattr(sys, "executable", str(Path("nowhere/python").resolve()))
    result = CliRunner().invoke(cli, ["scan", "t.yaml", "--engine", "checkov"])
    assert result.exit_code == 2
    assert result.stderr.startswith("checkov is not installed: pip install checkov beside wascan")
    assert result.stderr.count("\n") == 1
    assert not result.stdout


# The engines themselves


def environment(*commands: str) -> dict[str, str]:
    """The environment that has these commands; WASCAN_ENGINES_VENV may name where they are installed."""
    folder = os.environ.get("WASCAN_ENGINES_VENV")
    path = os.pathsep.join([*([str(HERE / folder / "bin")] if folder else []), os.environ.get("PATH", "")])
    for name in commands:
        if shutil.which(name, path=f"{os.path.dirname(sys.executable)}{os.pathsep}{path}") is None:
            if os.environ.get("CI"):
                pytest.fail(f"{name} is not installed")
            pytest.skip(f"{name} is not installed")
    return {**os.environ, "PATH": path}


def wascan(*arguments: str, env: dict[str, str], stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wascan", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, env=env)


@pytest.mark.slow
def test_both_engines_run_on_templates_and_plans() -> None:
    env = environment("checkov", "cfn-lint")
    Path("t.yaml").write_text(f"{TEMPLATE}      BackupRetentionPeriod: many\n", encoding="utf-8")
    Path("module.yaml").write_text("Resources:\n  Net:\n    Type: !Rain::Module ../vpc.yml\n", encoding="utf-8")
    done = wascan(
        "t.yaml", "module.yaml", "-", "--engine", "checkov", "--engine", "cfn-lint",
        "-o", "sarif=all.sarif", "-o", "github=github.sarif", "-o", "json=all.json", env=env, stdin=PLAN.read_text(),
    )  # fmt: skip
    assert done.returncode == 2, done.stderr  # for nobody can read the module
    assert "module.yaml: error: checkov failed on this file: TypeError" in done.stderr
    assert "covered by wascan's own" in done.stderr
    assert done.stderr.count("error: checkov") == 1
    text = Path("all.json").read_text(encoding="utf-8")
    ids = {(item["check"], item["place"]["file"], item["resource"]["name"]) for item in json.loads(text)["findings"]}
    assert ("encryption-at-rest.rds-instance", "t.yaml", "Orders") in ids
    assert ("checkov:CKV_AWS_16", "t.yaml", "Orders") not in ids
    assert any(check.startswith("cfn-lint:E") and name == "Orders" for check, _, name in ids)
    assert "correct horse" not in text
    for name in ("all.sarif", "github.sarif"):
        log = json.loads(Path(name).read_text(encoding="utf-8"))
        sarif().validate(log)
        assert [item["name"] for item in log["runs"][0]["tool"]["extensions"]] == ["cfn-lint", "checkov"]


@pytest.mark.slow
def test_checkov_speaks_of_the_resources_of_templates_and_plans() -> None:
    env = environment("checkov")
    Path("t.yaml").write_text(TEMPLATE, encoding="utf-8")
    wascan("t.yaml", str(PLAN), "--engine", "checkov", "--select", "checkov:*", "-o", "json=all.json", env=env)
    found = json.loads(Path("all.json").read_text(encoding="utf-8"))["findings"]
    told = {(item["check"], item["resource"]["name"]): item for item in found}
    assert told["checkov:CKV_AWS_16", "Orders"]["place"]["line"] == 16
    assert told["checkov:CKV_AWS_16", "Orders"]["practices"] == ["SEC08-BP02"]
    name = "module.plain.aws_s3_bucket.this[0]"
    assert told["checkov:CKV_AWS_18", name]["resource"]["type"] == "aws_s3_bucket"
    assert told["checkov:CKV_AWS_18", name]["place"]["file"].endswith(".tf")


@pytest.mark.slow
def test_comments_of_checkov_are_wascans_to_honour() -> None:
    env = environment("checkov")
    text = TEMPLATE.replace("    Type: AWS::S3", "    # checkov:skip=CKV_AWS_20:a website\n    Type: AWS::S3")
    Path("t.yaml").write_text(text, encoding="utf-8")
    wascan("t.yaml", "--engine", "checkov", "--select", "checkov:CKV_AWS_20", "-o", "json=all.json", env=env)
    (finding,) = json.loads(Path("all.json").read_text(encoding="utf-8"))["findings"]
    assert finding["waiver"] == {"reason": "a website", "until": None, "origin": "checkov"}


@pytest.mark.slow
def test_every_check_of_checkov_has_been_judged() -> None:
    env = environment("checkov")
    command = shutil.which("checkov", path=f"{os.path.dirname(sys.executable)}{os.pathsep}{env['PATH']}")
    assert command is not None
    listed = subprocess.run(
        [command, "--skip-download", "--list", "--framework", "cloudformation", "terraform", "terraform_plan"],
        capture_output=True,
        text=True,
        check=True,
        env=env,
    ).stdout
    ids = {
        cells[2].strip() for line in listed.splitlines() if len(cells := line.split("|")) > 5 and "_AWS_" in cells[2]
    }
    assert len(ids) > 400
    assert ids - checkov._practices().keys() == set()


@pytest.mark.slow
def test_levels_of_cfn_lint_are_a_choice() -> None:
    env = environment("cfn-lint")
    Path("t.yaml").write_text(TEMPLATE, encoding="utf-8")
    for level, expected in (("error", False), ("warning", True)):
        Path("wascan.yaml").write_text(f"engines: {{cfn-lint: {{level: {level}}}}}", encoding="utf-8")
        wascan("t.yaml", "--engine", "cfn-lint", "-o", "json=all.json", env=env)
        told = json.loads(Path("all.json").read_text(encoding="utf-8"))["findings"]
        assert any(item["check"] == "cfn-lint:W2001" for item in told) is expected
