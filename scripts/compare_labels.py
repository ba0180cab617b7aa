#!/usr/bin/env python3
"""Compare wascan with labels of other projects, and write into `docs/judgement-calls.md` how far it agrees.

    python scripts/compare_labels.py           write the section
    python scripts/compare_labels.py --check   write nothing; exit 1 where it is not current

The labels, and `measure.py` that holds wascan against them, are in a folder `shared` beside the repository; without it there
is nothing to do. A label that disagrees is explained if its whole rule is refused (`not` in
`rules/wascan_rules/equivalents/`) or if `fixtures/labels/disagreements.yaml` says why, which also says what is counted apart;
any other one is an error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, TypeAlias

import yaml

ROOT = Path(__file__).resolve().parent.parent
ORACLE = ROOT.parent / "shared/oracle"
DISAGREEMENTS = ROOT / "fixtures/labels/disagreements.yaml"
PAGE = ROOT / "docs/judgement-calls.md"
BEGIN, END = "<!-- made by scripts/compare_labels.py -->\n", "<!-- /made -->\n"
FORMATS = {"cfn": "CloudFormation", "tfplan": "plans"}
AGREES = ("hit", "quiet")

Row: TypeAlias = dict[str, Any]


def main() -> None:
    """Write the section, or compare."""
    if not ORACLE.exists():
        print("there is no folder of labels beside the repository, so nothing is compared")
        return
    known = yaml.safe_load(DISAGREEMENTS.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    rows = measured(known["topics"])
    complaints = explain(rows, known, refusals(), page)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    if complaints:
        sys.exit(1)
    before, rest = page.split(BEGIN)
    made = before + BEGIN + section(rows) + END + rest.split(END)[1]
    if "--check" in sys.argv[1:]:
        if made != page:
            print(f"{PAGE.name} is not current: run python scripts/compare_labels.py", file=sys.stderr)
        sys.exit(made != page)
    if made != page:
        PAGE.write_text(made, encoding="utf-8")
        print(f"wrote {PAGE.relative_to(ROOT)}")


def measured(topics: list[str]) -> list[Row]:
    """The labels of these topics, each with what wascan answers."""
    path = os.pathsep.join((str(ROOT / "scanner"), str(ROOT / "rules")))
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "rows.json")
        command = [sys.executable, str(ORACLE / "measure.py"), "--wascan", f"{sys.executable} -m wascan"]
        command += ["--json", str(found), *(word for topic in topics for word in ("--topic", topic))]
        environment = {**os.environ, "PYTHONPATH": path}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
        if done.returncode:
            sys.exit(done.stderr)
        return [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]


def refusals() -> dict[str, str]:
    """Why a rule of another scanner is answered by none of ours, by `scanner:rule`."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "rules/wascan_rules/equivalents").glob("*.yaml")):
        found |= (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("not") or {}
    return found


def explain(rows: list[Row], known: dict[str, Any], refused: dict[str, str], page: str) -> list[str]:
    """Say in each row that disagrees why (`because`), under which heading, if any, and whether it is counted `apart`. What is
    wrong is given back.
    """
    entries = [entry | {"apart": part == "apart"} for part in ("apart", "counted") for entry in known[part]]
    headings = sorted({entry["heading"] for entry in entries})
    complaints = [f"{PAGE.name} has no heading {heading!r}" for heading in headings if f"\n## {heading}\n" not in page]
    complaints += [f"{name} is not refused" for name in known["refused-apart"] if name not in refused]
    open = {(name, place): entry for entry in entries for name, places in entry["labels"].items() for place in places}
    used = set()
    for row in rows:
        name = f"{row['scanner']}:{row['rule']}"
        if row["answer"] in AGREES:
            continue
        if row["answer"] == "unclaimed" and name in refused:
            row |= {"because": refused[name], "heading": "", "apart": name in known["refused-apart"]}
            continue
        # what is said of a resource goes before what is said of its file
        both = (name, Path(row["file"]).stem.rpartition("__")[2]), (name, row["resource"])
        places = [place for place in both if place in open]
        used.update(places)
        for place in places:
            row |= {key: open[place][key] for key in ("because", "heading", "apart")}
        if not places:
            complaints.append(f"{row['answer']}: {name} on {row['file']}: {row['resource'] or 'the whole file'}")
    complaints += [f"no label of {name} on {place} disagrees" for name, place in sorted(open.keys() - used)]
    return complaints


def section(rows: list[Row]) -> str:
    """The tables: how far we agree, and what is counted apart."""
    lines = [
        "| labels | | all | apart | coverage % | found % | specificity % | undecided % |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    topics: list[str | None] = [None, *sorted({row["topic"] for row in rows})]
    for topic in topics:
        for format, name in FORMATS.items():
            group = [row for row in rows if row["format"] == format and topic in (None, row["topic"])]
            others = [row for row in group if not row.get("apart")]
            if group:
                pairs = zip(figures(others), figures(group), strict=True)
                shares = (one if one == all else f"{one} ({all})" for one, all in pairs)
                cells = (topic or "all topics", name, f"{len(group)}", f"{len(group) - len(others)}", *shares)
                lines.append(f"| {' | '.join(cells)} |")
    for apart, told in ((True, "counted apart, because"), (False, "counted, although")):
        reasons: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for row in rows:
            if row.get("apart") is apart:
                reasons[row["because"], row["heading"]][row["format"]] += 1
        lines += ["", f"| {told} | {' | '.join(FORMATS.values())} |", f"|---|{'--:|' * len(FORMATS)}"]
        for (because, heading), counted in sorted(reasons.items(), key=lambda item: (-item[1].total(), item[0])):
            link = f" ([above](#{anchor(heading)}))" if heading else ""
            lines.append(f"| {because}{link} | {' | '.join(str(counted[format] or '') for format in FORMATS)} |")
    return "\n".join(["", *lines, "", ""])


def figures(rows: list[Row]) -> list[str]:
    """Coverage, found, specificity and undecided, as `measure.py` has them."""
    counted = Counter(row["answer"] for row in rows)
    known = len(rows) - counted["unclaimed"]
    fails = sum(row["expected"] == "fail" and row["answer"] != "unclaimed" for row in rows)
    quiet = counted["quiet"]
    parts = ((known, len(rows)), (counted["hit"], fails), (quiet, quiet + counted["false alarm"]))
    return [f"{100 * part / whole:.1f}" if whole else "" for part, whole in (*parts, (counted["undecided"], known))]


def anchor(heading: str) -> str:
    """A heading as links name it."""
    return "".join(letter for letter in heading.lower().replace(" ", "-") if letter.isalnum() or letter == "-")


if __name__ == "__main__":
    main()
