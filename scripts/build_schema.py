#!/usr/bin/env python3
"""Build what is made from the table of keys in `wascan.config`: the JSON Schema, and the table in the guide.

python scripts/build_schema.py           write docs/wascan.schema.json and the table in docs/configuration.md
python scripts/build_schema.py --check   write nothing; exit 1 where they are not current
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scanner"))

from wascan.config import KEYS, NAMES, schema  # noqa: E402  the package is found only now, whether installed or not
from wascan.schema import flow  # noqa: E402

SCHEMA = ROOT / "docs" / "wascan.schema.json"
GUIDE = ROOT / "docs" / "configuration.md"


def main(arguments: list[str]) -> int:
    """0 when the files are what the table says (after writing them, unless `--check`), else 1."""
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    guide = GUIDE.read_text(encoding="utf-8")
    made = {SCHEMA: json.dumps(published(), indent=2) + "\n", GUIDE: with_table(guide)}
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if not arguments:
            path.write_text(made[path], encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)} {'is not current' if arguments else 'written'}")
    return 1 if stale and arguments else 0


def published() -> dict[str, Any]:
    """The JSON Schema as editors read it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "wascan",
        "description": f"What people say about a scan for good: {', '.join(NAMES)}.",
        **schema(),
    }


def with_table(guide: str) -> str:
    """The guide with the table of keys between its marks."""
    rows = ["| key | value | default | example | what it says |", "|---|---|---|---|---|"]
    rows += [
        f"| `{name}` | {value(key)} | {default(key)} | `{flow(key['examples'][0])}` | {key['description']} |"
        for name, key in KEYS.items()
    ]
    table = "\n".join(rows)
    return re.sub(r"(?s)(<!-- keys -->\n).*(?=<!-- /keys -->)", lambda match: f"{match[1]}{table}\n", guide)


def value(key: dict[str, Any]) -> str:
    """What a key takes, in words."""
    if "enum" in key:
        return ", ".join(f"`{word}`" for word in key["enum"])
    words = {"array": "list", "object": "mapping", "boolean": "`true`, `false`", "string": "text"}
    return words[key["type"] if isinstance(key["type"], str) else key["type"][0]]


def default(key: dict[str, Any]) -> str:
    """What holds where a key is missing."""
    found = key.get("default")
    return f"`{flow(found)}`" if found or found is False else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
