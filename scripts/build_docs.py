#!/usr/bin/env python3
"""Build the pages of the documentation that the rules themselves write.

    python scripts/build_docs.py           write them
    python scripts/build_docs.py --check   write nothing; exit 1 where they are not current

`docs/rules/` has a page for each rule, with the first cases of its case file as examples, and an index; `docs/coverage.md`
says which questions of other scanners are answered.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scanner"), str(ROOT / "rules")]

from wascan.catalogue import PILLARS  # noqa: E402  the package is found only now, whether installed or not
from wascan.packs import Packs, equivalents  # noqa: E402
from wascan.pages import page  # noqa: E402

if TYPE_CHECKING:
    from wascan.rule import Check, Rule

PACKS = Packs()
CHECKS = PACKS.all_checks()
SCOPE = (
    "encryption-at-rest", "kms-cmk", "kms-rotation", "backup-retention", "deletion-protection", "multi-az",
    "versioning-replication", "autoscaling", "dead-letter/retry", "tagging", "patching/auto-upgrade",
)  # fmt: skip
"""The concerns that the rules are meant to cover so far."""


def main() -> None:
    """Write them, or compare."""
    made = {ROOT / "docs" / name: text for name, text in pages().items()}
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    gone = [path for path in (ROOT / "docs/rules").rglob("*.md") if path not in made]
    if "--check" in sys.argv[1:]:
        for path in (*stale, *gone):
            print(f"{path.relative_to(ROOT)} is not current: run python scripts/build_docs.py", file=sys.stderr)
        sys.exit(bool(stale or gone))
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path], encoding="utf-8")
    for path in gone:
        path.unlink()
    print(f"wrote {len(stale)} pages, removed {len(gone)}")


def pages() -> dict[str, str]:
    """Every page by its name below `docs`."""
    found = {"rules/README.md": index(), "coverage.md": coverage()}
    for rule in PACKS.rules():
        checks = [check for check in CHECKS if check.rule is rule]
        found[f"rules/{rule.pillar}/{rule.id}.md"] = page(rule, checks).rstrip() + "\n" + examples(rule)
    return found


def index() -> str:
    """All rules by pillar."""
    lines = ["# Rules", "", "Made from the rules by `scripts/build_docs.py`.", ""]
    for slug, title in PILLARS:
        rules = [rule for rule in PACKS.rules() if rule.pillar == slug]
        if rules:
            lines += [f"## {title}", "", "| rule | severity | practices | says |", "|---|---|---|---|"]
        for rule in rules:
            link = f"[{rule.id}]({slug}/{rule.id}.md)"
            lines.append(f"| {link} | {rule.severity} | {', '.join(rule.practices)} | {rule.in_general(rule.title)} |")
        lines += [""] if rules else []
    return "\n".join(lines)


def examples(rule: Rule) -> str:
    """The first case that fails and the first that passes, in each dialect."""
    file = ROOT / "fixtures/rules" / rule.pillar.replace("-", "_") / f"{rule.id.replace('-', '_')}.yaml"
    if not file.exists():
        return ""
    cases = yaml.safe_load(file.read_text(encoding="utf-8"))
    lines = ["", "## Examples"]
    for answer in ("fail", "pass"):
        for dialect, title in (("cloudformation", "CloudFormation"), ("sam", "SAM"), ("terraform", "Terraform")):
            text = next((entry[dialect] for entry in cases.get(answer, ()) if dialect in entry), None)
            if text is not None:
                lines += ["", f"{answer.capitalize()}, {title}:", "", "```yaml", text.rstrip(), "```"]
    return "\n".join(lines) + "\n"


def coverage() -> str:
    """Which pairs of concern and service that at least three other projects check are answered, and by what."""
    concerns = [
        row
        for row in json.loads((ROOT / "data-sources/concerns.json").read_text(encoding="utf-8"))
        if row["concern"] in SCOPE and row["projects"] >= 3
    ]
    answers, refused = by_pair(), refusals()
    lines = [
        "# Coverage",
        "",
        "Pairs of concern and service that at least three other scanners check, and the checks that answer the same rules of",
        "theirs. Made by `scripts/build_docs.py` from `rules/wascan_rules/equivalents/` and `data-sources/`.",
        "",
        "| concern | service | projects | checks | their rules | practices |",
        "|---|---|---|---|---|---|",
    ]
    answered = 0
    for row in sorted(concerns, key=lambda row: (SCOPE.index(row["concern"]), -row["projects"], row["service"])):
        pair = (row["concern"], row["service"])
        found = answers.get(pair, {})
        reason = "; ".join(refused.get(pair, ())) or "not answered yet"
        answered += bool(found)
        checks = ", ".join(f"`{check.id}`" for check in found) or reason
        theirs = ", ".join(sorted({peer for peers in found.values() for peer in peers}))
        practices = ", ".join(dict.fromkeys(check.rule.practices[0] for check in found))
        lines.append(f"| {row['concern']} | {row['service']} | {row['projects']} | {checks} | {theirs} | {practices} |")
    return "\n".join([*lines, "", f"{answered} of {len(concerns)} pairs are answered by a check.", ""])


def peers() -> dict[str, tuple[str, str]]:
    """The (concern, service) of each rule of another scanner."""
    rows: list[dict[str, Any]] = json.loads((ROOT / "data-sources/peer-rules.json").read_text(encoding="utf-8"))
    return {f"{row['scanner']}:{row['id']}": (row["topic"], row["service"]) for row in rows}


def refusals() -> dict[tuple[str, str], dict[str, None]]:
    """Why rules of each (concern, service) are answered by none of ours on purpose, each reason once."""
    pairs = peers()
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for file in sorted((ROOT / "rules/wascan_rules/equivalents").glob("*.yaml")):
        for peer, reason in ((yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("not") or {}).items():
            found[pairs[peer]][reason] = None
    return found


def by_pair() -> dict[tuple[str, str], dict[Check, list[str]]]:
    """The checks that claim a rule of each (concern, service), with the rules."""
    pairs = peers()
    found: dict[tuple[str, str], dict[Check, list[str]]] = defaultdict(dict)
    for check in CHECKS:
        for peer in equivalents(check.id):
            found[pairs[peer]].setdefault(check, []).append(peer)
    return found


if __name__ == "__main__":
    main()
