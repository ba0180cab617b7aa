"""Waivers: findings that somebody accepts, with a reason, for good or until a day.

They are written in four places:

- in a comment of a template or a .tf file, ``# wascan: ignore[encryption-at-rest] public data until=2027-01-31``. It
  speaks of what is found on its own line or, where it has that line to itself, on the next line that is no comment; if
  that is the line that names a resource, of the whole resource;
- in the metadata of a resource, ``Metadata: {wascan: {ignore: [{rules: [...], reason: ..., until: ...}]}}``;
- in a CDK app, with ``Validations.of(construct).acknowledge({id: 'wascan::encryption-at-rest', reason: ...})``;
- in the configuration, under ``waivers``.

What other scanners are told to pass over counts, too, unless the configuration says otherwise (`wascan.suppressions`).

A waiver that is not right in all its parts does not hold, and a note says why: what is silent must be meant to be.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from wascan.config import WAIVER
from wascan.graph import Note
from wascan.select import Selectors, glob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from wascan.config import Config
    from wascan.document import Document, Place
    from wascan.finding import Finding
    from wascan.graph import Acknowledgement, Graph, Resource
    from wascan.rule import Check
    from wascan.select import Vocabulary

OWN = ("inline", "metadata", "acknowledged")
"""The origins of waivers in what is scanned that are written for wascan."""

_FOREIGN = (":skip=", ":ignore:", "kics-scan", "_nag", "checkov", "bridgecrew", "SuppressedRules")
"""One of these is in every text in which another scanner is told to pass over something."""

# compiled when they are needed, and most scans meet no waiver
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OURS = r"(?is)wascan\s*:\s*(.*)"
_FORM = r"(?s)ignore\s*\[([^\]]*)\]\s*(.*)"
_UNTIL = r"(?:^|\s+)until\s*[=:]\s*(\S*)"
_MARKS = " \t#/*"
_OUTSIDE = r"^(\.\./)+|^/+"


class Waiver:
    """A decision to accept what some checks find.

    `origin` says how it was written: "inline", "metadata", "acknowledged", "config", or the name of another scanner. It
    speaks of the findings on `lines` of the file that it stands in, or of the resources at these addresses, or else
    wherever `reaches` says. `fault` is what is wrong with it as written.
    """

    __slots__ = (
        "approved_by", "fault", "lines", "origin", "place", "reaches", "reason", "resources", "selectors", "ticket",
        "until", "used",
    )  # fmt: skip

    def __init__(
        self,
        rules: Iterable[str],
        reason: str,
        origin: str,
        place: Place,
        *,
        until: str | None = None,
        lines: Sequence[int] = (),
        resources: Sequence[str] = (),
        reaches: Callable[[Finding], bool] | None = None,
        approved_by: str | None = None,
        ticket: str | None = None,
        fault: str | None = None,
    ) -> None:
        self.selectors = Selectors(rules)
        self.reason = reason.strip()
        self.origin = origin
        self.place = place
        self.until = until
        self.lines = lines
        self.resources = resources
        self.reaches = reaches
        self.approved_by = approved_by
        self.ticket = ticket
        self.fault = fault or self._fault()
        self.used = False

    def _fault(self) -> str | None:
        if not self.selectors.written:
            return "it names no rule"
        for selector in self.selectors.written:
            if not any(map(str.isalnum, selector)):
                return f'"{selector}" would waive everything: name the rules'
        return None if self.reason else "it gives no reason"

    def problem(self, today: date) -> str | None:
        """Why it does not hold on a day, as the end of a sentence; None if it does."""
        if self.fault is not None or self.until is None:
            return self.fault
        try:
            day = today.fromisoformat(self.until) if re.fullmatch(_DAY, self.until) else None
        except ValueError:
            day = None
        if day is None:
            return f'"{self.until}" is no day, such as 2027-01-31'
        return f"it expired on {self.until}" if day < today else None

    def holds(self, today: date) -> bool:
        """Whether it counts on a day; `until` is the last one on which it does."""
        return self.problem(today) is None

    def __repr__(self) -> str:
        return f"<waiver of {', '.join(self.selectors.written)} at {self.place.file}:{self.place.line}>"


def is_foreign(waiver: Waiver) -> bool:
    """Whether a waiver was written for another scanner."""
    return waiver.origin not in OWN and waiver.origin != "config"


def collect(graph: Graph, config: Config) -> list[Waiver]:
    """Every waiver that a scan meets: in the comments and the metadata of what was read, and in the configuration."""
    found = [waiver for document in documents(graph) for waiver in in_comments(document)]
    found += [waiver for resource in graph for waiver in in_metadata(resource)]
    found += in_apps(graph)
    return found + list(in_configuration(config))


def documents(graph: Graph) -> list[Document]:
    """Every file that was read, each once."""
    found = {document.name: document for scope in graph.scopes for document in scope.documents()}
    return list(found.values())


def speaks_to_others(graph: Graph) -> bool:
    """Whether another scanner may be told somewhere to pass over something."""
    return any(word in document.text for document in documents(graph) for word in _FOREIGN) or any(
        said.plugin != "wascan" for said in graph.acknowledged
    )


def in_comments(document: Document) -> Iterator[Waiver]:
    """The waivers in the comments of a file."""
    if "wascan" not in document.text:
        return
    comments = document.comments()
    spoken_of = subjects(document, comments)
    for line, text in comments:
        ours = re.match(_OURS, text)
        if ours is None:
            continue
        form = re.fullmatch(_FORM, ours[1])
        rules, rest = form.groups() if form else ("", "")
        until = re.search(_UNTIL, rest)
        yield Waiver(
            [rule.strip() for rule in rules.split(",") if rule.strip()],
            re.sub(_UNTIL, "", rest, count=1),
            "inline",
            whole_line(document, line),
            until=until and until[1],
            lines=(spoken_of[line],),
            fault=None if form else "its form is not `wascan: ignore[rule, ...] reason`",
        )


def subjects(document: Document, comments: list[tuple[int, str]]) -> dict[int, int]:
    """The line that the comments on each line speak of: their own, or the next one that is no comment where they have
    theirs to themselves.
    """
    found: dict[int, int] = {}
    for line, text in reversed(comments):
        alone = document.line(line).strip(_MARKS) == text.strip(_MARKS)
        found[line] = found.get(line + 1, line + 1) if alone else line
    return found


def whole_line(document: Document, line: int) -> Place:
    """The place of a line."""
    from wascan.document import Place

    text = document.line(line)
    return Place(document.name, line, len(text) - len(text.lstrip()) + 1, line, len(text.rstrip()) + 1)


def in_metadata(resource: Resource) -> Iterator[Waiver]:
    """The waivers in the metadata of a resource."""
    if resource.dialect == "tf":
        return
    metadata = resource.body.get("Metadata")
    if not isinstance(metadata, dict) or "wascan" not in metadata:
        return
    from wascan.schema import faults

    document = resource.scope.document
    path = (*resource.path, "Metadata", "wascan")
    wrong = [str(fault) for fault in faults(metadata["wascan"], _IN_METADATA)]
    if wrong:
        yield Waiver((), "", "metadata", document.place(path), resources=(resource.address,), fault=" ".join(wrong))
        return
    for index, entry in enumerate(metadata["wascan"]["ignore"]):
        wrong = [str(fault) for fault in faults(entry, _ENTRY)]
        place = document.place((*path, "ignore", index))
        if wrong:
            yield Waiver((), "", "metadata", place, resources=(resource.address,), fault=" ".join(wrong))
        else:
            yield _from_mapping(entry, "metadata", place, resources=(resource.address,))


_IN_METADATA = {
    "type": "object",
    "properties": {"ignore": {"type": "array"}},
    "required": ["ignore"],
    "additionalProperties": False,
}
_ENTRY = {
    **WAIVER,
    "properties": {
        "rule": {"type": "string"},
        **{name: schema for name, schema in WAIVER["properties"].items() if name not in ("resources", "files")},
    },
    "required": ["reason"],
    "anyOf": [{"required": ["rules"]}, {"required": ["rule"]}],
}


def in_apps(graph: Graph) -> Iterator[Waiver]:
    """The waivers in the code of CDK apps."""
    for said in graph.acknowledged:
        if said.plugin == "wascan":
            yield Waiver([said.rule], said.reason, "acknowledged", said.place, reaches=within(said))


def within(said: Acknowledgement) -> Callable[[Finding], bool]:
    """Whether a finding is about what somebody accepts in the code of an app."""
    return lambda finding: said.covers(finding.resource)


def in_configuration(config: Config) -> Iterator[Waiver]:
    """The waivers in the configuration."""
    for index, entry in enumerate(config.waivers):
        yield _from_mapping(entry, "config", config.place("waivers", index), reaches=_reach(entry, config.folder))


def _from_mapping(entry: dict[str, Any], origin: str, place: Place, **spoken_of: Any) -> Waiver:
    return Waiver(
        [*entry.get("rules", ()), *([entry["rule"]] if "rule" in entry else ())],
        entry["reason"],
        origin,
        place,
        until=entry.get("until"),
        approved_by=entry.get("approved-by"),
        ticket=entry.get("ticket"),
        **spoken_of,
    )


def _reach(entry: dict[str, Any], folder: str) -> Callable[[Finding], bool]:
    """Whether a waiver of the configuration in `folder` speaks of a finding, whatever its check."""
    tests = [glob(pattern) for pattern in entry.get("resources", ())]
    files = _files(entry["files"], folder) if "files" in entry else None

    def reaches(finding: Finding) -> bool:
        resource = finding.resource
        if "resources" in entry and not any(test(name) for test in tests for name in _names(resource)):
            return False
        return files is None or files(resource.file) or files(finding.place.file)

    return reaches


def _names(resource: Resource) -> tuple[str, ...]:
    """What people call a resource: its address, its logical id, its construct path."""
    construct = resource.construct
    return (resource.address, resource.name, *((construct, construct.removesuffix("/Resource")) if construct else ()))


def _files(lines: list[str], folder: str) -> Callable[[str], bool]:
    """Whether a file, by its name seen from the working directory, is among what `lines` in `folder` match."""
    from wascan._ignore import Patterns

    patterns = Patterns(map(os.fsencode, lines))

    @cache
    def matches(name: str) -> bool:
        path = os.path.relpath(name, folder).replace(os.sep, "/") if folder else name
        return patterns.covers(re.sub(_OUTSIDE, "", path))

    return matches


def apply(
    findings: Iterable[Finding],
    waivers: Iterable[Waiver],
    today: date,
    *,
    ran: Iterable[Check] | None = None,
    whole: bool = True,
) -> list[Note]:
    """Give each finding the first waiver that speaks of it and holds, and say what is wrong with waivers.

    That is: those that do not hold `today`, and those that waive nothing. The latter is proof of nothing where none
    of the checks that they name is among those that `ran`; nor is it for a waiver of the configuration unless the
    scan was of the `whole` that the configuration speaks of.
    """
    notes: list[Note] = []
    standing: list[Waiver] = []
    for waiver in waivers:
        problem = waiver.problem(today)
        if problem is None:
            standing.append(waiver)
        else:
            notes.append(_note(waiver, f"this waiver does not hold: {problem.rstrip('.')}"))
    index = _Index(standing)
    for finding in findings if standing else ():
        for waiver in index.of(finding):
            waiver.used = True
            if finding.waiver is None:
                finding.waiver = waiver
    checks = None if ran is None else list(ran)
    for waiver in standing:
        proves = waiver.origin in OWN or (waiver.origin == "config" and whole)
        if proves and not waiver.used and (checks is None or any(map(waiver.selectors.match, checks))):
            rules = " or ".join(waiver.selectors.written)
            notes.append(_note(waiver, f"this waiver waives nothing: there is no finding of {rules} here"))
    return notes


class _Index:
    """Waivers by what they speak of, so that a finding meets only those that may be about it."""

    def __init__(self, waivers: list[Waiver]) -> None:
        self._by_line: dict[tuple[str, int], list[Waiver]] = {}
        self._by_resource: dict[str, list[Waiver]] = {}
        self._others: list[Waiver] = []
        self._by_check: dict[str, list[Waiver]] = {}
        self._named: dict[str, tuple[str, int]] = {}
        for waiver in waivers:
            for line in waiver.lines:
                self._by_line.setdefault((waiver.place.file, line), []).append(waiver)
            for address in waiver.resources:
                self._by_resource.setdefault(address, []).append(waiver)
            if not (waiver.lines or waiver.resources):
                self._others.append(waiver)

    def of(self, finding: Finding) -> list[Waiver]:
        """The waivers of a finding, the most particular first."""
        check = finding.check
        near: list[Waiver] = []
        if self._by_line:
            here = finding.place.file, finding.place.line
            near = [*self._by_line.get(here, ())]
            if (named := self._name_line(finding.resource)) != here:
                near += self._by_line.get(named, ())
        near += self._by_resource.get(finding.resource.address, ())
        far = self._by_check.get(check.id)
        if far is None:
            far = self._by_check[check.id] = [waiver for waiver in self._others if waiver.selectors.match(check)]
        return [
            *(waiver for waiver in near if waiver.selectors.match(check)),
            *(waiver for waiver in far if waiver.reaches is None or waiver.reaches(finding)),
        ]

    def _name_line(self, resource: Resource) -> tuple[str, int]:
        """Where a resource is named."""
        found = self._named.get(resource.address)
        if found is None:
            place = resource.place(resource.path)
            found = self._named[resource.address] = place.file, place.line
        return found


def reported(findings: Iterable[Finding], waivers: Iterable[Waiver], today: date) -> list[Note]:
    """What waivers that are not to count say of findings, which stay what they are: a note for each waiver."""
    index = _Index([waiver for waiver in waivers if waiver.holds(today)])
    met = {id(waiver): waiver for finding in findings for waiver in index.of(finding)}
    return [
        Note(
            "note", f"{waiver.origin} is told to pass over this: {waiver.reason}", waiver.place.file, waiver.place.line
        )
        for waiver in met.values()
    ]


def strangers(waivers: Iterable[Waiver], vocabulary: Callable[[], Vocabulary]) -> list[Note]:
    """What waivers in comments and metadata name that there is not; in the configuration, it is an error."""
    own = [waiver for waiver in waivers if waiver.origin in OWN and waiver.fault is None]
    known = vocabulary() if own else None
    return [
        _note(waiver, message.rstrip("."))
        for waiver in own
        for selector in waiver.selectors.written
        if known is not None and (message := known.stranger(selector))
    ]


def _note(waiver: Waiver, message: str) -> Note:
    return Note("warning", message, waiver.place.file, waiver.place.line)
