"""What other scanners are told to pass over, as waivers of the checks of ours that ask the same.

A team that comes from another scanner has said a hundred times what it accepts, and why. That is read where it stands:

- in comments of templates and .tf files: ``checkov:skip=ID:reason`` inside a resource, ``trivy:ignore:ID`` and
  ``tfsec:ignore:ID`` on or above a line, ``kics-scan ignore-line``, ``ignore-block`` above one, ``ignore`` at the
  beginning of a file;
- in the metadata of resources: ``checkov.skip``, ``cfn_nag.rules_to_suppress``, ``cdk_nag.rules_to_suppress`` (also in
  those of a whole template), ``guard.SuppressedRules``;
- in a CDK app, with ``Validations.of(construct).acknowledge()``, for the rules of cdk-nag 3.

What a suppression names that no check of ours asks means nothing here. One with a condition on values or workspaces
(``trivy:ignore:ID[ingress.from_port=22]``, ``:ws:``) does not hold, for nobody can tell that it does; nor does
``kics-scan disable=ID``, for KICS's ids of queries are not in our table, and that is said once. Sources: checkov,
"Suppressing and Skipping Policies"; Trivy, "Filtering"; tfsec, "Ignoring Checks"; KICS, "Running KICS"; cfn_nag's README;
cdk-nag's README and RULES.md; AWS Guard Rules Registry.
"""

from __future__ import annotations

import json
import os
import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from wascan.packs import answered, answering, every_equivalent
from wascan.select import glob
from wascan.waivers import Waiver, documents, subjects, whole_line, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wascan.document import Document, Place
    from wascan.graph import Graph, Resource, Scope

_NO_REASON = "no reason is given"
_BY_ID = (
    "it names queries of KICS by their ids, which wascan does not know; a comment wascan: ignore[rule] reason would"
)

_CHECKOV = re.compile(r"(?:checkov|bridgecrew|cortex):skip= *([A-Za-z_\d-]+(?:,[A-Za-z_\d-]+)*)(?::(.*))?")
_TRIVY = re.compile(r"(trivy|tfsec):ignore:([^\s:\[]+)(\[[^\]]*\])?((?::(?:exp|ws):[^\s:]+)*)", re.IGNORECASE)
_KICS = re.compile(r"kics-scan\s+(ignore-line|ignore-block|ignore\b|disable=)\s*([\w-]+(?:\s*,\s*[\w-]+)*)?")

_SERVICE = re.compile(r"^Action::[\w-]+:\*")
_COMMENTS = (":skip=", ":ignore:", "kics-scan")
_METADATA = frozenset(("bridgecrew", "checkov", "cfn_nag", "cdk_nag", "guard"))


class Suppression(NamedTuple):
    """What another scanner is told: which of its rules (None: all), why, and where. `spoken_of` is a waiver's."""

    origin: str
    names: Sequence[Any] | None
    reason: str
    place: Place
    spoken_of: dict[str, Any]

    @property
    def checks(self) -> list[str]:
        """The ids of the checks that ask the same."""
        return checks_of(self.origin, self.names)


def collect(graph: Graph) -> list[Waiver]:
    """Every suppression for another scanner that a scan meets, as far as a check of ours asks the same; and the first that
    says in ids what no table here can tell.
    """
    waivers: list[Waiver] = []
    unread = None
    for found in find(graph):
        if checks := found.checks:
            waivers.append(Waiver(checks, found.reason or _NO_REASON, found.origin, found.place, **found.spoken_of))
        elif unread is None and found.origin == "kics":
            unread = Waiver((), _NO_REASON, found.origin, found.place, fault=_BY_ID, **found.spoken_of)
            waivers.append(unread)
    return waivers


def find(graph: Graph) -> list[Suppression]:
    """Every suppression for another scanner that a scan meets."""
    found: list[Suppression] = []
    commented = [document for document in documents(graph) if any(word in document.text for word in _COMMENTS)]
    if commented:
        blocks = _blocks(graph, {document.name: document for document in commented})
        for document in commented:
            found += _in_comments(document, blocks[document.name])
    for resource in graph:
        if resource.dialect != "tf" and not resource.derived:
            found += _in_metadata(resource)
    stacks = {
        scope: metadata
        for scope in graph.scopes
        if isinstance(metadata := _mapping(scope.document.data).get("Metadata"), dict) and "cdk_nag" in metadata
    }
    inside: dict[Scope, list[str]] = {scope: [] for scope in stacks}
    for resource in graph if stacks else ():
        if resource.scope in inside:
            inside[resource.scope].append(resource.address)
    for scope, metadata in stacks.items():
        found += _rules_to_suppress(scope.document, ("Metadata",), metadata, "cdk_nag", inside[scope])
    for said in graph.acknowledged:
        if said.plugin != "wascan":  # cdk-nag's rules have the name of their pack in front, with and without a plugin's
            found += _told("cdk-nag", [said.rule], said.reason, said.place, reaches=within(said))
    return found


