"""SARIF 2.1.0 in two profiles: `write` says all there is to say, `write_github` what GitHub code scanning takes.

Results are written as they come: there may be tens of thousands of them. Sections are those of the standard; what
GitHub does is from its documentation, "SARIF support for code scanning".
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

from wascan.finding import FAIL
from wascan.packs import equivalents
from wascan.reports._envelope import LEVELS, Envelope
from wascan.reports._files import Files
from wascan.reports._fingerprints import LineHashes, fingerprint
from wascan.reports._json import encode
from wascan.reports._tally import worst_first
from wascan.reports._uris import Repository, uri
from wascan.words import describe, fix, gist, named, printable, sentence, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from wascan.document import Place
    from wascan.finding import Finding, Report
    from wascan.graph import Resource
    from wascan.reports import Options
    from wascan.rule import Check
    from wascan.value import Fact

_BATCH = 256
_MOST_RESULTS = 5000  # so many does GitHub show
_MOST_RELATED = 20
_NAMED = 10
_PLAIN_URI = re.compile(r"[\w.~/-]*", re.ASCII)


def write(report: Report, stream: TextIO, options: Options) -> None:
    """The profile `sarif`: with uris relative to the working directory."""
    envelope = Envelope(report, options, uri, github=False)
    _write(stream, envelope, map(_Results(report, envelope).text, report.findings))


def write_github(report: Report, stream: TextIO, options: Options) -> None:
    """The profile `github`: unsuppressed failures, the worst first, with uris relative to the root of the repository."""
    repository = Repository()
    envelope = Envelope(report, options, repository.uri, github=True)
    groups: dict[tuple[str, str, int], list[Finding]] = {}
    for finding in report.findings:
        if finding.fails:
            groups.setdefault(_alike(finding), []).append(finding)
    worst = worst_first(group[0] for group in groups.values())[:_MOST_RESULTS]
    hashes = LineHashes(Files(report))
    alerts = (_alert(groups[_alike(first)], envelope, repository, hashes) for first in worst)
    _write(stream, envelope, map(encode, alerts))


def _write(stream: TextIO, envelope: Envelope, results: Iterable[str]) -> None:
    stream.write(envelope.head)
    comma = ""
    results = iter(results)
    while batch := ",".join(islice(results, _BATCH)):
        stream.write(comma + batch)
        comma = ","
    stream.write(envelope.tail)


class _Results:
    """The results of the profile `sarif` as text: what is said of many resources is put into words and encoded once."""

    def __init__(self, report: Report, envelope: Envelope) -> None:
        self._report = report
        self._envelope = envelope
        # an empty list says that it is known not to be suppressed (3.27.23)
        self._suppressible = not all(finding.counts for finding in report.findings)
        self._said: dict[Hashable, tuple[str, str]] = {}
        self._taxa: dict[Check, str] = {}
        self._logical: dict[Resource, str] = {}
        self._artifacts = {file: _inside({"uri": uri(file), "index": index}) for file, index in envelope.files.items()}

    def text(self, finding: Finding) -> str:
        """One finding, with everything about it."""
        same = gist(finding)
        if same is None:
            beginning, properties = self._say(finding)
        else:
            beginning, properties = self._said.get(same) or self._said.setdefault(same, self._say(finding))
        place, resource = finding.place, finding.resource
        further = _further(finding) if finding.case or finding.rests or resource.construct else ""
        logical = self._logical.get(resource) or self._logical.setdefault(resource, encode(_logical(resource)))
        result = (
            f'{{{beginning},"locations":[{{"physicalLocation":{{"artifactLocation":{{{self._artifacts[place.file]}}},'
            f'"region":{{"startLine":{place.line},"startColumn":{place.column},"endLine":{place.end_line},'
            f'"endColumn":{place.end_column}}}}},"logicalLocations":[{logical}]}}],'
            f'"partialFingerprints":{{"wascan/v1":"{fingerprint(finding)}"}},"properties":{{{properties}{further}}}'
        )
        if related := _all_related(finding, uri, with_first=True):
            result = f'{result},"relatedLocations":{encode(related)}'
        if taxa := self._envelope.taxa.get(finding.check):
            result = (
                f'{result},"taxa":{self._taxa.get(finding.check) or self._taxa.setdefault(finding.check, encode(taxa))}'
            )
        if self._suppressible:
            result = f'{result},"suppressions":{encode(_suppressions(finding, self._report))}'
        if self._report.baseline is not None:
            result = f'{result},"baselineState":"{"unchanged" if finding.known else "new"}"'
        return f"{result}}}"

    def _say(self, finding: Finding) -> tuple[str, str]:
        """How a result begins, and how its properties do."""
        properties: dict[str, Any] = {"severity": finding.severity}
        if others := equivalents(finding.check.id):
            properties["equivalents"] = others
        if remedy := fix(finding):
            properties["fix"] = remedy
        beginning = {
            **self._envelope.rules[finding.check],
            "kind": finding.kind,
            "level": LEVELS[finding.severity] if finding.kind == FAIL else "none",
            "message": {"text": _message(sentence(finding))},
        }
        return _inside(beginning), _inside(properties)


def _further(finding: Finding) -> str:
    """The properties of a result that few have."""
    properties: dict[str, Any] = {}
    if finding.case:
        properties["case"] = printable(finding.case)
    if finding.rests:
        properties["rests"] = [{"parameter": rest.label, "default": rest.text} for rest in finding.rests]
    if finding.resource.construct:
        properties["construct"] = finding.resource.construct
    return f",{_inside(properties)}"


def _inside(members: dict[str, Any]) -> str:
    """The members of an object as JSON, without the braces."""
    return encode(members)[1:-1]


def _alike(finding: Finding) -> tuple[str, str, int]:
    """What GitHub takes for one alert, so that it has to be one result."""
    place = _committed(finding)
    return finding.check.id, place.file, place.line


def _committed(finding: Finding) -> Place:
    """Where it stands in what GitHub knows, for generated templates are in no repository."""
    return finding.resource.scope.committed(finding.place)


def _alert(group: list[Finding], envelope: Envelope, repository: Repository, hashes: LineHashes) -> dict[str, Any]:
    """What one rule says of one line, whatever the number of resources that are born there."""
    first = group[0]
    place = _committed(first)
    names = list(dict.fromkeys(named(finding.resource) for finding in group))
    every = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    related = _all_related(first, repository.uri)
    for finding in group[1:_NAMED]:
        location = {"physicalLocation": _physical(finding.place, repository.uri)}
        related.append({"id": len(related), **location, "message": {"text": _message(named(finding.resource))}})
    result = {
        **envelope.rules[first.check],
        "level": LEVELS[first.severity],
        "message": {"text": _message(f"{every}: {sentence(first)}. {fix(first)}".strip())},
        "locations": [{"physicalLocation": _physical(place, repository.uri)}],
        "partialFingerprints": {"primaryLocationLineHash": hashes.of(place.file, place.line)},
    }
    if related:
        result["relatedLocations"] = related
    return result


def _message(text: str) -> str:
    """A text as a message: its end is marked, and nothing in it can be taken for a link or placeholder (3.11)."""
    if "{" in text or "](" in text:
        text = re.sub(r"\{(\d+)\}", r"{{\1}}", text.replace("](", "] ("))
    return text if text.endswith(".") else f"{text}."


def _logical(resource: Resource) -> dict[str, Any]:
    return {"name": resource.name, "fullyQualifiedName": resource.address, "kind": "resource"}


def _all_related(finding: Finding, locate: Callable[[str], str], *, with_first: bool = False) -> list[dict[str, Any]]:
    """Where further facts stand, `with_first` that of a companion in which the first one stands, so that it is named; and
    what a generated resource was generated from or to.
    """
    facts: list[Fact] = []
    if finding.facts:
        value = finding.facts[0].value
        twin = value.resource.twin_place(value.path)
        if with_first and value.resource is not finding.resource:
            facts.append(finding.facts[0])
        if len(finding.facts) > 1:
            facts += finding.related[:_MOST_RELATED]
    else:
        twin = finding.resource.twin_place(finding.resource.path)
    related = [_related(fact, finding, index, locate) for index, fact in enumerate(facts)]
    if twin is not None:
        message = {"text": "The same in what is generated, or in what generates it."}
        related.append({"id": len(related), "physicalLocation": _physical(twin, locate), "message": message})
    return related


def _related(fact: Fact, finding: Finding, index: int, locate: Callable[[str], str]) -> dict[str, Any]:
    """The location of a further fact; a satellite that it stands in is named."""
    resource = fact.value.resource
    location: dict[str, Any] = {
        "id": index,
        "physicalLocation": _physical(fact.place, locate),
        "message": {"text": _message(describe(fact, truth(finding), finding.resource))},
    }
    if resource is not finding.resource:
        location["logicalLocations"] = [_logical(resource)]
    return location


def _physical(place: Place, locate: Callable[[str], str]) -> dict[str, Any]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {"artifactLocation": {"uri": locate(place.file)}, "region": region}


def _suppressions(finding: Finding, report: Report) -> list[dict[str, Any]]:
    """Why it does not count (3.35). Plain data, because sarif-om's class has a property the standard does not know."""
    waiver = finding.waiver
    if waiver is not None:
        found = {
            "kind": "external" if waiver.origin == "config" else "inSource",
            "status": "accepted",
            "justification": waiver.reason,
            "location": {"physicalLocation": _physical(waiver.place, uri)},
            "properties": {"origin": waiver.origin, **({"expires": waiver.until} if waiver.until else {})},
        }
    elif tool := finding.resource.managed_by:
        reason = f"{tool} makes it for its own purposes, and nobody can configure it."
        found = {"kind": "external", "status": "accepted", "justification": reason, "properties": {"origin": tool}}
    elif finding.known:
        found = {
            "kind": "external",
            "status": "accepted",
            "justification": f"It is in the baseline {printable(report.baseline or '')}.",
            "properties": {"origin": "baseline"},
        }
    else:
        return []
    return [found]
