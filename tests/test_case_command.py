"""``wascan test``, which runs the case files of a pack."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from test_cli import wascan, write

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests" / "example_pack"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(EXAMPLE), str(ROOT / "scanner"), str(ROOT / "rules")]))
    return tmp_path


def test_the_cases_of_a_pack_stand_beside_it() -> None:
    done = wascan("test", "acme_rules")
    assert done.returncode == 0, done.stdout
    assert done.stdout == "7 passed, 0 failed\n"


@pytest.mark.parametrize("target", ["acme_rules", "acme_rules/"])
def test_a_pack_is_one_in_its_own_folder_too(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE)
    assert wascan("test", target).stdout == "7 passed, 0 failed\n"


def test_a_folder_of_cases_is_one_whatever_package_is_called_like_it() -> None:
    write("acme_rules/acme_named_queues.yaml", "{}\n")
    assert wascan("test", "acme_rules").stdout == "acme_rules: holds no cases\n"


def test_a_folder_of_cases_is_of_the_rules_that_are_named() -> None:
    assert wascan("test", str(EXAMPLE / "cases"), "--pack", "acme_rules").returncode == 0
    done = wascan("test", str(EXAMPLE / "cases"))
    assert done.returncode == 1
    assert "there is no rule acme-named-queues" in done.stdout


def test_the_cases_of_yaml_rules_are_run_too() -> None:
    rules = (
        "rules:\n  - id: acme-mysql\n    title: Databases run MySQL\n    practices: [OPS05-BP06]\n    severity: low\n"
    )
    write("acme.yaml", f"{rules}    for: DBInstance\n    require: {{engine: {{equals: mysql}}}}\n")
    write("wascan.yaml", "rule-files: [acme.yaml]\n")
    case = "  - cloudformation: |\n      A:\n        Type: AWS::RDS::DBInstance\n        Properties: {{Engine: {}}}{}\n"
    write("cases/acme_mysql.yaml", f"fail:\n{case.format('oracle', '  # here')}pass:\n{case.format('mysql', '')}")
    assert wascan("test", "cases").stdout == "2 passed, 0 failed\n"
    write("cases/acme_mysql.yaml", f"fail:\n{case.format('mysql', '')}pass:\n{case.format('mysql', '')}")
    done = wascan("test", "cases")
    assert done.returncode == 1
    assert "acme-mysql fail 1 cloudformation: the answer is pass\n" in done.stdout
    assert "1 passed, 1 failed" in done.stdout


@pytest.mark.parametrize(
    ("text", "status"), [("fail: [", 2), ("sometimes:\n  - cloudformation: x\n", 2), ("- 1\n", 2), ("{}\n", 3)]
)
def test_what_is_no_case_file_is_said_so(text: str, status: int) -> None:
    write("cases/acme_named_queues.yaml", text)
    done = wascan("test", "cases", "--pack", "acme_rules")
    assert done.returncode == status, done.stdout
    assert "Traceback" not in done.stderr


def test_a_file_of_cases_that_cannot_be_read_is_named_with_the_line() -> None:
    write("cases/acme_named_queues.yaml", "pass: []\nfail:\n  - x: !Sub y\n")
    assert "acme_named_queues.yaml:3: " in wascan("test", "cases", "--pack", "acme_rules").stderr


def test_a_pack_goes_by_the_name_it_is_announced_by_and_by_that_of_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("site/acme-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    write("site/acme-1.0.dist-info/entry_points.txt", "[wascan.rules]\nacme = acme_rules\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.environ["PYTHONPATH"], str(tmp_path / "site")]))
    for name in ("acme", "acme_rules"):
        assert "acme-named-queues" in wascan("rules", "--pack", name).stdout
        assert wascan("test", str(EXAMPLE / "cases"), "--pack", name).returncode == 0
    assert "the pack acme_queues cannot be imported" in wascan("rules", "--pack", "acme_queues").stderr
    write("wascan.yaml", "packs: [acme_rules]\n")
    assert "the pack acme_rules is not installed; there are acme" in wascan("rules").stderr


@pytest.mark.parametrize("target", ["no_such_pack", "json", "os.path", "..", "a b"])
def test_what_is_no_pack_is_said_so(target: str) -> None:
    done = wascan("test", target)
    assert done.returncode in (2, 3)
    assert "Traceback" not in done.stderr


def test_code_of_the_folder_that_it_stands_in_is_not_run() -> None:
    write("evil_pack/__init__.py", "raise SystemExit('the folder was run')\n")
    done = wascan("test", "evil_pack.rules")
    assert done.returncode == 2
    assert "the folder was run" not in done.stderr + done.stdout
