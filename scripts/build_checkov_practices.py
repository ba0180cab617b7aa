#!/usr/bin/env python3
"""Build `scanner/wascan/data/checkov_practices.json`: the practice and the severity of each of checkov's checks.

    python scripts/build_checkov_practices.py           write it
    python scripts/build_checkov_practices.py --check   write nothing; exit 1 where it is not current

The source is `data-sources/checkov-practices.yaml`. Every practice must be in the catalogue, and every check of checkov in
`data-sources/peer-rules.json` must be spoken of.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scanner"))

from wascan.catalogue import UnknownPractice, practice  # noqa: E402  the package is found only now
from wascan.rule import SEVERITIES  # noqa: E402

SOURCE = ROOT / "data-sources/checkov-practices.yaml"
TARGET = ROOT / "scanner/wascan/data/checkov_practices.json"


def main() -> None:
    """Write it, or compare."""
    found = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    wrong = list(complaints(found))
    for complaint in wrong:
        print(f"{SOURCE.name}: {complaint}", file=sys.stderr)
    if wrong:
        sys.exit(1)
    text = "{\n" + ",\n".join(f"{json.dumps(id)}: {json.dumps(row)}" for id, row in found.items()) + "\n}\n"
    current = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
    if "--check" in sys.argv[1:]:
        if not current:
            print(f"{TARGET.name} is not current: run python scripts/build_checkov_practices.py", file=sys.stderr)
        sys.exit(not current)
    if not current:
        TARGET.write_text(text, encoding="utf-8")
        print(f"wrote {TARGET.relative_to(ROOT)}")


def complaints(found: dict[str, list[str | None]]) -> list[str]:
    """What is wrong with the source."""
    peers = json.loads((ROOT / "data-sources/peer-rules.json").read_text(encoding="utf-8"))
    known = {row["id"] for row in peers if row["scanner"] == "checkov"}
    wrong = [f"nothing is said of {id}" for id in sorted(known - found.keys())]
    for id, row in found.items():
        if len(row) != 2 or row[1] not in SEVERITIES:
            wrong.append(f"{id}: expected a practice or null, and a severity")
        elif row[0] is not None:
            try:
                practice(row[0])
            except UnknownPractice as error:
                wrong.append(f"{id}: {error}")
    return wrong


if __name__ == "__main__":
    main()
