"""Synthesise the CDK apps of fixtures/apps again, and keep what comes of it beside them.

Asset folders are left out, and paths in stack traces become relative to the app, so that nothing of the machine it ran
on is kept. Needs npm and Python; the CDK and its library are installed into the folder that WASCAN_CDK_CACHE names
(default: ~/.cache/wascan/cdk), and kept there for the next time.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ROOT / "fixtures" / "apps"
NODE_PACKAGES = ["aws-cdk@2", "aws-cdk-lib@2", "constructs@10", "typescript@5", "ts-node@10", "@types/node@20"]
PYTHON_PACKAGES = ["aws-cdk-lib>=2.275,<3", "constructs>=10,<11"]
OWN_PACKAGES = ["click>=8.1,<9", "pyyaml>=6,<7", "jsonpath-ng>=1.6,<2", "sarif-om>=1.0.4,<2"]
"""What wascan needs where it runs within an app."""


def cache() -> Path:
    """The folder with the CDK."""
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wascan" / "cdk"
    return Path(os.environ.get("WASCAN_CDK_CACHE") or default)


def install() -> None:
    """Install what is not there yet: the CDK, its library for node, and its library for Python."""
    folder = cache()
    folder.mkdir(parents=True, exist_ok=True)
    wanted = "\n".join([*NODE_PACKAGES, *PYTHON_PACKAGES, *OWN_PACKAGES])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests that run side by side install once
        ready = folder / "ready"
        if ready.exists() and ready.read_text(encoding="utf-8") == wanted:
            return
        node, python = folder / "node", folder / "python"
        node.mkdir(exist_ok=True)
        (node / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", *NODE_PACKAGES], cwd=node, check=True)
        venv.create(python, with_pip=True, clear=True)
        pip = [python / "bin" / "python", "-m", "pip", "install", "-q"]
        subprocess.run([*pip, *PYTHON_PACKAGES, *OWN_PACKAGES], check=True)
        ready.write_text(wanted, encoding="utf-8")


def synth(app: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``cdk synth -q`` in an app's folder, with the packages of the cache."""
    modules = cache() / "node" / "node_modules"
    if not (app / "node_modules").exists():
        (app / "node_modules").symlink_to(modules)
    settings = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "CDK_", "JSII_"))},
        "PATH": os.pathsep.join([str(cache() / "python" / "bin"), os.environ["PATH"]]),
        "CDK_DISABLE_CLI_TELEMETRY": "true",
        "JSII_HOST_STACK_TRACES": "1",
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
        **environment,
    }
    command = [str(modules / ".bin" / "cdk"), "synth", "-q", "--no-notices", *arguments]
    return subprocess.run(command, cwd=app, env=settings, capture_output=True, text=True, check=False)


def copy(app: Path, to: Path) -> Path:
    """A copy of an app without what was synthesised from it."""
    shutil.copytree(app, to, ignore=shutil.ignore_patterns("cdk.out", "node_modules", "__pycache__"))
    return to


def keep(synthesised: Path, to: Path, app: Path) -> None:
    """Keep an assembly, without its assets and without the paths of this machine."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(synthesised, to, ignore=shutil.ignore_patterns("asset.*", ".cache", "validation-report.json"))
    for file in to.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8").replace(f"{app}/", "").replace(str(cache()), "/opt/cdk")
            file.write_text(text, encoding="utf-8")


def main() -> None:
    install()
    for app in sorted(APPS.iterdir()):
        with tempfile.TemporaryDirectory() as scratch:
            copied = copy(app, Path(scratch).resolve() / "app")
            done = synth(copied)
            if done.returncode:
                sys.exit(f"{app.name}: {done.stdout}{done.stderr}")
            keep(copied / "cdk.out", app / "cdk.out", copied)
            print(f"{app.name}: {sum(1 for file in (app / 'cdk.out').rglob('*') if file.is_file())} files")


if __name__ == "__main__":
    main()
