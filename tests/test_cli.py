"""The command line as people use it: real processes, real files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BUCKET = "Resources:\n  Data:\n    Type: AWS::S3::Bucket\n"
OPEN = """Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      StorageEncrypted: false
"""
SAFE = """Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: {EnableKeyRotation: true}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def wascan(*arguments: str, stdin: str | bytes | None = None) -> subprocess.CompletedProcess[str]:
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([sys.executable, "-m", "wascan", *arguments], input=given, capture_output=True, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)


def test_without_arguments_it_scans_what_is_here() -> None:
    write("infra/open.yaml", OPEN)
    done = wascan()
    assert done.returncode == 1
    assert "infra/open.yaml:6:25" in done.stdout
    assert "encryption-at-rest.rds-instance" in done.stdout


def test_a_path_is_a_scan_and_a_command_is_a_command() -> None:
    write("rules/open.yaml", OPEN)
    assert wascan("./rules").returncode == 1
    assert "encryption-at-rest" in wascan("rules").stdout


def test_an_option_alone_is_a_scan() -> None:
    write("open.yaml", OPEN)
    assert wascan("--fail-on", "none").returncode == 0


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (SAFE, (), 0),
        (OPEN, (), 1),
        (OPEN, ("--fail-on", "none"), 0),
        (OPEN, ("--ignore", "encryption-at-rest"), 0),
        (OPEN, ("--select", "reliability", "--fail-on", "medium"), 1),
        (OPEN, ("--select", "REL10-BP01", "--fail-on", "high"), 0),
        ("Resources: [\n", (), 2),
        ("Resources:\n  Data: {}\n  Other:\n    Type: AWS::S3::Bucket\n", (), 2),
        ("some: thing\n", (), 2),
    ],
)
def test_the_exit_status_says_how_it_went(text: str, arguments: tuple[str, ...], status: int) -> None:
    write("template.yaml", text)
    done = wascan("template.yaml", *arguments)
    assert done.returncode == status, done.stdout + done.stderr


def test_nothing_to_scan_is_a_status_of_its_own() -> None:
    write("notes.yaml", "some: thing\n")
    assert wascan(".").returncode == 3
    assert "nothing to scan" in wascan(".").stderr
    assert wascan("notes.yaml", "--skip-unrecognised").returncode == 0


def test_one_broken_file_costs_no_other_file_its_findings() -> None:
    write("broken.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n\tData: x\n")
    write("open.yaml", OPEN)
    done = wascan(".", "--output", "sarif=out.sarif", "--output", "text")
    assert done.returncode == 2
    assert "broken.yaml:3" in done.stderr
    assert "open.yaml:6:25" in done.stdout
    assert json.loads(Path("out.sarif").read_text())["runs"][0]["results"]


