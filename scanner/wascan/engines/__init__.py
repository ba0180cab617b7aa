"""Other engines: what checkov and cfn-lint find, as findings of ours, and once.

Each engine is one module with a `PROGRAM`, the ``question(target, config)`` that it is asked about a file (None where the file
is none of its), and the `Results` that ``results(answer)`` makes of what it says; it is imported when it is asked for. What
they find is kept apart from ours by its id, ``checkov:CKV_AWS_18``, and is selected, waived and reported like ours.
"""

from __future__ import annotations

import json
import os
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from wascan.engine import PASS
from wascan.engines._check import ForeignCheck, ForeignRule, Part
from wascan.engines._child import EngineError, ask
from wascan.finding import FAIL, OPEN, Finding
from wascan.graph import Note
from wascan.kind import kind_of
from wascan.packs import answering

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wascan.config import Config
    from wascan.document import Document, Path, Place
    from wascan.finding import Report
    from wascan.graph import Graph, Resource, Scope
    from wascan.kind import Kind
    from wascan.rule import Severity

__all__ = ["EngineError", "Result", "Target", "locate", "run", "targets_of"]

_ENDINGS = {"template": (".json", ".template", ".yaml", ".yml"), "plan": (".json",)}

SECONDS = 120
"""So long an engine may take for a file, unless the configuration says otherwise."""


class Target(NamedTuple):
    """A file that engines look at: `file` is what they open, `form` is "template" or "plan"."""

    document: Document
    form: str
    file: str
    scope: Scope
    resources: dict[str, Resource]


class Result(NamedTuple):
    """One answer of an engine: to the rule `id`, about the resource of that name or, where there is none, the part of
    the file at `path`. `path` leads to what is wrong: from the resource, if there is one. `message` is empty for a pass.
    `lines` is where the engine saw it (line, column, last line, end column). `part_of` is a rule of the engine that asks
    this and more.
    """

    id: str
    title: str
    why: str
    url: str
    practices: tuple[str, ...]
    severity: Severity
    resource: str
    path: Path
    message: str
    lines: tuple[int, int, int, int] | None = None
    part_of: str = ""


def locate(names: Sequence[str]) -> None:
    """Raises EngineError where one of the engines of these names is not installed."""
    for name in names:
        _module(name).PROGRAM.python()


def run(names: Sequence[str], report: Report, config: Config, passes: list[Finding] | None = None) -> None:
    """Adds what the engines of these names find to a report of ours, and what passes to `passes`. What one of our checks
    has answered of the same resource is left out, and counted. Where an engine fails on a file, or does not run at all,
    a note says so. Raises EngineError where one is not installed.
    """
    locate(names)
    ours: dict[type[Kind], set[str]] = {}
    for check in report.judged:
        ours.setdefault(check.kind, set()).add(check.id)
    with TemporaryDirectory() as folder:
        targets = targets_of(report.graph, folder)
        for name in dict.fromkeys(names):
            _Run(name, report, config, ours, passes).over(targets)


def _module(name: str) -> Any:
    return import_module(f"wascan.engines.{name.replace('-', '_')}")


