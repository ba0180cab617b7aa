#!/usr/bin/env python3
"""Build `scanner/wascan/data/types.txt`: every resource type of CloudFormation's registry that is AWS's own, one a line.

    python scripts/build_types.py           write it
    python scripts/build_types.py --check   write nothing; exit 1 where it is not current

The names come from the registry schemas that cfn-lint ships, of all Regions. They change with each release of cfn-lint:
a file that another version made is current, for the table is for finding slips, not for telling what is newest.
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

from cfnlint.helpers import REGIONS
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "scanner/wascan/data/types.txt"
SOURCE = f"cfn-lint {version('cfn-lint')}"


def main() -> None:
    """Write it, or compare."""
    names = sorted(
        {
            type
            for region in REGIONS
            for type in PROVIDER_SCHEMA_MANAGER.get_resource_types(region)
            if type.startswith("AWS::")
        }
    )
    if "--check" not in sys.argv[1:]:
        head = f"# Made by scripts/build_types.py from {SOURCE} on {date.today()}."
        TARGET.write_text("\n".join([head, *names]) + "\n", encoding="utf-8", newline="\n")
        print(f"wrote {TARGET.relative_to(ROOT)}: {len(names):,} types")
        return
    head, *current = TARGET.read_text(encoding="utf-8").splitlines()
    if f" {SOURCE} " in head and current != names:
        sys.exit(f"{TARGET.name} is not current: run python scripts/build_types.py")


if __name__ == "__main__":
    main()
