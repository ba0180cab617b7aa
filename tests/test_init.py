"""What a project begins with: read from what it is, never written over what is there."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

from test_cli import wascan, write
from wascan.project import look


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def template(tags: str = "[{Key: owner, Value: payments}, {Key: Name, Value: x}]") -> str:
    queue = "  {}:\n    Type: AWS::SQS::Queue\n    Properties: {{Tags: {}}}\n"
    return "Resources:\n" + queue.format("One", tags) + queue.format("Two", tags)


def test_cloudformation_is_told_by_its_content_and_its_habits() -> None:
    write("infra/queues.template", template())
    write("infra/samconfig.toml", '[default.deploy.parameters]\nregion = "eu-west-1"\n')
    write("package.json", "{}")
    found = look()
    assert found.templates == ["infra/queues.template"]
    assert found.tags == ["owner"]
    assert found.regions == ["eu-west-1"]
    assert not found.cdk
    assert not found.terraform


def test_terraform_tells_regions_and_default_tags() -> None:
    provider = 'provider "aws" {\n  region = "eu-central-1"\n  default_tags {\n    tags = {\n      Owner = "me" # = no = tag\n      "cost-center" = var.cc\n    }\n  }\n}\n'
    write("terraform/main.tf", provider)
    write("terraform/.terraform/modules/x/main.tf", provider.replace("central", "west"))
    found = look()
    assert found.terraform == ["terraform"]
    assert found.regions == ["eu-central-1"]
    assert found.tags[:2] == ["Owner", "cost-center"]


@pytest.mark.parametrize(
    ("app", "language"),
    [
        ("npx ts-node bin/app.ts", "node"),
        ("python3 app.py", "python"),
        ("node bin/app.js", "node"),
        ("mvn -q exec:java", ""),
    ],
)
def test_a_cdk_app_tells_its_language(app: str, language: str) -> None:
    write("cdk.json", json.dumps({"app": app}))
    found = look()
    assert found.cdk == ["."]
    assert found.language == language


def test_a_tag_that_only_some_have_is_no_habit() -> None:
    write(
        "t.yaml", template() + "  Three:\n    Type: AWS::SQS::Queue\n    Properties: {Tags: [{Key: other, Value: x}]}\n"
    )
    assert look().tags == []


def workflow() -> dict[str, object]:
    found = yaml.safe_load(Path(".github/workflows/wascan.yml").read_text())
    words = {"on" if key is True else key: value for key, value in found.items()}
    known = files("check_jsonschema").joinpath("builtin_schemas/vendor/github-workflows.json").read_text("utf-8")
    jsonschema.validate(words, json.loads(known))
    return words


KINDS = {
    "cloudformation": {"infra/t.yaml": template()},
    "cdk": {"cdk.json": '{"app": "npx ts-node bin/app.ts"}'},
    "cdk in python": {"app/cdk.json": '{"app": "python3 app.py"}'},
    "terraform": {"terraform/main.tf": 'provider "aws" {\n  region = "eu-west-1"\n}\n'},
    "hostile": {}
    if os.name == "nt"
    else {"a: b # c\"'\n/main.tf": "", "t: x.yaml": template("[{Key: 'a]: \"b', Value: x}]")},
    "nothing": {},
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_right_and_a_scan_takes_it(kind: str) -> None:
    for name, text in KINDS[kind].items():
        write(name, text)
    subprocess.run(["git", "init", "-q", "-b", "trunk"], check=True)
    done = wascan("init", "--repository", "https://github.com/acme/wascan")
    assert done.returncode == 0, done.stderr
    for name in ("wascan.yaml", ".pre-commit-config.yaml", ".github/workflows/wascan.yml"):
        assert f"wrote {name}" in done.stdout
    jobs = workflow()["jobs"]
    assert "acme/wascan@v" in json.dumps(jobs)
    hooks = yaml.safe_load(Path(".pre-commit-config.yaml").read_text())
    assert hooks["repos"][0]["repo"] == "https://github.com/acme/wascan"
    assert wascan().returncode in (0, 1, 3), wascan().stderr


def test_nothing_that_is_there_is_written_over() -> None:
    write(".pre-commit-config.yaml", "repos: []  # mine\n")
    write(".wascan.yaml", "fail-on: low\n")
    write(".github/workflows/wascan.yml", "name: mine\n")
    before = {
        name: Path(name).read_text()
        for name in (".pre-commit-config.yaml", ".wascan.yaml", ".github/workflows/wascan.yml")
    }
    done = wascan("init")
    assert done.returncode == 0
    assert {name: Path(name).read_text() for name in before} == before
    assert not Path("wascan.yaml").exists()
    for name in before:
        assert f"{name} is there and stays as it is" in done.stdout
    assert "id: wascan" in done.stdout, "what to add to the hooks"


def test_a_link_in_the_place_of_a_file_is_a_file() -> None:
    Path("elsewhere").write_text("mine")
    Path("wascan.yaml").symlink_to("missing")
    wascan("init")
    assert not Path("missing").exists()


def test_in_a_folder_of_a_repository_hook_and_workflow_go_to_its_root() -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    write("infra/t.yaml", template())
    os.chdir("infra")
    assert wascan("init").returncode == 0
    assert Path("wascan.yaml").exists()
    assert Path("../.pre-commit-config.yaml").exists()
    assert "infra" in Path("../.github/workflows/wascan.yml").read_text()


def test_without_a_source_the_hook_is_the_command_and_nothing_is_fetched_by_name() -> None:
    done = wascan("init", "--repository", "")
    assert done.returncode == 0
    text = Path(".pre-commit-config.yaml").read_text() + Path(".github/workflows/wascan.yml").read_text()
    assert "additional_dependencies" not in text
    assert "pip install wascan" not in text
