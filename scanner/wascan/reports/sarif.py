"""SARIF 2.1.0 in two profiles: `write` says all there is to say, `write_github` what GitHub code scanning takes.

Results are plain data, encoded in batches and written as they come: there may be tens of thousands of them. Sections
are those of the standard; what GitHub does is from its documentation, "SARIF support for code scanning".
"""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING, Any, TextIO

from wascan.finding import FAIL
from wascan.packs import equivalents
from wascan.reports._envelope import LEVELS, Envelope
from wascan.reports._excerpt import Files
from wascan.reports._json import encode
from wascan.reports._tally import construct, practice_of
from wascan.rule import SEVERITIES, attribute_name
from wascan.verdict import Truth
from wascan.words import describe, fix, printable, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wascan.document import Place
    from wascan.finding import Finding, Report
    from wascan.graph import Resource
    from wascan.reports import Options
    from wascan.value import Fact

_BATCH = 256
_MOST_RESULTS = 5000  # so many does GitHub show
_MOST_RELATED = 20
_NAMED = 10
_PLAIN_URI = re.compile(r"[\w.~/-]*", re.ASCII)
_PRIME = 2**128 - 159


def write(report: Report, stream: TextIO, options: Options) -> None:
    """The profile `sarif`: with uris relative to the working directory."""
    envelope = Envelope(report, options, _uri, github=False)
    suppressible = any(finding.waiver is not None for finding in report.findings)
    _write(stream, envelope, (_result(finding, envelope, suppressible) for finding in report.findings))


def write_github(report: Report, stream: TextIO, options: Options) -> None:
    """The profile `github`: unsuppressed failures, the worst first, with uris relative to the root of the repository."""
    repository = _Repository()
    envelope = Envelope(report, options, repository.uri, github=True)
    groups: dict[tuple[str, str, int], list[Finding]] = {}
    for finding in report.findings:
        if finding.fails:
            key = (finding.check.id, finding.place.file, finding.place.line)
            groups.setdefault(key, []).append(finding)
    worst = sorted(groups.values(), key=lambda group: _badness(group[0]))[:_MOST_RESULTS]
    hashes = _LineHashes(Files(report))
    _write(stream, envelope, (_alert(group, envelope, repository, hashes) for group in worst))


def _write(stream: TextIO, envelope: Envelope, results: Iterable[dict[str, Any]]) -> None:
    stream.write(envelope.head)
    batch: list[dict[str, Any]] = []
    comma = ""
    for result in results:
        batch.append(result)
        if len(batch) == _BATCH:
            stream.write(comma + encode(batch)[1:-1])
            batch, comma = [], ","
    if batch:
        stream.write(comma + encode(batch)[1:-1])
    stream.write(envelope.tail)


def _result(finding: Finding, envelope: Envelope, suppressible: bool) -> dict[str, Any]:
    """One finding, with everything about it."""
    check, resource, place = finding.check, finding.resource, finding.place
    properties: dict[str, Any] = {"severity": finding.severity}
    if others := equivalents(check.id):
        properties["equivalents"] = others
    if finding.case:
        properties["case"] = printable(finding.case)
    if finding.rests:
        properties["rests"] = [{"parameter": rest.label, "default": rest.text} for rest in finding.rests]
    if made_by := construct(resource):
        properties["construct"] = made_by
    if remedy := fix(finding):
        properties["fix"] = remedy
    result: dict[str, Any] = {
        "ruleId": check.id,
        "ruleIndex": envelope.rules[check],
        "kind": finding.kind,
        "level": LEVELS[finding.severity] if finding.kind == FAIL else "none",
        "message": {"text": _message(sentence(finding))},
        "locations": [
            {"physicalLocation": _physical(place, _uri, envelope.files), "logicalLocations": [_logical(resource)]}
        ],
        "partialFingerprints": {"wascan/v1": _fingerprint(finding)},
        "properties": properties,
    }
    if related := [_related(fact, finding, index, _uri) for index, fact in enumerate(finding.related[:_MOST_RELATED])]:
        result["relatedLocations"] = related
    if taxa := envelope.taxa.get(check):
        result["taxa"] = taxa
    if suppressible:  # an empty list says that it is known not to be suppressed (3.27.23)
        result["suppressions"] = [] if finding.waiver is None else [_suppression(finding.waiver)]
    return result


def _alert(group: list[Finding], envelope: Envelope, repository: _Repository, hashes: _LineHashes) -> dict[str, Any]:
    """What one rule says of one line, whatever the number of resources that are born there."""
    first = group[0]
    names = list(dict.fromkeys(_name(finding.resource) for finding in group))
    named = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    related = [_related(fact, first, index, repository.uri) for index, fact in enumerate(first.related[:_MOST_RELATED])]
    for finding in group[1:_NAMED]:
        location = {"physicalLocation": _physical(finding.place, repository.uri)}
        related.append({"id": len(related), **location, "message": {"text": _message(_name(finding.resource))}})
    result = {
        "ruleId": first.check.id,
        "ruleIndex": envelope.rules[first.check],
        "level": LEVELS[first.severity],
        "message": {"text": _message(f"{named}: {sentence(first)}. {fix(first)}".strip())},
        "locations": [{"physicalLocation": _physical(first.place, repository.uri)}],
        "partialFingerprints": {"primaryLocationLineHash": hashes.of(first.place.file, first.place.line)},
    }
    if related:
        result["relatedLocations"] = related
    return result


