"""The GitHub action: its files, and its steps as a runner would start them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))

BLOCK = "  {name}:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n      StorageEncrypted: {value}\n"
OPEN = "Resources:\n" + BLOCK.format(name="Orders", value="false")


def steps(text: str) -> list[dict[str, Any]]:
    """Every step of a workflow or action."""
    found = yaml.safe_load(text)
    jobs = [found["runs"]] if "runs" in found else found["jobs"].values()
    return [step for job in jobs for step in job["steps"]]


@pytest.mark.parametrize(
    ("file", "schema"),
    [(ROOT / "action.yml", "github-actions"), *((file, "github-workflows") for file in WORKFLOWS)],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_file_is_what_github_takes(file: Path, schema: str) -> None:
    known = files("check_jsonschema").joinpath(f"builtin_schemas/vendor/{schema}.json").read_text(encoding="utf-8")
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    words = {"on" if key is True else key: value for key, value in data.items()}  # YAML 1.1 takes `on` for true
    jsonschema.validate(words, json.loads(known))


@pytest.mark.parametrize("file", [ROOT / "action.yml", *WORKFLOWS], ids=lambda file: file.name)
def test_nothing_that_others_write_goes_through_a_shell_and_every_action_is_pinned(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for step in steps(text):
        assert "${{" not in step.get("run", "")
        if "uses" in step and step["uses"] != "./":
            assert re.search(rf"uses: {re.escape(step['uses'])} # v\d+\.\d+\.\d+\n", text), step["uses"]
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_may_do_nothing_but_what_its_jobs_say(file: Path) -> None:
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert found["permissions"] == {}
    assert all(job["permissions"] for job in found["jobs"].values())
    assert "pull_request_target" not in file.read_text(encoding="utf-8")


def test_every_input_is_handed_on_and_told_of_in_the_guide() -> None:
    used = json.dumps(ACTION["runs"])
    guide = (ROOT / "docs" / "github-action.md").read_text(encoding="utf-8")
    for name in ACTION["inputs"]:
        assert f"inputs.{name}" in used
        assert f"`{name}`" in guide, name
    for name in ACTION["outputs"]:
        assert f"`{name}`" in guide, name


class Runner:
    """A runner's job in a folder: what it is told, and what it is shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temp = folder.parent / "temp"
        self.temp.mkdir(exist_ok=True)
        self.summary = self.temp / "summary"
        self._output = self.temp / "output"
        self._event = self.temp / "event.json"
        self._event.write_text("{}")
        wascan = shutil.which("wascan", path=str(Path(sys.executable).parent))
        assert wascan is not None
        self._wascan = wascan

    def event(self, **data: Any) -> None:
        self._event.write_text(json.dumps(data))

    def run(self, sha: str = "", **inputs: str) -> tuple[str, dict[str, str]]:
        """The log of the step, and its outputs."""
        for file in (self._output, self.summary):
            file.write_text("")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GIT_"))}
        defaults = {name: str(given.get("default", "")) for name, given in ACTION["inputs"].items()}
        given = {**defaults, **{name.replace("_", "-"): value for name, value in inputs.items()}}
        environment |= {f"INPUT_{name.replace('-', '_').upper()}": value for name, value in given.items()}
        environment |= {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self._output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_EVENT_PATH": str(self._event),
            "GITHUB_SHA": sha,
            "WASCAN": self._wascan,
        }
        done = subprocess.run(
            [sys.executable, "-I", str(ROOT / "action" / "scan.py")],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=True,
        )
        written = self._output.read_text()
        return done.stdout.decode(), dict(re.findall(r"(?ms)^([\w-]+)<<(?:\w+)\n(.*?)\n\w{32}$", written))


@pytest.fixture
def job(tmp_path: Path) -> Runner:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / ".git").mkdir()
    return Runner(folder)


def commands(log: str) -> list[str]:
    """The lines of a log that GitHub takes for commands."""
    found: list[str] = []
    stopped = ""
    for line in log.splitlines():
        if stopped:
            stopped = "" if line == f"::{stopped}::" else stopped
        elif line.startswith("::stop-commands::"):
            stopped = line.removeprefix("::stop-commands::")
        elif line.startswith("::"):
            found.append(line)
    return found