class _Blocks:
    """The resources of one file, by the lines that they stand on."""

    def __init__(self) -> None:
        self._spans: dict[tuple[int, int], list[str]] = {}
        self._starts: list[tuple[int, int]] = []

    def add(self, start: int, end: int, address: str) -> None:
        """A resource; several may come from one block."""
        self._spans.setdefault((start, end), []).append(address)
        self._starts = []

    def around(self, line: int) -> list[str]:
        """The addresses of what stands on a line."""
        starts = self._sorted()
        at = bisect_right(starts, (line, float("inf"))) - 1
        return self._spans[starts[at]] if at >= 0 and line <= starts[at][1] else []

    def named(self, line: int) -> list[str]:
        """The addresses of what begins on a line."""
        starts = self._sorted()
        at = bisect_right(starts, (line, float("inf"))) - 1
        return self._spans[starts[at]] if at >= 0 and starts[at][0] == line else []

    @property
    def every(self) -> list[str]:
        """The addresses of all of them."""
        return [address for addresses in self._spans.values() for address in addresses]

    def _sorted(self) -> list[tuple[int, int]]:
        if not self._starts:
            self._starts = sorted(self._spans)
        return self._starts


def _blocks(graph: Graph, files: dict[str, Document]) -> dict[str, _Blocks]:
    """The resources of files, by the name of the file."""
    found = {name: _Blocks() for name in files}
    for resource in graph:
        if not resource.derived:
            place = resource.scope.extent(resource)
            if place.file in found:
                end = place.end_line
                while resource.dialect == "tf" and end > place.line:
                    if files[place.file].line(end).lstrip().startswith("}"):
                        break
                    end -= 1  # a comment that stands between two blocks is in neither
                found[place.file].add(place.line, end, resource.address)
    return found


def _in_comments(document: Document, blocks: _Blocks) -> Iterator[Suppression]:
    comments = document.comments()
    spoken_of = subjects(document, comments)
    first = next((line for line in range(1, len(spoken_of) + 3) if _says_something(document, line, spoken_of)), 0)
    for line, text in comments:
        place = whole_line(document, line)
        if (skip := _CHECKOV.search(text)) is not None:
            inside = blocks.around(line) or ([] if document.data is None else blocks.named(spoken_of[line]))
            names = skip[1].split(",")
            yield from _told("checkov", names, skip[2], place, resources=inside)
        if ":ignore:" in text:
            yield from _trivy(text, place, **_below(document, spoken_of[line], blocks))
        if (command := _KICS.search(text)) is not None:
            what, ids = command.groups()
            if what == "ignore-line":
                yield from _told("kics", None, text, place, lines=(line, spoken_of[line]))
            elif what == "ignore-block":
                yield from _told("kics", None, text, place, **_below(document, spoken_of[line], blocks))
            elif line < first:
                names = None if what == "ignore" else re.split(r"\s*,\s*", ids or "")
                yield from _told("kics", names, text, place, resources=blocks.every)


def _says_something(document: Document, line: int, comments: dict[int, int]) -> bool:
    return comments.get(line, line) == line and document.line(line).strip() not in ("", "---")


def _trivy(text: str, place: Place, **spoken_of: Any) -> Iterator[Suppression]:
    ignores = list(_TRIVY.finditer(text))
    ends = [*(ignore.start() for ignore in ignores[1:]), len(text)]
    for ignore, end in zip(ignores, ends, strict=True):
        tool, id, condition, options = ignore.groups()
        until = re.search(r":exp:([^\s:]+)", options)
        if not condition and ":ws:" not in options:
            yield from _told(tool.lower(), [id], text[ignore.end() : end], place, until=until and until[1], **spoken_of)


def _below(document: Document, line: int, blocks: _Blocks) -> dict[str, Sequence[Any]]:
    """What a comment above a line speaks of: the resource that begins there, or else the line and what is further to
    the right below it, which is the block that it opens.
    """
    if resources := blocks.named(line):
        return {"resources": resources}
    margin = _margin(document.line(line))
    end = line + 1
    while (text := document.line(end)).strip() and _margin(text) > margin:
        end += 1
    return {"lines": range(line, end)}


