"""The gate before ``cdk deploy``, for real: apps are synthesised, and what fails in them points at their source.

Needs npm. The CDK is installed once, into the folder that WASCAN_CDK_CACHE names (see scripts/synth_apps.py).
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cdk_apps import FOLDER, line_of

ROOT = Path(__file__).parent.parent
PATH = os.pathsep.join([str(ROOT / "scanner"), str(ROOT / "rules")])

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("npm") is None and not os.environ.get("CI"), reason="npm is not installed"),
]


@pytest.fixture(scope="module")
def cdk() -> Any:
    spec = importlib.util.spec_from_file_location("synth_apps", ROOT / "scripts" / "synth_apps.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.install()
    return module


def wascan(app: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wascan", *arguments]
    environment = {**os.environ, "PYTHONPATH": PATH}
    return subprocess.run(command, cwd=app, env=environment, capture_output=True, text=True, check=False)


def findings(app: Path) -> list[dict[str, Any]]:
    """What fails in the assembly of an app."""
    done = wascan(app, "cdk.out", "-o", "json")
    assert done.returncode == 1, done.stderr
    every: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return [finding for finding in every if finding["kind"] == "fail" and not finding["resource"]["managed_by"]]


def where(finding: dict[str, Any]) -> str:
    return f"{finding['place']['file']}:{finding['place']['line']}"


@pytest.mark.parametrize("name", ["typescript", "python"])
def test_every_finding_of_a_synthesised_app_points_at_the_line_that_makes_its_resource(
    cdk: Any, name: str, tmp_path: Path
) -> None:
    app = cdk.copy(FOLDER / name, tmp_path / "app")
    done = cdk.synth(app)
    assert done.returncode == 0, done.stderr
    found = findings(app)
    assert len(found) > 10
    for finding in found:
        assert where(finding) == line_of(name, finding["resource"]["construct"])
    assert wascan(app, "cdk.out", "-o", "github=alerts.sarif").returncode == 1
    results = json.loads((app / "alerts.sarif").read_text())["runs"][0]["results"]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert uris == {finding["place"]["file"] for finding in found}
    assert all(Path(app, uri).is_file() for uri in uris)


def test_with_debug_a_property_points_at_the_line_that_sets_it(cdk: Any, tmp_path: Path) -> None:
    app = cdk.copy(FOLDER / "typescript", tmp_path / "app")
    assert cdk.synth(app, "--debug").returncode == 0
    lines = (app / "lib" / "reports-stack.ts").read_text().splitlines()
    setting = next(number for number, line in enumerate(lines, 1) if "cfnTable.deletionProtectionEnabled" in line)
    placed = {where(finding) for finding in findings(app) if finding["check"] == "deletion-protection.dynamodb-table"}
    assert placed == {f"lib/reports-stack.ts:{setting}"}


def test_without_its_frames_a_python_app_is_told_how_to_have_them(cdk: Any, tmp_path: Path) -> None:
    app = cdk.copy(FOLDER / "python", tmp_path / "app")
    assert cdk.synth(app, JSII_HOST_STACK_TRACES="").returncode == 0
    done = wascan(app, "cdk.out", "-o", "github=alerts.sarif")
    assert done.stderr.count("JSII_HOST_STACK_TRACES=1") == 1
    results = json.loads((app / "alerts.sarif").read_text())["runs"][0]["results"]
    assert {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results} == {"cdk.json"}


GATE = """
from aws_cdk import Acknowledgment, Validations
from wascan.cdk import WascanValidator

Validations.of(app).add_plugins({validator})
{more}
app.synth()
"""


def gated(cdk: Any, folder: Path, more: str = "", validator: str = "WascanValidator()") -> dict[str, Any]:
    """The outcome of ``cdk synth`` with the plugin: `code`, `said`, and the plugin's part of CDK's report."""
    app = cdk.copy(FOLDER / "python", folder / "app")
    code = (app / "app.py").read_text().replace("app.synth()", GATE.format(validator=validator, more=more))
    (app / "app.py").write_text(code)
    if (folder / "wascan.yaml").exists():
        shutil.copy(folder / "wascan.yaml", app)
    done = cdk.synth(app, "**", PYTHONPATH=PATH)
    report = json.loads((app / "cdk.out" / "validation-report.json").read_text())
    (ours,) = [plugin for plugin in report["pluginReports"] if plugin["pluginName"] == "wascan"]
    return {"code": done.returncode, "said": done.stdout + done.stderr, **ours}


def test_the_plugin_fails_the_synthesis_and_points_at_the_source(cdk: Any, tmp_path: Path) -> None:
    found = gated(cdk, tmp_path)
    assert found["code"] == 1
    file, line = line_of("python", "Catalogue/Imports/Resource").split(":")
    assert f"{file}:{line}\nERROR SqsManagedSseEnabled is false" in found["said"]
    (violation,) = [item for item in found["violations"] if item["ruleName"] == "encryption-at-rest.sqs-queue"]
    assert violation["severity"] == "error"
    assert {item["constructPath"] for item in violation["violatingConstructs"]} == {
        "Catalogue/Imports/Resource",
        "Catalogue/Exports/Resource",
        "Beta/Search/Changes/Resource",
        "Live/Search/Changes/Resource",
    }
    managed = [item for item in found["violations"] if "Custom::CDKBucketDeployment" in json.dumps(item)]
    assert not managed


def test_what_the_app_acknowledges_passes_and_stays_in_the_report_of_cdk(cdk: Any, tmp_path: Path) -> None:
    more = """
Validations.of(catalogue).acknowledge(
    Acknowledgment(id="wascan::encryption-at-rest.sqs-queue", reason="no secrets in it"),
    Acknowledgment(id="wascan::dead-letter-queue", reason="nobody waits for it"),
)
"""
    found = gated(cdk, tmp_path, more)
    (suppressed,) = found["suppressedViolations"]
    assert (suppressed["ruleName"], suppressed["reason"]) == ("encryption-at-rest.sqs-queue", "no secrets in it")
    left = {
        violation["ruleName"]: {item["constructPath"].partition("/")[0] for item in violation["violatingConstructs"]}
        for violation in found["violations"]
    }
    assert left["encryption-at-rest.sqs-queue"] == left["dead-letter-queue.sqs-queue"] == {"Beta", "Live"}


@pytest.mark.parametrize(
    ("validator", "message"),
    [
        ("type('Gone', (WascanValidator,), {'_violations': lambda self, templates: exit()})()", "SystemExit"),
        ("WascanValidator(config='gone.yaml')", "gone.yaml"),
    ],
)
def test_a_plugin_that_cannot_judge_fails_the_synthesis(cdk: Any, validator: str, message: str, tmp_path: Path) -> None:
    found = gated(cdk, tmp_path, validator=validator)
    assert found["code"] == 1
    assert message in found["said"]
    assert [item["severity"] for item in found["violations"]] == ["fatal"]


def test_the_configuration_says_what_fails_the_synthesis(cdk: Any, tmp_path: Path) -> None:
    (tmp_path / "wascan.yaml").write_text("fail-on: none\n")
    found = gated(cdk, tmp_path)
    assert found["code"] == 0, found["said"]
    assert {item["severity"] for item in found["violations"]} == {"warning"}
