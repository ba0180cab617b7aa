"""Baselines: the findings that were there when somebody began to be strict, which from then on fail no scan.

A finding is known by its check, its file, its resource and what failed, so that it may move up and down in its file, and
lose some of its faults; and it is new as soon as anything fails that did not. What failed is told by the question that
was asked and what was there instead, as reports tell it; of a secret only the question. Of what several findings have
in common (the resources that one block of Terraform makes in two plans) the baseline counts how many there were.

The file has a finding to a line, in order, so that version control merges it and shows what became of each.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import TYPE_CHECKING

from wascan.finding import FAIL, OPEN
from wascan.markers import ABSENT
from wascan.rule import attribute_name
from wascan.schema import faults
from wascan.words import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wascan.finding import Finding
    from wascan.graph import Resource
    from wascan.schema import Schema
    from wascan.value import Fact

NAME = "wascan-baseline.json"
"""What the file is called where nobody calls it anything else."""

_TEXT: Schema = {"type": "string"}
_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "schema": {"enum": [1]},
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "check": _TEXT,
                    "file": _TEXT,
                    "resource": _TEXT,
                    "kind": {"enum": [FAIL, OPEN]},
                    "failed": {"type": "array", "items": _TEXT},
                    "count": {"type": "integer", "minimum": 1},
                },
                "required": ["check", "file", "resource", "failed"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["schema", "findings"],
    "additionalProperties": False,
}

Place = tuple[str, str, str, str]
"""File, resource, check and kind of a finding."""

Failed = tuple[str, ...]
"""What failed, in order."""


class BaselineError(Exception):
    """A file is no baseline; the message says which, and why."""


class Baseline:
    """How many findings are known at each place, by what failed. `file` is where it is kept."""

    def __init__(self, file: str, known: dict[Place, Counter[Failed]] | None = None) -> None:
        self.file = file
        self._known = known or {}

    def __len__(self) -> int:
        return sum(sum(counts.values()) for counts in self._known.values())

    def of(self, findings: Iterable[Finding], *, unknown: bool = False) -> Baseline:
        """A baseline of all the failures that count, known or not, and with `unknown` of what nobody can tell yet."""
        known: dict[Place, Counter[Failed]] = {}
        for finding in findings:
            if takes(finding, unknown=unknown):
                known.setdefault(self._place(finding), Counter())[failed(finding)] += 1
        return Baseline(self.file, known)

    def mark(self, findings: Iterable[Finding]) -> Baseline:
        """Mark the findings that are known; what is left of the baseline is what was not found again."""
        left = {place: Counter(counts) for place, counts in self._known.items()}
        candidates = [finding for finding in findings if finding.counts and self._place(finding) in left]
        for fits in (_equal, _less):  # what is still the same before what has become less
            for finding in candidates:
                counts = left[self._place(finding)]
                now = failed(finding)
                before = None if finding.known else next((item for item in sorted(counts) if fits(now, item)), None)
                if before is not None:
                    finding.known = True
                    counts[before] -= 1
                    if not counts[before]:
                        del counts[before]
        return Baseline(self.file, {place: counts for place, counts in left.items() if counts})

    def gone(self, proven: Callable[[str, str], bool]) -> Baseline:
        """Of what was not found again, what is `proven` to be mended: that says of a file and a check whether a scan
        would have found it.
        """
        folder = os.path.dirname(self.file)
        return Baseline(
            self.file,
            {
                place: counts
                for place, counts in self._known.items()
                if proven(os.path.normpath(os.path.join(folder, place[0])).replace(os.sep, "/"), place[2])
            },
        )

    def __add__(self, other: Baseline) -> Baseline:
        both = {place: Counter(counts) for place, counts in self._known.items()}
        for place, counts in other._known.items():
            both.setdefault(place, Counter()).update(counts)
        return Baseline(self.file, both)

    def __sub__(self, other: Baseline) -> Baseline:
        left = {place: counts - other._known.get(place, Counter()) for place, counts in self._known.items()}
        return Baseline(self.file, {place: counts for place, counts in left.items() if counts})

    def entries(self) -> list[tuple[str, str]]:
        """Each finding, in order: the id of its check, and all of it in words."""
        return [
            (place[2], f"{place[0]}: {place[2]} on {place[1]}{'' if number == 1 else f', {number} times'}")
            for place, counts in sorted(self._known.items())
            for number in [sum(counts.values())]
        ]

    def text(self) -> str:
        """The file."""
        entries = [
            json.dumps(
                {"check": check, "file": file, "resource": resource}
                | ({} if kind == FAIL else {"kind": kind})
                | {"failed": list(what)}
                | ({} if count == 1 else {"count": count})
            )
            for (file, resource, check, kind), counts in sorted(self._known.items())
            for what, count in sorted(counts.items())
        ]
        return '{"schema": 1, "findings": [\n' + ",\n".join(entries) + "\n]}\n"

    def _place(self, finding: Finding) -> Place:
        return _seen_from(self.file, finding.resource.file), _called(finding.resource), finding.check.id, finding.kind


def read(file: str, raw: bytes | None = None) -> Baseline:
    """The baseline in a file, or in the bytes that it is given as. Raises BaselineError and OSError."""
    if raw is None:
        with open(file, "rb") as stream:
            raw = stream.read()
    try:
        data = json.loads(raw)
    except ValueError as error:
        raise BaselineError(f"{file}: is no baseline: {error}") from error
    for fault in faults(data, _SCHEMA):
        raise BaselineError(f"{file}: is no baseline: {fault}")
    known: dict[Place, Counter[Failed]] = {}
    for entry in data["findings"]:
        place = (entry["file"], entry["resource"], entry["check"], entry.get("kind", FAIL))
        known.setdefault(place, Counter())[tuple(sorted(entry["failed"]))] += entry.get("count", 1)
    return Baseline(file, known)


def takes(finding: Finding, *, unknown: bool) -> bool:
    """Whether a baseline takes a finding in: a failure that counts, known or not, and with `unknown` what nobody can tell."""
    aside = finding.waiver is not None or finding.resource.managed_by
    return not aside and (finding.kind == FAIL or (unknown and finding.kind == OPEN))


def failed(finding: Finding) -> Failed:
    """What failed: each question, and what was there instead, in order; or what another engine says."""
    if finding.message:
        return (finding.message,)
    told = [_told(fact, finding.resource) for fact in finding.facts]
    return tuple(sorted([*told, *([f"when {finding.case}"] if finding.case else [])]))


def _told(fact: Fact, resource: Resource) -> str:
    value = fact.value
    holder = "" if value.resource is resource else f" of {value.resource.name}"
    missing = value.secret or value.defaulted or value.data is ABSENT
    return f"{attribute_name(value)} {fact.question}{holder}" + ("" if missing else f": {shown(value.data)}")


def _called(resource: Resource) -> str:
    """What a resource is called wherever it is scanned: an address has the name of the plan or template in it."""
    return resource.construct or resource.name


def _seen_from(baseline: str, file: str) -> str:
    """A file as the folder of the baseline sees it."""
    folder = os.path.dirname(baseline)
    return os.path.relpath(file, folder).replace(os.sep, "/") if folder else file


def _equal(now: Failed, before: Failed) -> bool:
    return now == before


def _less(now: Failed, before: Failed) -> bool:
    """Whether nothing fails that did not."""
    return not Counter(now) - Counter(before)


def proof(read: set[str], ran: Callable[[str], bool], *, whole: bool) -> Callable[[str, str], bool]:
    """Whether a scan would have found what a baseline has of a file and a check: it `read` the file, or looked through
    the `whole` folder and the file is no longer there; and the check `ran`.
    """
    return lambda file, check: ran(check) and (file in read or (whole and not os.path.exists(file)))


def write(baseline: Baseline) -> None:
    """Write the file, whole or not at all. Raises OSError."""
    from wascan.whole import whole

    with whole(baseline.file) as stream:
        stream.write(baseline.text())