def _margin(text: str) -> int:
    return len(text) - len(text.lstrip())


def _in_metadata(resource: Resource) -> Iterator[Suppression]:
    metadata = resource.body.get("Metadata")
    if not isinstance(metadata, dict) or _METADATA.isdisjoint(metadata):
        return
    document, path, here = resource.scope.document, (*resource.path, "Metadata"), (resource.address,)
    for tool in ("checkov", "bridgecrew"):
        for index, entry in enumerate(_list(_mapping(metadata.get(tool)).get("skip"))):
            place = document.place((*path, tool, "skip", index))
            yield from _told("checkov", [_mapping(entry).get("id")], entry.get("comment"), place, resources=here)
    for tool in ("cfn_nag", "cdk_nag"):
        if tool in metadata:
            yield from _rules_to_suppress(document, path, metadata, tool, here)
    for index, name in enumerate(_list(_mapping(metadata.get("guard")).get("SuppressedRules"))):
        place = document.place((*path, "guard", "SuppressedRules", index))
        yield from _told("guard", [name], None, place, resources=here)


def _rules_to_suppress(
    document: Document, path: tuple[str | int, ...], metadata: dict[str, Any], tool: str, resources: Sequence[str]
) -> Iterator[Suppression]:
    for index, entry in enumerate(_list(_mapping(metadata[tool]).get("rules_to_suppress"))):
        if isinstance(entry, dict):
            place = document.place((*path, tool, "rules_to_suppress", index))
            id, reason = entry.get("id"), entry.get("reason")
            single = _list(entry.get("applies_to"))
            names = [f"{id}[{finding}]" for finding in single if isinstance(finding, str)] if single else [id]
            if entry.get("is_reason_encoded") is True and isinstance(reason, str):
                reason = _decoded(reason)
            yield from _told(tool.replace("cdk_nag", "cdk-nag"), names, reason, place, resources=resources)


def _decoded(reason: str) -> str:
    """A reason that cdk-nag keeps in base64, for it is not ASCII."""
    from base64 import b64decode

    try:
        return b64decode(reason).decode()
    except ValueError:
        return reason


def _told(
    origin: str, names: Sequence[Any] | None, reason: Any, place: Place, **spoken_of: Any
) -> Iterator[Suppression]:
    if any(map(spoken_of.get, ("resources", "lines", "reaches"))):
        yield Suppression(origin, names, reason.strip(" :#-*/") if isinstance(reason, str) else "", place, spoken_of)


def checks_of(origin: str, names: Sequence[Any] | None) -> list[str]:
    """The ids of the checks that ask what the rules of another scanner ask, as it is told to pass over them."""
    scanner = "trivy" if origin == "tfsec" else origin
    if names is None:
        return sorted(every_equivalent(scanner))
    found: set[str] = set()
    for name in names:
        for rule in _rules(scanner, name) if isinstance(name, str) else ():
            found |= answering(f"{scanner}:{rule}")
            if scanner == "checkov":
                found.add(f"checkov:{rule}")  # for checkov itself may have run
    return sorted(found)


def _rules(scanner: str, name: str) -> Iterable[str]:
    """The rules that a name in a suppression stands for, as the scanner's own list calls them."""
    if scanner == "cdk-nag":
        id, one, finding = name.partition("[")
        pack, _, rule = id.partition("-")
        rule = _ids()["AwsSolutions"].get(rule, "") if pack == "AwsSolutions" else rule
        if one:  # only one of its findings: every wildcard of a service is like that of S3, which is in the list
            return [f"{rule}[{_SERVICE.sub('Action::s3:*', finding)}"]
        return [rule, *(rest for rest in _answered_of("cdk-nag") if rest.startswith(f"{rule}["))]
    if scanner == "trivy":
        known = _ids()["trivy"]
        name = name.lower().removeprefix("avd-")
        if "*" in name:
            test = glob(name)
            return [id for long, id in known.items() if test(long) or test(id.lower())]
        return [known.get(name, name.upper())]
    return [_ids().get(scanner, {}).get(name, name)]


@cache
def _answered_of(scanner: str) -> list[str]:
    return [rule.removeprefix(f"{scanner}:") for rule in answered(scanner)]


@cache
def _ids() -> dict[str, dict[str, str]]:
    """By scanner, what its rules are called in suppressions, and in its list of rules."""
    with open(f"{os.path.dirname(__file__)}/data/suppression_ids.json", encoding="utf-8") as stream:
        found: dict[str, dict[str, str]] = json.load(stream)
    return found


def _mapping(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []
