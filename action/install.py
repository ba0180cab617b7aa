"""Install wascan from the checkout of this action into an environment of its own; the output `command` is how to run it.

Nothing of the scanned repository is on the path, and no package called wascan is fetched: only what it depends on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main() -> None:
    """Install it, once in a job."""
    folder = os.path.join(os.environ["RUNNER_TEMP"], "wascan-environment")
    scripts = os.path.join(folder, "Scripts" if os.name == "nt" else "bin")
    suffix = ".exe" if os.name == "nt" else ""
    if not os.path.exists(os.path.join(scripts, f"wascan{suffix}")):
        venv.create(folder, with_pip=True)
        python = os.path.join(scripts, f"python{suffix}")
        quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
        subprocess.run([python, "-I", "-m", "pip", "install", *quiet, ROOT], check=True)
    with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as stream:
        stream.write(f"command={os.path.join(scripts, f'wascan{suffix}')}\n")


if __name__ == "__main__":
    sys.exit(main())
