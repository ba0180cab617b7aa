"""``wascan init``: the files that a project begins with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from wascan.cli import CLEAN, leave, stop

if TYPE_CHECKING:
    from wascan.project import Project

CHECKOUT = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"
SETUP_NODE = "actions/setup-node@48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e # v6.4.0"
SETUP_PYTHON = "actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0"
SETUP_TERRAFORM = "hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd # v3.1.2"
"""Other people's actions, as the workflow pins them."""

_HOOKS = ".pre-commit-config.yaml"
_WORKFLOW = ".github/workflows/wascan.yml"


@click.command(short_help="Write the files that a project begins with.")
@click.option("--repository", metavar="URL", help="Where the hook and the action come from; default: where this wascan "
              "was installed from.")  # fmt: skip
def init(repository: str | None) -> None:
    """Write wascan.yaml, the pre-commit hook and the GitHub workflow for the project in this folder.

    What is there already stays as it is.

    \b
    wascan init
    wascan init --repository https://github.com/acme/wascan
    """
    from wascan.config import NAMES
    from wascan.project import look

    found = look()
    home = _Home(repository)
    click.echo(f"This is {_described(found)}.")
    present = next((name for name in NAMES if os.path.lexists(name)), None)
    if present is None:
        _write("wascan.yaml", _settings(found))
    else:
        click.echo(f"{present} is there and stays as it is")
    root = _root()
    if os.path.lexists(os.path.join(root, _HOOKS)):
        click.echo(f"{_HOOKS} is there and stays as it is; add to its repos:\n{home.hook()}", nl=False)
    else:
        _write(os.path.join(root, _HOOKS), f"repos:\n{home.hook()}")
    if os.path.lexists(os.path.join(root, _WORKFLOW)):
        click.echo(f"{_WORKFLOW} is there and stays as it is")
    else:
        _write(os.path.join(root, _WORKFLOW), _workflow(found, home, os.path.relpath(".", root).replace(os.sep, "/")))
    for line in home.remarks:
        click.echo(line)
    click.echo("Now: wascan, and pre-commit install.")
    leave(CLEAN)


def _write(path: str, text: str) -> None:
    from wascan.whole import whole

    try:
        with whole(path) as stream:
            stream.write(text)
    except OSError as error:
        stop([f"{path}: cannot be written: {error.strerror}"])
    click.echo(f"wrote {os.path.normpath(path)}")


def _root() -> str:
    """The root of the repository, seen from here; here where there is none."""
    root = "."
    while not os.path.exists(os.path.join(root, ".git")):
        if os.path.realpath(root) == os.path.realpath(os.path.join(root, "..")):
            return "."
        root = os.path.join(root, "..")
    return os.path.normpath(root)


def _described(found: Project) -> str:
    parts = [f"a CDK app ({folder})" for folder in found.cdk[:2]]
    parts += [f"Terraform ({', '.join(found.terraform[:3])})"] if found.terraform else []
    parts += [f"CloudFormation ({', '.join(found.templates[:3])})"] if found.templates else []
    return " and ".join(parts) or "a project without infrastructure that wascan knows"


def _settings(found: Project) -> str:
    """wascan.yaml."""
    import json

    lines = ["# What this project is held to: docs/configuration.md of wascan has every key.", "", "fail-on: high", ""]
    if found.terraform:
        lines += ["# where the .tf files behind a plan are, so that findings stand in them"]
        lines += [f"source: [{', '.join(map(json.dumps, found.terraform[:5]))}]", ""]
    if found.tags or found.regions:
        lines += ["rules:"]
    else:
        lines += ["# rules:"]
    tags = ", ".join(map(json.dumps, found.tags)) or "owner, cost-center"
    regions = ", ".join(map(json.dumps, found.regions)) or "eu-central-1"
    lines += [
        "  # the tags that every resource needs" + (", as nearly all here have them" if found.tags else ""),
        f"  {'' if found.tags else '# '}required-tags: {{tags: [{tags}]}}",
        "  # the Regions that data may be in" + (", as they are in use here" if found.regions else ""),
        f"  {'' if found.regions else '# '}data-residency: {{regions: [{regions}]}}",
    ]
    return "\n".join(lines) + "\n"


