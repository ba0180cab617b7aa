#!/usr/bin/env python3
"""Build `scanner/wascan/data/actions.txt`: which actions of AWS's services can be allowed on named resources, a service a line.

    python scripts/build_actions.py           write it
    python scripts/build_actions.py --check   write nothing; exit 1 where it is not current

Each line has the name of a service, its actions that take no resource but ``*``, a bar, and those that take one. All this is
from the Service Authorization Reference, which cfn-lint ships as it publishes it for programs. A file that another version
of cfn-lint made is current: services and actions come every week.
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

from cfnlint.data import AdditionalSpecs
from cfnlint.helpers import load_resource

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "scanner/wascan/data/actions.txt"
SOURCE = f"cfn-lint {version('cfn-lint')}"


def main() -> None:
    """Write it, or compare."""
    lines = []
    for service, entry in sorted(load_resource(AdditionalSpecs, "Policies.json").items()):
        actions = sorted(entry["Actions"].items())
        without = [name for name, facts in actions if not facts.get("Resources")]
        lines.append(" ".join([service, *without, "|", *(name for name, facts in actions if facts.get("Resources"))]))
    if "--check" not in sys.argv[1:]:
        head = f"# Made by scripts/build_actions.py from {SOURCE} on {date.today()}."
        TARGET.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8", newline="\n")
        print(f"wrote {TARGET.relative_to(ROOT)}: {len(lines):,} services")
        return
    head, *current = TARGET.read_text(encoding="utf-8").splitlines()
    if f" {SOURCE} " in head and current != lines:
        sys.exit(f"{TARGET.name} is not current: run python scripts/build_actions.py")


if __name__ == "__main__":
    main()