def test_a_report_in_a_file_alone_is_announced_in_one_line() -> None:
    write("open.yaml", OPEN)
    done = wascan("open.yaml", "--select", "encryption-at-rest", "-o", "sarif=out.sarif", "-o", "json=out.json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "1 finding: 1 high. The report is in out.sarif and out.json.\n"
    assert wascan("open.yaml", "-o", "sarif=out.sarif", "-o", "json").stderr == ""


def test_terraform_without_a_plan_is_told_how_to_make_one() -> None:
    write("main.tf", "")
    done = wascan()
    assert done.returncode == 3
    assert done.stderr.startswith(
        "nothing to scan: main.tf is Terraform, which is read as a plan: run terraform plan -out "
    )
    assert len(done.stderr.splitlines()) == 1
    write("open.yaml", SAFE)
    assert wascan().stderr == ""


def test_standard_input_is_scanned_under_the_name_that_is_given() -> None:
    done = wascan("-", "--stdin-filename", "given.yaml", stdin=OPEN)
    assert done.returncode == 1
    assert "given.yaml:6:25" in done.stdout
    assert wascan("-", stdin="").returncode == 2


def test_a_parameter_is_pinned_and_a_file_of_them_too() -> None:
    text = OPEN.replace("Resources:", "Parameters:\n  Safe: {Type: String}\nResources:").replace("false", "!Ref Safe")
    write("t.yaml", text)
    write("p.json", '[{"ParameterKey": "Safe", "ParameterValue": "false"}]')
    select = ("--select", "encryption-at-rest")
    assert wascan("t.yaml", *select).returncode == 0
    assert wascan("t.yaml", *select, "--fail-on-unknown").returncode == 1
    assert wascan("t.yaml", *select, "--parameters", "p.json").returncode == 1
    assert wascan("t.yaml", *select, "--parameters", "p.json", "--parameter", "Safe=true").returncode == 0


def test_the_configuration_is_found_and_its_mistakes_are_said() -> None:
    write("open.yaml", OPEN)
    write("wascan.yaml", "fail-on: none\n")
    assert wascan().returncode == 0
    assert wascan("--fail-on", "high").returncode == 1
    write("wascan.yaml", "fail-onn: none\n")
    done = wascan()
    assert done.returncode == 2
    assert "wascan.yaml:1" in done.stderr
    assert "fail-on" in done.stderr


def test_a_rule_that_needs_a_choice_judges_once_it_is_made() -> None:
    write("open.yaml", OPEN)
    assert "required-tags (tags)" in wascan().stdout
    write("wascan.yaml", "rules:\n  required-tags: {tags: [owner]}\n  data-residency: {regions: [eu-central-1]}\n")
    done = wascan("--region", "us-east-1")
    assert "required-tags.rds-instance" in done.stdout
    assert "data-residency.rds-instance" in done.stdout


def test_a_waiver_holds_until_its_last_day() -> None:
    write("open.yaml", OPEN.replace("false", "false  # wascan: ignore[encryption-at-rest] a copy until=2026-06-30"))
    assert wascan("--today", "2026-06-30").returncode == 0
    done = wascan("--today", "2026-07-01")
    assert done.returncode == 1
    assert "2026-06-30" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--output", "pdf"),
        ("--select", "no-such-rule"),
        ("--parameter", "Safe"),
        ("--today", "soon"),
        ("--fail-on", "sometimes"),
        ("--pack", "no_such_pack"),
        ("--config", "missing.yaml"),
        ("--parameters", "missing.json"),
        ("missing.yaml",),
    ],
)
def test_what_makes_no_sense_is_said_in_a_line(arguments: tuple[str, ...]) -> None:
    write("safe.yaml", SAFE)
    done = wascan("scan", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_output_goes_to_files_whole_and_to_the_terminal() -> None:
    write("open.yaml", OPEN)
    done = wascan("--output", "json=deep/out.json", "--output", "markdown")
    assert "encryption-at-rest" in done.stdout
    assert json.loads(Path("deep/out.json").read_text())
    assert sorted(os.listdir("deep")) == ["out.json"]


def test_output_is_the_same_to_the_byte() -> None:
    for number in range(5):
        write(f"{number}/open.yaml", OPEN)
    for form in ("text", "sarif", "github", "json", "markdown", "html", "junit", "gitlab"):
        first, second = (wascan("--output", form, "--today", "2026-01-01").stdout for _ in range(2))
        assert first == second


def test_files_are_listed_with_what_becomes_of_them() -> None:
    write("open.yaml", OPEN)
    write("other.yaml", "some: thing\n")
    done = wascan("--show-files")
    assert done.stdout == "open.yaml: template\nother.yaml: skipped, not a template, assembly or plan\n"


def test_the_scanned_tree_runs_no_code() -> None:
    write("open.yaml", SAFE)
    for name in ("yaml.py", "json.py", "click.py", "wascan_rules.py", "sitecustomize.py"):
        write(name, "raise SystemExit('the scanned tree was run')\n")
    done = wascan(".")
    assert done.returncode == 0, done.stderr


def test_explain_says_where_a_value_came_from() -> None:
    write("t.yaml", OPEN.replace("Resources:", "Parameters:\n  Safe: {Type: String, Default: 'false'}\nResources:").replace(
        "StorageEncrypted: false", "StorageEncrypted: !Ref Safe"))  # fmt: skip
    done = wascan("explain", "Orders", "encryption-at-rest")
    assert done.returncode == 0
    assert "encryption-at-rest.rds-instance: fails" in done.stdout
    assert "!Ref Safe comes to false" in done.stdout
    assert "rests on the default of Safe" in done.stdout
    wrong = wascan("explain", "Order")
    assert wrong.returncode == 2
    assert "Did you mean Orders" in wrong.stderr


def test_explain_says_with_which_value_it_passes_and_with_which_it_would_fail() -> None:
    write(
        "t.yaml",
        """Parameters:
  Environment: {Type: String, Default: prod, AllowedValues: [dev, prod]}
Conditions: {IsProd: !Equals [!Ref Environment, prod]}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, MultiAZ: !If [IsProd, true, false]}
""",
    )
    assert wascan("explain", "Orders", "multi-az").stdout.splitlines() == [
        "Orders (AWS::RDS::DBInstance) t.yaml:5",
        "  multi-az.rds-instance: passes by a default",
        "    passes with the default of Environment, prod",
        "      !Ref Environment comes to prod",
        "      !If [IsProd, true, false] comes to true",
        "    would fail when Environment is dev",
        "      MultiAZ is false  (t.yaml:7)",
    ]


def test_an_address_without_a_key_is_that_of_all_instances() -> None:
    changes = [
        {
            "address": address,
            "mode": "managed",
            "type": "aws_s3_bucket",
            "name": address.split(".")[-1].partition("[")[0],
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": ["create"], "after": {"bucket": None}, "after_unknown": {}},
        }
        for address in (
            'aws_s3_bucket.each["a"]',
            'aws_s3_bucket.each["b.c"]',
            "aws_s3_bucket.every",
            "module.net[0].aws_s3_bucket.logs[0]",
            "module.net[1].aws_s3_bucket.logs[0]",
        )
    ]
    write("plan.json", json.dumps({"format_version": "1.2", "resource_changes": changes, "configuration": {}}))
    said = wascan("explain", "aws_s3_bucket.each", "versioning").stdout
    assert [line.split(" ")[0] for line in said.splitlines() if line.startswith("aws_")] == [
        'aws_s3_bucket.each["a"]',
        'aws_s3_bucket.each["b.c"]',
    ]
    for name, instances in (("module.net.aws_s3_bucket.logs", 2), ("module.net[1].aws_s3_bucket.logs", 1)):
        said = wascan("explain", name, "versioning").stdout
        assert len([line for line in said.splitlines() if line.startswith("module.")]) == instances
    assert "Did you mean aws_s3_bucket.every or" in wascan("explain", "aws_s3_bucket.ever").stderr
    assert 'Did you mean aws_s3_bucket.each["a"] or' in wascan("explain", "aws_s3_bucket.eac").stderr
    assert wascan("explain", "aws_s3_bucket.each[0]").returncode == 2


def test_explain_says_what_it_could_not_find_or_read() -> None:
    write("t.yaml", OPEN)
    assert "Did you mean multi-az" in wascan("explain", "Orders", "multi-azz").stderr
    assert "t.yaml is no rule but a path, which --in takes" in wascan("explain", "Orders", "t.yaml").stderr
    write("t.yaml", OPEN.replace("  Orders:", "  Orders: {"))
    assert "t.yaml:" in wascan("explain", "Orders").stderr.splitlines()[0]


def test_selectors_may_stand_between_commas() -> None:
    write("t.yaml", BUCKET)
    said = json.loads(wascan("t.yaml", "--select", "versioning, SEC04-BP01", "--ignore", "a*,b*", "-o", "json").stdout)
    assert {item["check"] for item in said["findings"]} == {"versioning.s3-bucket"}
    assert wascan("t.yaml", "--select", "versioning,nothing").returncode == 2


def test_a_rule_of_an_engine_that_does_not_run_selects_what_asks_the_same() -> None:
    write("t.yaml", BUCKET)
    said = json.loads(wascan("t.yaml", "--select", "checkov:CKV_AWS_18", "-o", "json").stdout)
    assert [item["check"] for item in said["findings"]] == ["bucket-access-logging.s3-bucket"]
    none = wascan("t.yaml", "--select", "checkov:CKV_NONE")
    assert none.returncode == 2
    assert none.stderr == "no check of wascan's asks what checkov:CKV_NONE asks; --engine checkov runs it\n"
    assert wascan("t.yaml", "--select", "versioning,checkov:CKV_NONE").returncode == 0


def test_a_rule_of_another_scanner_is_shown_with_the_checks_that_ask_the_same() -> None:
    shown = wascan("rule", "checkov:CKV_AWS_18")
    assert (shown.returncode, shown.stdout.partition(":")[0]) == (0, "bucket-access-logging.s3-bucket")
    assert wascan("rule", "checkov:CKV_NONE").stderr == "no check of wascan's asks what checkov:CKV_NONE asks\n"


@pytest.mark.parametrize("command", [("scan", "t.yaml"), ("explain", "Orders"), ("graph", "t.yaml")])
def test_a_parameter_that_no_template_has_is_told(command: tuple[str, str]) -> None:
    write("t.yaml", f"Parameters:\n  Stage: {{Type: String, AllowedValues: [test, prod]}}\n{OPEN}")
    assert 'no template has a parameter "Stag". Did you mean Stage?' in wascan(*command, "-p", "Stag=prod").stderr
    assert wascan(*command, "-p", "Stage=prod").stderr == ""
    refused = wascan(*command, "-p", "Stage=dev").stderr
    assert "t.yaml:2: warning: the value given to Stage is none of its AllowedValues" in refused


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--region", "mars"), "--region takes a value such as eu-central-1, not mars"),
        (("--account", "12"), "--account takes a value such as 123456789012, not 12"),
        (("--source", "nowhere"), "'nowhere' does not exist"),
        (("scn", "t.yaml"), "there is no command and no path scn. Did you mean scan?"),
        (("--fail-on", "none", "rules"), "rules is a command, which comes first: wascan rules"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(arguments: tuple[str, ...], said: str) -> None:
    write("t.yaml", OPEN)
    done = wascan(*arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_rules_of_the_organisation_are_listed_and_shown() -> None:
    write("wascan.yaml", "rule-files: [acme.yaml]\n")
    rule = "id: acme-mysql, title: Databases run MySQL, practices: [OPS05-BP06], severity: low, for: DBInstance"
    write("acme.yaml", f"rules:\n  - {{{rule}, require: {{engine: {{equals: mysql}}}}}}\n")
    assert "acme-mysql" in wascan("rules").stdout
    assert "see to it that databases run MySQL" in wascan("rule", "acme-mysql").stdout
    assert "acme-mysql.rds-instance" in wascan("practices", "OPS05-BP06").stdout


def test_rules_and_practices_are_shown() -> None:
    assert "wascan practices SEC08-BP02" in wascan("rule", "SEC08-BP02").stderr
    assert "# multi-az" in wascan("rule", "multi-az").stdout
    assert "Did you mean multi-az" in wascan("rule", "multiaz").stderr
    listed = json.loads(wascan("rules", "--format", "json").stdout)
    assert {"id", "checks", "practices", "severity", "options"} <= listed[0].keys()
    assert "encryption-at-rest.rds-instance" in wascan("practices", "SEC08-BP02").stdout
    assert "GENSEC01-BP02" in wascan("practices", "generative-ai-lens").stdout
    assert wascan("practices", "SEC99-BP01").returncode == 2


def test_a_scan_imports_no_engine_and_nothing_heavy() -> None:
    write("b.yaml", BUCKET)
    code = (
        "import sys, wascan.cli as cli\n"
        "try:\n    cli.cli(['scan', 'b.yaml', '--fail-on', 'none', '--output', 'text=out.txt'])\n"
        "except SystemExit:\n    pass\n"
        "print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for name in ("cfnlint", "checkov", "jsonpath_ng", "sarif_om", "importlib.metadata", "email"):
        assert f"'{name}'" not in done.stdout, name


@pytest.mark.parametrize("form", ["text", "markdown", "junit", "gitlab", "html", "json", "sarif"])
def test_no_report_is_silent_of_what_cannot_be_read(form: str) -> None:
    write("broken.yaml", "Resources:\n  Orders: {Type: [\nOutputs: x\n")
    done = wascan("broken.yaml", "-o", form)
    assert done.returncode == 2
    assert "1 error" in done.stdout if form == "text" else "broken.yaml" in done.stdout


def test_the_worst_are_told_again_where_they_are_lost_among_the_others() -> None:
    queues = "".join(f"  Q{number}: {{Type: AWS::SQS::Queue}}\n" for number in range(30))
    write("many.yaml", f"{OPEN}{queues}")
    lines = wascan("many.yaml").stdout.splitlines()
    table = next(number for number, line in enumerate(lines) if "judged   passed" in line)
    assert lines[table - 2].startswith("high  many.yaml:")
    assert "The scan fails: 1 of them is high." in lines


@pytest.mark.parametrize("form", ["text", "markdown", "junit", "gitlab", "html", "json", "sarif", "github"])
def test_the_default_of_a_parameter_that_a_secret_is_taken_from_is_in_no_report(form: str) -> None:
    parameter = "Parameters:\n  Key: {Type: String, Default: hunter2}\n"
    write("secret.yaml", f"{parameter}{OPEN}      MasterUserPassword: !Ref Key\n")
    done = wascan("secret.yaml", "-o", form, "--show-unknown")
    assert "hardcoded-secrets" in done.stdout
    assert "hunter2" not in done.stdout + done.stderr
    assert "hunter2" not in wascan("explain", "Orders", "hardcoded-secrets").stdout