class _Home:
    """Where wascan itself comes from, for others to take it from there; `remarks` says what is left to do."""

    def __init__(self, repository: str | None) -> None:
        from wascan import __version__

        self.remarks: list[str] = []
        url, self._commit = (repository, None) if repository else _origin()
        self._revision = self._commit or f"v{__version__}"
        self._comment = f"  # {__version__}" if self._commit else ""
        self._url = url and url.removesuffix(".git")

    def hook(self) -> str:
        """An entry of pre-commit's repos."""
        if self._url is None:
            self.remarks.append(
                "The hook runs the wascan that is on the PATH; with --repository URL, pre-commit installs its own."
            )
            return (
                "  - repo: local\n    hooks:\n      - id: wascan\n        name: wascan\n        language: system\n"
                "        entry: wascan scan --skip-unrecognised\n"
                "        files: \\.(json|ya?ml|template|cfn|tfplan)$\n        require_serial: true\n"
            )
        return (
            f"  - repo: {self._url}\n    rev: {self._revision}{self._comment}\n    hooks:\n      - id: wascan\n"
            "      - id: wascan-project\n"
        )

    def action(self) -> str:
        """What a workflow uses."""
        name = (self._url or "").removeprefix("https://github.com/")
        if self._url is None or name == self._url:
            self.remarks.append(f"In {_WORKFLOW}, put the GitHub owner of wascan's repository in the place of <OWNER>.")
            name = "<OWNER>/wascan"
        return f"{name}@{self._revision}{self._comment}"


def _origin() -> tuple[str | None, str | None]:
    """The repository and commit that this wascan was installed from, by what pip noted (PEP 610)."""
    import json
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        noted = json.loads(distribution("wascan").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None, None
    url = str(noted.get("url", ""))
    if isinstance(version := noted.get("vcs_info"), dict) and url.startswith("https://"):
        return url, version.get("commit_id")
    if "dir_info" in noted and url.startswith("file://"):
        from urllib.request import url2pathname

        from wascan.changes import ChangesError, git

        folder = url2pathname(url.removeprefix("file://"))
        try:
            remote = git("-C", folder, "remote", "get-url", "origin").decode().strip()
            return (
                (remote, git("-C", folder, "rev-parse", "HEAD").decode().strip())
                if _is_public(remote)
                else (None, None)
            )
        except ChangesError:
            return None, None
    return None, None


def _is_public(remote: str) -> bool:
    return remote.startswith("https://") and "@" not in remote


def _workflow(found: Project, home: _Home, folder: str) -> str:
    """A workflow that builds what is scanned, and scans it."""
    from wascan.words import printable

    prepare: list[str] = []
    paths = []
    for app in found.cdk[:1]:
        here = _joined(folder, app)
        if found.language == "python":
            prepare += [f"      - uses: {SETUP_PYTHON}", '        with: {python-version: "3.13"}']
            install = "pip install -r requirements.txt && npm install --global aws-cdk@2"
        else:
            install = "npm ci" if found.language == "node" else "npm install --global aws-cdk@2"
        prepare += [
            f"      - uses: {SETUP_NODE}",
            "        with: {node-version: 24}",
            f"      - run: {install} && npx cdk synth --quiet",
            f"        working-directory: {_scalar(here)}",
            "        env: {JSII_HOST_STACK_TRACES: 1}  # so that findings name lines of the app",
        ]
        paths.append(_joined(here, "cdk.out"))
    for module in found.terraform[:1]:
        here = _joined(folder, module)
        prepare += [
            f"      - uses: {SETUP_TERRAFORM}",
            "        with: {terraform_wrapper: false}",
            "      # terraform plan needs credentials that may read: see docs/github-action.md of wascan",
            "      - run: terraform init && terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json",
            f"        working-directory: {_scalar(here)}",
        ]
        paths.append(_joined(here, "plan.json"))
    if found.templates or not paths:
        paths.append(folder)
    return "\n".join(
        [
            "name: wascan",
            "on:",
            "  push:",
            f"    branches: [{_scalar(_branch())}]",
            "  pull_request:",
            "permissions: {}",
            "jobs:",
            "  wascan:",
            "    runs-on: ubuntu-latest",
            "    permissions:",
            "      contents: read",
            "      security-events: write  # for the findings to be shown under Security",
            "    steps:",
            f"      - uses: {CHECKOUT}",
            "        with: {fetch-depth: 2, persist-credentials: false}",
            *prepare,
            f"      - uses: {home.action()}",
            "        with:",
            "          paths: |",
            *(f"            {printable(path)}" for path in dict.fromkeys(paths)),
            "",
        ]
    )


def _joined(folder: str, name: str) -> str:
    return os.path.normpath(os.path.join(folder, name)).replace(os.sep, "/")


def _scalar(text: str) -> str:
    """A text as YAML, on one line."""
    import json
    import re

    return text if re.fullmatch(r"[A-Za-z][\w./-]*|\.", text) else json.dumps(text)


def _branch() -> str:
    """The branch that is checked out, which may well be the main one."""
    from wascan.changes import ChangesError, git

    try:
        return git("symbolic-ref", "--short", "HEAD").decode().strip() or "main"
    except ChangesError:
        return "main"
