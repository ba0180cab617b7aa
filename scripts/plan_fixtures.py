"""Plans the fixtures again: every folder in ``fixtures/terraform`` and ``fixtures/parity`` that holds a ``main.tf``
gets its ``plan.json``.

Needs Terraform and the AWS provider, in a local mirror: the folder that ``WASCAN_TERRAFORM_MIRROR`` names, or one of
those where Terraform looks of its own accord ("CLI Configuration File", section "Implied Local Mirror Directories").
Where either is missing, nothing is done. Nothing is sent to AWS: the keys are none, and no fixture asks it anything.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
FOLDERS = (FIXTURES / "terraform", FIXTURES / "parity")
MIRRORS = ("~/.terraform.d/plugins", "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins")
TIMESTAMP = "2026-01-01T00:00:00Z"


def mirror() -> Path | None:
    """The folder that holds the AWS provider."""
    named = os.environ.get("WASCAN_TERRAFORM_MIRROR")
    for folder in [named] if named else MIRRORS:
        found = Path(folder).expanduser()
        if any(found.glob("*/hashicorp/aws")):
            return found
    return None


def planned(folder: Path, environment: dict[str, str]) -> str:
    """The plan of a configuration as JSON, without what differs from run to run."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("plan*.json", ".terraform*"))

        def terraform(*arguments: str) -> str:
            run = subprocess.run(
                ["terraform", *arguments], cwd=copy, env=environment, check=False, capture_output=True, text=True
            )
            if run.returncode:
                raise SystemExit(f"{folder.name}: terraform {arguments[0]} failed\n{run.stdout}{run.stderr}")
            return run.stdout

        terraform("init", "-no-color", "-input=false")
        terraform("plan", "-no-color", "-input=false", "-out=tfplan", *options(folder))
        plan = json.loads(terraform("show", "-json", "tfplan"))
        plan["timestamp"] = TIMESTAMP
        plan.get("relevant_attributes", []).sort(key=json.dumps)
        text = json.dumps(plan, indent=1) + "\n"
        assert place not in text, f"{folder.name}: the plan names a folder of this machine"
        return text


def options(folder: Path) -> list[str]:
    """Further arguments of ``terraform plan``, one a line in the fixture's ``options`` file."""
    file = folder / "options"
    return file.read_text(encoding="utf-8").split() if file.exists() else []


def main(names: list[str]) -> int:
    found = mirror()
    if found is None or shutil.which("terraform") is None:
        print("Terraform or a mirror with the AWS provider is missing: nothing is planned", file=sys.stderr)
        return 0
    with tempfile.NamedTemporaryFile("w", suffix=".tfrc") as settings:
        settings.write(f'provider_installation {{\n  filesystem_mirror {{ path = "{found}" }}\n}}\n')
        settings.flush()
        environment = {
            **os.environ,
            "TF_CLI_CONFIG_FILE": settings.name,
            "CHECKPOINT_DISABLE": "1",
            "AWS_REGION": "eu-north-1",
        }
        environment.pop("AWS_CA_BUNDLE", None)
        for main_file in sorted(file for folder in FOLDERS for file in folder.glob("*/main.tf")):
            folder = main_file.parent
            if not names or folder.name in names:
                (folder / "plan.json").write_text(planned(folder, environment), encoding="utf-8")
                print(folder.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
