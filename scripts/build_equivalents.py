#!/usr/bin/env python3
"""Build `rules/wascan_rules/_equivalents.json`: which checks answer the same question as which rules of other scanners.

    python scripts/build_equivalents.py           write it
    python scripts/build_equivalents.py --check   write nothing; exit 1 where it is not current

The sources are `rules/wascan_rules/equivalents/<slug of a kind>.yaml`: by rule of ours and scanner, the ids of its
rules; under `not`, by `scanner:rule`, why a rule on that kind is answered by none of ours on purpose. Every id must be in
`data-sources/peer-rules.json`, and every check must exist.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scanner"), str(ROOT / "rules")]

from wascan.packs import Packs  # noqa: E402  the package is found only now, whether installed or not

FOLDER = ROOT / "rules/wascan_rules/equivalents"
TARGET = ROOT / "rules/wascan_rules/_equivalents.json"


def main() -> None:
    """Write it, or compare."""
    found, complaints = equivalents()
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    if complaints:
        sys.exit(1)
    rows = (f"{json.dumps(check)}: {json.dumps(others)}" for check, others in sorted(found.items()))
    text = "{\n" + ",\n".join(rows) + "\n}\n"
    current = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
    if "--check" in sys.argv[1:]:
        if not current:
            print(f"{TARGET.name} is not current: run python scripts/build_equivalents.py", file=sys.stderr)
        sys.exit(not current)
    if not current:
        TARGET.write_text(text, encoding="utf-8")
        print(f"wrote {TARGET.relative_to(ROOT)}")


def equivalents() -> tuple[dict[str, list[str]], list[str]]:
    """The rules of other scanners by check, and what is wrong with the sources."""
    rows = json.loads((ROOT / "data-sources/peer-rules.json").read_text(encoding="utf-8"))
    peers = {f"{row['scanner']}:{row['id']}" for row in rows}
    checks = {check.id for check in Packs().all_checks()}
    found: dict[str, list[str]] = {}
    complaints: list[str] = []
    for file in sorted(FOLDER.glob("*.yaml")):
        for rule, scanners in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
            if rule == "not":
                complaints += [f"{file.name}: there is no rule {peer}" for peer in scanners if peer not in peers]
                continue
            check = f"{rule}.{file.stem}"
            if check not in checks:
                complaints.append(f"{file.name}: there is no check {check}")
            found[check] = sorted(f"{scanner}:{id}" for scanner, ids in scanners.items() for id in ids)
            complaints += [
                f"{file.name}: {check}: there is no rule {peer}" for peer in found[check] if peer not in peers
            ]
    return found, complaints


if __name__ == "__main__":
    main()