class _Run:
    """One engine on its way through the files of a scan."""

    def __init__(
        self,
        name: str,
        report: Report,
        config: Config,
        ours: dict[type[Kind], set[str]],
        passes: list[Finding] | None,
    ) -> None:
        self._passes = passes
        self._name = name
        self._module = _module(name)
        self._report = report
        self._config = config
        self._ours = ours
        self._checks: dict[str, ForeignCheck] = {}
        self._covered = 0

    def over(self, targets: list[Target]) -> None:
        asked = [(target, self._module.question(target, self._config)) for target in targets]
        asked = [(target, question) for target, question in asked if question is not None]
        seconds = self._config.engines.get(self._name, {}).get("timeout", SECONDS)
        try:
            version, answers = ask(self._module.PROGRAM, [question for _, question in asked], seconds)
        except EngineError as error:
            self._report.notes.append(Note("error", str(error)))
            return
        self._report.engines[self._name] = version
        for (target, _), answer in zip(asked, answers, strict=True):
            if "crash" in answer:
                message = f"{self._name} failed on this file: {answer['crash']}"
                self._report.notes.append(Note("error", message, target.document.name))
            else:
                self._take(target, self._module.results(answer))
        if self._covered:
            were = "finding is" if self._covered == 1 else "findings are"
            message = f"{self._covered:,} {self._name} {were} covered by wascan's own"
            self._report.notes.append(Note("note", message))

    def _take(self, target: Target, results: Iterable[Result]) -> None:
        for result in results:
            check = self._check(result)
            if not self._config.runs(check):
                continue
            resource = target.resources.get(result.resource)
            if resource is not None and self._covers(resource, result):
                self._covered += bool(result.message)
                continue
            tally = self._report.judged.setdefault(check, {PASS: 0, FAIL: 0, OPEN: 0})
            tally[FAIL if result.message else PASS] += 1
            if result.message:
                self._report.findings.append(self._finding(check, result, target, resource))
            elif self._passes is not None:
                self._passes.append(self._finding(check, result, target, resource))

    def _covers(self, resource: Resource, result: Result) -> bool:
        """Whether a check of ours has been asked the same of a resource, be it that it does not apply."""
        kind = None if resource.derived else kind_of(resource.type)
        asked = set() if kind is None else self._ours.get(kind, set())
        return any(not asked.isdisjoint(answering(f"{self._name}:{id}")) for id in (result.id, result.part_of) if id)

    def _check(self, result: Result) -> ForeignCheck:
        if result.id not in self._checks:
            self._checks[result.id] = ForeignCheck(
                ForeignRule(
                    self._name, result.id, result.title, result.why, result.url, result.practices, result.severity
                )
            )
        return self._checks[result.id]

    def _finding(self, check: ForeignCheck, result: Result, target: Target, resource: Resource | None) -> Finding:
        if resource is None:
            name = result.resource or ".".join(map(str, result.path[:2])) or os.path.basename(target.document.name)
            dialect = "tf" if target.form == "plan" else "cfn"
            resource = Part(target.scope).resource(dialect, name, result.path)
            place = _seen(target.document, result)
        else:
            place = resource.place(_within(resource, result.path))
        kind = FAIL if result.message else PASS
        return Finding(check, resource, kind, (), self._config.severity(check), message=result.message, place=place)


def targets_of(graph: Graph, folder: str) -> list[Target]:
    """The templates and plans of a scan, each once; `folder` is for copies of what engines would not open."""
    found: dict[str, Target] = {}
    for scope in graph.scopes:
        document = scope.document
        if document.name not in found:
            form = "plan" if "format_version" in document.data else "template"
            found[document.name] = Target(document, form, _file(document, form, folder), scope, {})
    for resource in graph:
        found[resource.scope.document.name].resources.setdefault(resource.name, resource)
    return list(found.values())


def _file(document: Document, form: str, folder: str) -> str:
    """The file that a document is in; a copy where it has none, or a name by which engines do not know what it is."""
    if os.path.isfile(document.name) and document.name.endswith(_ENDINGS[form]):
        return os.path.abspath(document.name)
    text = document.text or json.dumps(document.data)
    ending = ".json" if text.lstrip().startswith(("{", "[")) else ".yaml"
    copy = os.path.join(folder, f"{len(os.listdir(folder))}{ending}")
    with open(copy, "w", encoding="utf-8") as stream:
        stream.write(text)
    return copy


def _within(resource: Resource, path: Path) -> Path:
    """The path of a part of a resource; in a template as far as it is written."""
    if resource.dialect == "tf":
        return (*resource.properties_path, *path)
    data: Any = resource.body
    steps: list[str | int] = []
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
        steps.append(step)
    return (*resource.path, *steps)


def _seen(document: Document, result: Result) -> Place | None:
    """Where an engine saw something, if it says so."""
    if result.lines is None:
        return None
    from wascan.document import Place

    return Place(document.name, *result.lines)
