"""The hooks as people meet them: installed by pre-commit, run by git."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}

OPEN = "Resources:\n  Orders:\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: postgres, StorageEncrypted: false}\n"
SAFE = OPEN.replace("false", "true")
WAIVED = OPEN.replace("  Orders:", "  Orders:  # wascan: ignore[encryption-at-rest] a copy of public data")


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    names = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env={**names, **environment}, timeout=600
    )


def missing(what: str) -> NoReturn:
    """Skips a test, where nobody promised that it can be run."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is needed")
    pytest.skip(f"{what} is needed")


def pre_commit() -> str:
    found = shutil.which("pre-commit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return found or missing("pre-commit")


def git(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    author = ("-c", "user.name=A Person", "-c", "user.email=person@example.org")
    return run("git", *author, *arguments, cwd=folder, **environment)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This project as somebody's pre-commit fetches it: what is committed, and the commit."""
    if not (ROOT / ".git").exists():
        missing("a git checkout")
    pre_commit()
    folder = tmp_path_factory.mktemp("published") / "wascan"
    done = run("git", "clone", "-q", str(ROOT), str(folder), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return folder, git(folder, "rev-parse", "HEAD").stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


@pytest.mark.slow
def test_commits_fail_until_they_are_mended_or_waived(published: tuple[Path, str], project: Path) -> None:
    home = {"PRE_COMMIT_HOME": str(project.parent / "home")}
    source, revision = published
    hooks = [{"id": "wascan"}, {"id": "wascan-project"}]
    config = {"repos": [{"repo": str(source), "rev": revision, "hooks": hooks}]}
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    done = run(pre_commit(), "install", "--install-hooks", "-t", "pre-commit", "-t", "pre-push", cwd=project, **home)
    assert done.returncode == 0, done.stdout + done.stderr

    def commit(name: str, text: str) -> subprocess.CompletedProcess[str]:
        (project / name).write_text(text)
        git(project, "add", "--", name, ".pre-commit-config.yaml")
        return git(project, "commit", "-q", "-m", "a change", **home)

    done = commit("data.template", OPEN)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "data.template:4:" in done.stdout + done.stderr
    assert "encryption-at-rest.rds-instance" in done.stdout + done.stderr
    done = commit("data.template", SAFE)
    assert done.returncode == 0, done.stdout + done.stderr
    done = commit("data.template", WAIVED)
    assert done.returncode == 0, done.stdout + done.stderr
    done = commit("package.json", '{"name": "app", "Resources": "none"}')
    assert done.returncode == 0, done.stdout + done.stderr
    done = commit("broken.yaml", f"{SAFE}\tOther: x\n")
    assert done.returncode == 1
    assert "broken.yaml:5" in done.stdout + done.stderr
    git(project, "rm", "-q", "-f", "--cached", "broken.yaml")
    (project / "broken.yaml").unlink()

    git(project.parent, "init", "-q", "--bare", "remote")
    done = git(project, "push", "-q", str(project.parent / "remote"), "main", **home)
    assert done.returncode == 0, done.stdout + done.stderr
    (project / "late.yaml").write_text(OPEN)  # not even staged: the project is what is there
    done = git(project, "push", "-q", str(project.parent / "remote"), "main:other", **home)
    assert done.returncode == 1
    assert "late.yaml:4:" in done.stdout + done.stderr


@pytest.mark.slow
def test_the_hook_can_be_tried_without_a_configuration(published: tuple[Path, str], project: Path) -> None:
    home = {"PRE_COMMIT_HOME": str(project.parent / "home")}
    (project / "data.yaml").write_text(OPEN)
    git(project, "add", ".")
    done = run(pre_commit(), "try-repo", str(published[0]), "wascan", "--all-files", cwd=project, **home)
    assert done.returncode == 1
    assert "encryption-at-rest.rds-instance" in done.stdout + done.stderr


def test_pre_commit_takes_the_manifest() -> None:
    done = run(pre_commit(), "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("template.yaml", True),
        ("infra/stack.template", True),
        ("infra/stack.json", True),
        ("infra/stack.yml", True),
        ("prod.tfplan", True),
        ("main.tf", False),
        ("README.md", False),
        ("cdk.out/App.template.json", False),
        ("app/node_modules/x/template.yaml", False),
    ],
)
def test_the_hook_is_given_what_may_be_a_template(name: str, taken: bool) -> None:
    hook = HOOKS["wascan"]
    assert bool(re.search(hook["files"], name) and not re.search(hook["exclude"], name)) is taken


def test_a_commit_of_unrelated_yaml_costs_next_to_nothing(tmp_path: Path) -> None:
    text = "".join(
        f"- name: step {number}\n  run: echo {number}\n  with: {{Resources: none}}\n" for number in range(100)
    )
    names = [f"{number}.yaml" for number in range(200)]
    for name in names:
        (tmp_path / name).write_text(text)
    resource = pytest.importorskip("resource")  # Windows has no such thing
    command = [sys.executable, "-m", *HOOKS["wascan"]["entry"].split(), *names]

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode == 0, done.stdout + done.stderr
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.5