def _badness(finding: Finding) -> tuple[int, int, str, int, str]:
    """What is to be mended first comes first."""
    practice = practice_of(finding.check)
    risk = SEVERITIES.index(practice.risk) if practice and practice.risk in SEVERITIES else len(SEVERITIES)
    return SEVERITIES.index(finding.severity), risk, finding.place.file, finding.place.line, finding.check.id


def _message(text: str) -> str:
    """A text as a message: its end is marked, and nothing in it can be taken for a link or placeholder (3.11)."""
    text = re.sub(r"\{(\d+)\}", r"{{\1}}", text.replace("](", "] ("))
    return text if text.endswith(".") else f"{text}."


def _name(resource: Resource) -> str:
    return printable(construct(resource) or resource.name)


def _logical(resource: Resource) -> dict[str, Any]:
    return {"name": resource.name, "fullyQualifiedName": resource.address, "kind": "resource"}


def _related(fact: Fact, finding: Finding, index: int, uri: Any) -> dict[str, Any]:
    """The location of a further fact; a satellite that it stands in is named."""
    truth = Truth.FAIL if finding.kind != "open" or finding.case else Truth.UNKNOWN
    resource = fact.value.resource
    location: dict[str, Any] = {
        "id": index,
        "physicalLocation": _physical(fact.place, uri),
        "message": {"text": _message(describe(fact, truth, finding.resource))},
    }
    if resource is not finding.resource:
        location["logicalLocations"] = [_logical(resource)]
    return location


def _physical(place: Place, uri: Any, indices: dict[str, int] | None = None) -> dict[str, Any]:
    artifact: dict[str, Any] = {"uri": uri(place.file)}
    if indices:
        artifact["index"] = indices[place.file]
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {"artifactLocation": artifact, "region": region}


def _suppression(waiver: Any) -> dict[str, Any]:
    """A waiver (3.35). It is plain data because sarif-om's class has a property that the standard does not know."""
    source = waiver.origin in ("inline", "metadata")
    return {
        "kind": "inSource" if source else "external",
        "status": "accepted",
        "justification": waiver.reason,
        "location": {"physicalLocation": _physical(waiver.place, _uri)},
        "properties": {"origin": waiver.origin, **({"expires": waiver.until} if waiver.until else {})},
    }


def _fingerprint(finding: Finding) -> str:
    """The same as long as the same check finds the same fault with the same resource, wherever its line is.

    A polynomial modulo a prime: nobody attacks it, and a cryptographic hash takes 10 ms to load.
    """
    fault = [f"{attribute_name(fact.value)} {fact.question}" for fact in finding.facts[:1]]
    parts = [finding.check.id, finding.resource.file, finding.resource.address, *fault]
    return f"{int.from_bytes(chr(0).join(parts).encode(errors='surrogatepass')) % _PRIME:032x}"


def _uri(name: str) -> str:
    """The name of a file as a uri reference (RFC 3986)."""
    if _PLAIN_URI.fullmatch(name):
        return f"file://{name}" if name.startswith("/") else name or "."
    from urllib.parse import quote

    drive = re.match(r"[A-Za-z]:/", name)
    path = quote(name, safe="/:" if drive else "/", errors="backslashreplace")
    return f"file:///{path}" if drive else f"file://{path}" if path.startswith("/") else path


class _Repository:
    """The root of the repository that the working directory is in, to which GitHub's uris are relative."""

    def __init__(self) -> None:
        here = os.getcwd().replace(os.sep, "/")
        root = here
        while not os.path.exists(f"{root}/.git"):
            above = posixpath.dirname(root)
            if above == root:
                root = here
                break
            root = above
        self._here = here
        self._root = root

    def uri(self, name: str) -> str:
        """The uri of a file; of one outside the repository as good as can be."""
        path = posixpath.join(self._here, name)
        return _uri(posixpath.relpath(path, self._root))


class _LineHashes:
    """The fingerprints by which GitHub knows an alert again, as its CodeQL action would compute them.

    For each line, the 100 UTF-16 code units from its start on, without spaces and tabs, as a polynomial in 37 modulo
    2**64; and how many lines so far had the same.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._lines: dict[str, list[tuple[str, int]]] = {}

    def of(self, file: str, line: int) -> str:
        if file not in self._lines:
            self._lines[file] = list(_windows(self._files.text(file)))
        lines = self._lines[file]
        window, number = lines[min(line, len(lines)) - 1]
        value = 0
        for unit in window:
            value = value * 37 + ord(unit)
        value *= 37 ** (100 - len(window))
        return f"{value % 2**64:x}:{number}"


def _windows(text: str) -> Iterator[tuple[str, int]]:
    """What each line is known by, and how many there have been of it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    if not text.isascii():
        text = re.sub("[\U00010000-\U0010ffff]", _surrogates, text)
    text += "\uffff"
    seen: dict[str, int] = {}
    start = 0
    while start < len(text):
        window = text[start : start + 100]
        seen[window] = seen.get(window, 0) + 1
        yield window, seen[window]
        start = text.find("\n", start) + 1 or len(text)


def _surrogates(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))
