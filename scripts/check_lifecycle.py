#!/usr/bin/env python3
"""Say which rows of `scanner/wascan/data/lifecycle.json` should be held against AWS's pages again.

    python scripts/check_lifecycle.py [--today 2027-01-31]

It prints a line for each, grouped by page, and always exits 0: time going by is no defect. What is due are products of
which a version has ended since the table was last checked (a newer one is out by then), versions without an end when
the table is older than half a year, and, where cfn-lint is installed, Lambda runtimes on which its data differs.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "scanner/wascan/data/lifecycle.json"
FRESH = timedelta(days=183)


def main() -> None:
    """Print what is due."""
    arguments = sys.argv[1:]
    today = arguments[arguments.index("--today") + 1] if "--today" in arguments else f"{datetime.now(UTC):%Y-%m-%d}"
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    lines = due(table, today) + runtimes(table["products"]["lambda"]["ends"])
    print(f"last checked on {table['asOf']}; {len(lines)} rows are due")
    for line in lines:
        print(f"  {line}")


def due(table: dict[str, Any], today: str) -> list[str]:
    """The rows that time has made doubtful on a day (ISO 8601)."""
    old = date.fromisoformat(today) - date.fromisoformat(table["asOf"]) > FRESH
    found: list[str] = []
    for name, product in table["products"].items():
        for version, end in product["ends"].items():
            if end is not None and table["asOf"] <= end < today:
                found.append(f"{name} {version} ended on {end}; see {product['source']}")
            elif end is None and old:
                found.append(f"{name} {version} has no end yet; see {product['source']}")
    return found


def runtimes(ends: dict[str, str | None]) -> list[str]:
    """The Lambda runtimes of which cfn-lint says something else."""
    spec = importlib.util.find_spec("cfnlint")
    if spec is None or spec.origin is None:
        return []
    data = Path(spec.origin).parent / "data/AdditionalSpecs/LmbdRuntimeLifecycle.json"
    if not data.exists():
        return []
    theirs = {name: row["deprecated"] for name, row in json.loads(data.read_text(encoding="utf-8")).items()}
    return [
        f"lambda {name}: cfn-lint says {theirs.get(name)}, the table {ends.get(name)}"
        for name in sorted(theirs.keys() | ends.keys())
        if theirs.get(name) != ends.get(name)
    ]


if __name__ == "__main__":
    main()
