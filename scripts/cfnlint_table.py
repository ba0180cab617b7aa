"""Tables of `scanner/wascan/data` that are made from what cfn-lint ships, a row a line below a head that says so."""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = f"cfn-lint {version('cfn-lint')}"


def keep(file: str, rows: list[str], noun: str) -> None:
    """Write a table, or with `--check` end with 1 where it is not current. One that another version of cfn-lint made is
    current: what it lists grows every week.
    """
    target = ROOT / "scanner/wascan/data" / file
    script = f"scripts/{Path(sys.argv[0]).name}"
    if "--check" not in sys.argv[1:]:
        head = f"# Made by {script} from {SOURCE} on {date.today()}."
        target.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8", newline="\n")
        print(f"wrote {target.relative_to(ROOT)}: {len(rows):,} {noun}")
        return
    head, *current = target.read_text(encoding="utf-8").splitlines()
    if f" {SOURCE} " in head and current != rows:
        sys.exit(f"{file} is not current: run python {script}")