def test_a_scan_fails_after_it_has_told_everything(job: Runner) -> None:
    (job.folder / "infra").mkdir()
    (job.folder / "infra" / "data.yaml").write_text(OPEN)
    log, outputs = job.run()
    assert outputs["exit-code"] == "1"
    assert int(outputs["findings"]) >= 1
    assert outputs["errors"] == "0"
    assert "infra/data.yaml:6:25" in log
    (first, *others) = commands(log)
    assert first.startswith(
        "::error file=infra/data.yaml,line=6,endLine=6,title=wascan%3A encryption-at-rest.rds-instance"
    )
    assert first.endswith("::Orders: StorageEncrypted is false. Set StorageEncrypted to true.")
    assert len(others) < 10
    results = json.loads(Path(outputs["sarif-file"]).read_text())["runs"][0]["results"]
    assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "infra/data.yaml"
    summary = job.summary.read_text()
    assert "| Pillar |" in summary
    assert "encryption-at-rest" in summary


def test_what_is_switched_off_is_not_done(job: Runner) -> None:
    (job.folder / "data.yaml").write_text(OPEN)
    log, outputs = job.run(annotations="false", job_summary="false", fail_on="none", sarif_file="out/own.sarif")
    assert commands(log) == []
    assert job.summary.read_text() == ""
    assert outputs["exit-code"] == "0"
    assert outputs["sarif-file"] == "out/own.sarif"
    assert (job.folder / "out" / "own.sarif").exists()


def test_ten_findings_are_annotated_and_the_worst_come_first(job: Runner) -> None:
    blocks = "".join(BLOCK.format(name=f"Orders{number}", value="false") for number in range(12))
    (job.folder / "data.yaml").write_text(f"Resources:\n{blocks}")
    log, _ = job.run()
    assert len(commands(log)) == 10
    assert {line.partition(" ")[0] for line in commands(log)} == {"::error"}


def test_what_cannot_be_read_is_annotated_and_in_the_summary(job: Runner) -> None:
    (job.folder / "broken.yaml").write_text("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n\tx")
    (job.folder / "data.yaml").write_text(OPEN)
    log, _ = job.run()
    assert any(
        line.startswith("::error file=broken.yaml,line=3,title=wascan::broken.yaml has") for line in commands(log)
    )
    assert "broken.yaml:3: has" in job.summary.read_text()


def test_inputs_of_several_lines_are_lists(job: Runner) -> None:
    (job.folder / "one template.yaml").write_text(OPEN)
    (job.folder / "other.yaml").write_text(OPEN)
    log, outputs = job.run(paths="one template.yaml\n\nother.yaml\n", select="SEC08-BP02, multi-az\nkey-rotation")
    assert outputs["findings"] == "4"
    assert "one template.yaml:6:25" in log


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("args", "--no-such-option"),
        ("args", "'"),
        ("config", "missing.yaml"),
        ("fail_on", "sometimes"),
        ("paths", "no.yaml"),
    ],
)
def test_what_cannot_be_done_is_an_error_without_results(job: Runner, name: str, text: str) -> None:
    (job.folder / "data.yaml").write_text(OPEN)
    log, outputs = job.run(**{name: text})
    assert outputs["exit-code"] == "2"
    assert outputs["errors"] != "0"
    assert name == "paths" or outputs["sarif-file"] == ""
    assert name == "paths" or "could not scan" in job.summary.read_text()
    assert text in log or "the input args cannot be read: no closing quotation" in log


def test_results_of_an_earlier_run_are_not_taken_for_this_ones(job: Runner) -> None:
    (job.folder / "data.yaml").write_text(OPEN)
    job.run(sarif_file="own.sarif")
    _, outputs = job.run(sarif_file="own.sarif", config="missing.yaml")
    assert outputs["sarif-file"] == ""
    assert not (job.folder / "own.sarif").exists()


def test_a_link_in_the_place_of_a_report_is_not_followed(job: Runner) -> None:
    (job.folder / "data.yaml").write_text(OPEN)
    precious = job.folder.parent / "precious"
    precious.write_text("as it was")
    (job.folder / "own.sarif").symlink_to(precious)
    job.run(sarif_file="own.sarif")
    assert precious.read_text() == "as it was"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names of files")
def test_nothing_of_an_input_becomes_a_command(job: Runner) -> None:
    evil = "::error file=x::owned"
    (job.folder / f"{evil}.yaml").write_text(OPEN.replace("Orders", "'a,line=1::b\\n::warning::owned'"))
    (job.folder / "::set-output name=x::.yaml").write_text("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n\tx")
    (job.folder / "$(touch pwned)`touch pwned`;touch pwned.yaml").write_text(OPEN)
    log, outputs = job.run(select="$(touch pwned)", paths="$(touch pwned)`touch pwned`;touch pwned.yaml")
    assert outputs["exit-code"] == "2"
    log, _ = job.run()
    told = commands(log)
    assert told
    assert all(
        re.fullmatch(
            r"::(error|warning|notice) file=[^:,]*,line=\d+(,endLine=\d+)?,title=[^:,]*(,[a-zA-Z]+=\d+)*::.*", line
        )
        for line in told
    )
    assert not list(job.folder.glob("**/pwned"))


def test_the_summary_of_a_step_has_a_limit(job: Runner) -> None:
    (job.folder / "data.yaml").write_text(OPEN)
    script = (ROOT / "action" / "scan.py").read_text(encoding="utf-8")
    assert "MOST_SUMMARY = 1 << 20" in script
    scope: dict[str, Any] = {"__name__": "scan"}
    exec(compile(script, "scan.py", "exec"), scope)  # a script, not a module of the project
    full = job.temp / "full"
    full.write_text("x" * ((1 << 20) - 100))
    more = job.temp / "more"
    more.write_text("y" * 100)
    os.environ["GITHUB_STEP_SUMMARY"] = str(full)
    try:
        scope["summarise"](str(more), 0)
        assert full.stat().st_size < 1 << 20
        more.write_text("y" * 50)
        scope["summarise"](str(more), 0)
        assert full.read_text().endswith("y" * 50)
    finally:
        del os.environ["GITHUB_STEP_SUMMARY"]


def git(folder: Path, *arguments: str) -> str:
    author = ("-c", "user.name=A Person", "-c", "user.email=person@example.org", "-c", "protocol.file.allow=always")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(["git", *author, *arguments], cwd=folder, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def pull(tmp_path: Path) -> tuple[Runner, str, str]:
    """A pull request as actions/checkout leaves it: the newest commit of the merge alone; and the shas of both."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    (origin / "wascan.yaml").write_text("fail-on: high\n")
    (origin / "old.yaml").write_text(OPEN)
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "base")
    git(origin, "checkout", "-q", "-b", "change")
    (origin / "wascan.yaml").write_text("fail-on: none\nignore: [encryption-at-rest]\n")
    (origin / "new.yaml").write_text(OPEN)
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "change")
    git(origin, "checkout", "-q", "main")
    (origin / "meanwhile.txt").write_text("meanwhile")
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "meanwhile")
    base = git(origin, "rev-parse", "HEAD")
    git(origin, "checkout", "-q", "-b", "merge")
    git(origin, "merge", "-q", "--no-ff", "-m", "merge", "change")
    merge = git(origin, "rev-parse", "HEAD")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "merge", f"file://{origin}", "repository")
    return Runner(tmp_path / "repository"), base, merge


def test_a_pull_request_cannot_lower_its_own_gate(pull: tuple[Runner, str, str]) -> None:
    job, base, merge = pull
    job.event(pull_request={"base": {"sha": base}})
    _, outputs = job.run(merge)
    assert outputs["exit-code"] == "0", "the change's own settings hold"
    _, outputs = job.run(merge, settings_from="base")
    assert outputs["exit-code"] == "1"


def test_a_pull_request_is_told_of_its_own_findings_alone(pull: tuple[Runner, str, str]) -> None:
    job, base, merge = pull
    job.event(pull_request={"base": {"sha": base}})
    log, outputs = job.run(merge, settings_from="base", changed_since="base", select="SEC08-BP02")
    assert "new.yaml:6:25" in log
    assert "old.yaml" not in log
    assert outputs["findings"] == "1"
    job.event()
    _, outputs = job.run(merge, changed_since="base", fail_on="high")
    assert outputs["exit-code"] == "0", "a push has no base: everything is told, by the settings that are there"


def test_a_base_that_cannot_be_had_is_an_error(pull: tuple[Runner, str, str]) -> None:
    job, _, _ = pull
    job.event(pull_request={"base": {"sha": "0" * 40}})
    log, outputs = job.run("f" * 40, settings_from="base")
    assert outputs["exit-code"] == "2"
    assert "fetch-depth" in log


@pytest.mark.slow
def test_the_action_installs_itself_and_no_stranger(tmp_path: Path) -> None:
    environment = {**os.environ, "RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "output")}
    script = str(ROOT / "action" / "install.py")
    subprocess.run([sys.executable, "-I", script], cwd=tmp_path, env=environment, check=True)
    command = (tmp_path / "output").read_text().strip().removeprefix("command=")
    (tmp_path / "data.yaml").write_text(OPEN)
    done = subprocess.run([command, "data.yaml"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    environment_of = Path(command).parent.parent
    noted = next(environment_of.glob("**/wascan-*.dist-info/direct_url.json")).read_text()
    assert json.loads(noted)["url"] == ROOT.as_uri()
