#!/usr/bin/env python3
"""Build the packaged practice catalogue, `scanner/wascan/data/*.json`, from `data-sources/`.

    python scripts/build_catalogue.py           write the packaged files
    python scripts/build_catalogue.py --check   write nothing; exit 1 where they differ from the sources

The packaged form is one row to a line, so that a diff can be read, and says nothing twice.
Its reader is `wascan.catalogue`. A source that contradicts itself stops the build with a sentence.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "data-sources"
PACKAGED = ROOT / "scanner" / "wascan" / "data"
sys.path.insert(0, str(ROOT / "scanner"))

from wascan.catalogue import PILLARS  # noqa: E402  the package is found only now, whether installed or not

Row = dict[str, Any]


def name(practice: Row) -> str:
    """AWS's id, or for a lens that numbers nothing a name of our own that cannot be taken for one of AWS's."""
    if practice["id"]:
        return str(practice["id"])
    topic = practice["doc_slug"].removesuffix(".html")
    return f"{practice['framework']}:{practice['question_id'] or practice['pillar']}/{topic}"


def rows_of(practices: list[Row]) -> dict[str, list[str | None]]:
    """Rows of one framework by name, ordered by pillar and id; where there are no ids, as the lens orders them."""
    pillars = [slug for slug, _ in PILLARS]

    def place(practice: Row) -> tuple[int, list[tuple[int, str]]]:
        pillar = pillars.index(practice["pillar"]) if practice["pillar"] else len(pillars)
        words = re.findall(r"\d+|\D+", practice["id"] or "")
        return pillar, [(int(word), "") if word.isdigit() else (-1, word) for word in words]

    rows: dict[str, list[str | None]] = {}
    for practice in sorted(practices, key=place):
        if name(practice) in rows:
            sys.exit(f"practices.json: two practices are called {name(practice)}")
        rows[name(practice)] = [
            practice["title"],
            practice["pillar"],
            practice["question_id"],
            practice["risk"] and practice["risk"].lower(),
            practice["doc_slug"] and quote(practice["doc_slug"]),
        ]
    return rows


def one(what: str, values: Iterable[str | None]) -> str | None:
    """The value that all agree on."""
    found = set(values)
    if len(found) != 1:
        sys.exit(f"practices.json: {what} has {len(found)} values: {sorted(map(str, found))}")
    return found.pop()


def catalogue() -> dict[str, Row]:
    """All frameworks with their practices, by id: the framework itself first."""
    source: list[Row] = read("practices.json")
    frameworks: list[Row] = read("frameworks.json")
    if strangers := {row["framework"] for row in source} - {framework["id"] for framework in frameworks}:
        sys.exit(f"frameworks.json: lacks {', '.join(sorted(strangers))}")
    packed: dict[str, Row] = {}
    for framework in frameworks:
        mine = [row for row in source if row["framework"] == framework["id"]]
        questions: dict[str, list[str | None]] = {}
        for row in mine:
            questions.setdefault(row["question_id"], []).append(row["question"])
        packed[framework["id"]] = {
            "title": framework["title"],
            "version": one(f"the version of {framework['id']}", (row["version"] for row in mine)),
            "pages": framework["pages"],
            "home": framework["home"],
            "questions": {key: asked for key, texts in questions.items() if (asked := one(f"question {key}", texts))},
            "practices": rows_of(mine),
            "renumbered": renumbered(framework, mine) if "earlier" in framework else {},
        }
    names = Counter(key for framework in packed.values() for key in framework["practices"])
    if twice := [key for key, count in names.items() if count > 1]:
        sys.exit(f"practices.json: in two frameworks, so that the id alone names neither: {', '.join(twice)}")
    return packed


def renumbered(framework: Row, practices: list[Row]) -> dict[str, list[list[str | None]]]:
    """Former meanings of ids, oldest last, each as version, title, present id and page.

    What the id means today is in the catalogue; that the source agrees is checked here.
    """
    titles: dict[str | None, str] = {row["id"]: row["title"] for row in practices}
    rows: dict[str, list[list[str | None]]] = {}
    for former in sorted(read("practices-renumbered.json"), key=lambda row: str(row["version"]), reverse=True):
        if titles.get(former["bp_id"]) != former["id_reused_now_means"]:
            sys.exit(f"practices-renumbered.json: {former['bp_id']} means something else in practices.json")
        if former["superseded_by"] not in {*titles, None}:
            sys.exit(f"practices-renumbered.json: {former['bp_id']} became an unknown {former['superseded_by']}")
        page = framework["earlier"].format(version=former["version"]) + quote(former["doc_slug"])
        rows.setdefault(former["bp_id"], []).append([former["version"], former["title"], former["superseded_by"], page])
    return rows


def evidence() -> dict[str, list[Any]]:
    """Practice to judgement, strength, polarity, what can be seen, and in which types."""
    known = {row["id"] for row in read("practices.json")}
    rows: dict[str, list[Any]] = {}
    for row in read("iac-evidence.json"):
        if row["bp_id"] not in known or row["bp_id"] in rows:
            sys.exit(f"iac-evidence.json: {row['bp_id']} is unknown or stands twice")
        rows[row["bp_id"]] = [row[key] for key in ("judgement", "strength", "polarity", "evidence", "resource_types")]
    return rows


def read(source: str) -> Any:
    """A source file's data."""
    return json.loads((SOURCES / source).read_text(encoding="utf-8"))


def text(value: Any, depth: int) -> str:
    """JSON in ASCII (one wider letter makes the parser a fifth slower), with a line to each member down to `depth`."""
    if not depth or not isinstance(value, dict) or not value:
        return json.dumps(value, separators=(",", ":"))
    return "{\n" + ",\n".join(f"{json.dumps(key)}:{text(item, depth - 1)}" for key, item in value.items()) + "\n}"


def main(arguments: list[str]) -> int:
    """0 when the packaged files are what the sources say (after writing them, unless `--check`), else 1."""
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    lenses = catalogue()
    framework = {"wellarchitected": lenses.pop("wellarchitected")}
    packaged = {
        "wellarchitected.json": text(framework, depth=3),
        "lenses.json": text(lenses, depth=3),
        "evidence.json": text(evidence(), depth=1),
    }
    stale = False
    for file, wanted in packaged.items():
        path = PACKAGED / file
        if path.is_file() and path.read_text(encoding="utf-8") == wanted + "\n":
            continue
        stale = True
        if not arguments:
            path.write_text(wanted + "\n", encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)} {'differs from its sources' if arguments else 'written'}")
    return 1 if stale and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
