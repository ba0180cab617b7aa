"""What stands around the results of a SARIF log: the tool, its rules, the taxonomies, the invocation, the files.

It is made of sarif-om's object model and serialised by what its classes say of themselves. What that model has wrong
(`Suppression`) or makes dear (anything of which there may be thousands) is plain data. Sections are those of SARIF 2.1.0.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING, Any

from wascan.catalogue import Practice, UnknownPractice, frameworks, practice
from wascan.reports._json import encode
from wascan.reports._tally import engine_of, practice_of, unconfigured
from wascan.rule import SEVERITIES
from wascan.words import printable, remedies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wascan.finding import Report
    from wascan.reports import Options
    from wascan.rule import Check, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"high": "error", "medium": "warning", "low": "note"}
"""What SARIF calls our severities."""

_GUIDS = {
    "wellarchitected": "febc6d26-4cfd-5f19-8115-9c507e256cc9",
    "agentic-ai-lens": "b54e4cde-8666-52dc-99b0-80813ca7c404",
    "data-analytics-lens": "f34e01e0-91e1-5ead-ab7b-af3da505f4ec",
    "data-residency-hybrid-cloud-services-lens": "2ba8169c-9cd6-5278-8267-38c37d96700c",
    "generative-ai-lens": "7ae547f9-1f8e-5a97-937f-3583483d552f",
    "machine-learning-lens": "5d8f8183-15cd-515e-a0ce-620ac31b2d37",
    "maori-data-lens": "93160bcf-f8bc-5e3d-871b-ff6bb884a95f",
    "responsible-ai-lens": "66267ede-3c8f-56d2-87ae-e40b6997c7b2",
    "saas-lens": "998369b1-aa3e-5445-848b-2aaa02bda1c9",
    "serverless-applications-lens": "4ac94abc-2cd1-5de5-9386-b61a4b770799",
}
"""A name for each taxonomy that no other has: uuid5 of ``urn:aws-well-architected:`` and its id."""

_SECURITY_SEVERITY = {"high": "8.0", "medium": "5.5", "low": "3.0"}
_PROBLEM_SEVERITY = {"high": "error", "medium": "warning", "low": "recommendation"}
_TAGS = 10  # so many does GitHub keep
_EXITS = {
    0: "Nothing was found that fails the scan.",
    1: "There are findings that fail the scan.",
    2: "The scan, or a part of it, could not be done.",
    3: "There was nothing to scan.",
}


class Envelope:
    """The log without its results, and the indices by which results refer to it."""

    def __init__(self, report: Report, options: Options, uri: Callable[[str], str], *, github: bool) -> None:
        self._uri = uri
        self._github = github
        model = _Model()
        checks = _checks(report)
        own = {check: severity for check, severity in checks.items() if not engine_of(check)}
        self.rules = {check: {"ruleId": check.id, "ruleIndex": index} for index, check in enumerate(own)}
        """How a result says which rule it comes from."""
        self.taxa: dict[Check, list[dict[str, Any]]] = {}
        taxonomies = [] if github else self._taxonomies(model, checks)
        supported = [
            {"name": taxonomy.name, "index": index, "guid": taxonomy.guid} for index, taxonomy in enumerate(taxonomies)
        ] or None
        driver = model.ToolComponent(
            name="wascan",
            version=options.version,
            semantic_version=options.version,
            information_uri=_HOME,
            rules=[self._rule(model, check, severity) for check, severity in own.items()],
            supported_taxonomies=supported,
        )
        extensions = [
            self._extension(model, engine, version, number, checks, supported)
            for number, (engine, version) in enumerate(sorted(report.engines.items()))
        ]
        self.files = {} if github else {file: index for index, file in enumerate(_files(report))}
        run = model.Run(
            tool=model.Tool(driver=driver, extensions=extensions or None),
            results=None,
            taxonomies=taxonomies or None,
            invocations=[self._invocation(model, report, options)],
            artifacts=[{"location": {"uri": uri(file)}, "roles": ["analysisTarget"]} for file in self.files] or None,
            automation_details={"id": "wascan/"},
            column_kind="unicodeCodePoints",
        )
        log = model.SarifLog(schema_uri=SCHEMA, version="2.1.0", runs=[run])
        plain = serialised(log)
        plain["runs"] = plain.pop("runs")  # comes last, for the results to go in
        self._text = encode(plain)

    @property
    def head(self) -> str:
        """The text of the log up to its first result."""
        assert self._text.endswith("}]}")
        return f'{self._text[:-3]},"results":['

    tail = "]}]}\n"

    def _extension(
        self,
        model: Any,
        engine: str,
        version: str,
        number: int,
        checks: dict[Check, Severity],
        supported: list[dict[str, Any]] | None,
    ) -> Any:
        """Another engine, with the rules of it that ran (3.18.3)."""
        rules = {check: severity for check, severity in checks.items() if engine_of(check) == engine}
        component = {"name": engine, "index": number}
        for index, check in enumerate(rules):
            reference = {"id": check.id, "index": index, "toolComponent": component}
            self.rules[check] = {"rule": reference}
        return model.ToolComponent(
            name=engine,
            version=version,
            information_uri=_ENGINES[engine],
            rules=[self._rule(model, check, severity) for check, severity in rules.items()],
            supported_taxonomies=supported,
        )

    def _rule(self, model: Any, check: Check, severity: Severity) -> Any:
        primary = practice_of(check)
        why = check.why or check.title
        remedy = [f"In {dialect}: {text}" if dialect else text for dialect, text in remedies(check)]
        properties: dict[str, Any] = {"tags": _tags(check, severity, primary)}
        markdown = [why, *(["**Fix**", *(f"- {line}" for line in remedy)] if remedy else [])]
        if primary is not None:
            source = f"{primary.id} {primary.title}"
            markdown.append(f"**Practice** [{source}]({primary.url})" if primary.url else f"**Practice** {source}")
            properties["risk"] = primary.risk or "none stated"
        if self._github:
            properties["precision"] = "medium" if engine_of(check) else "high"
            if check.rule.pillar == "security":
                properties["security-severity"] = _SECURITY_SEVERITY[severity]
            else:
                properties["problem.severity"] = _PROBLEM_SEVERITY[severity]
        else:
            properties["severity"] = severity
        return model.ReportingDescriptor(
            id=check.id,
            name="".join(part.capitalize() for part in re.split(r"[^A-Za-z0-9]+", check.id)),
            short_description={"text": check.title[:1024]},
            full_description={"text": why[:1024]},
            help={
                "text": "\n".join([why, *(["", "Fix:", *remedy] if remedy else [])]),
                "markdown": "\n\n".join(markdown),
            },
            help_uri=check.rule.url or (primary.url if primary else None),
            default_configuration={"level": LEVELS[severity]},
            relationships=[{"target": target, "kinds": ["relevant"]} for target in self.taxa.get(check, ())] or None,
            properties=properties,
        )

    def _taxonomies(self, model: Any, checks: Iterable[Check]) -> list[Any]:
        """One taxonomy for each framework of which practices are in use, with these."""
        used = {check: _practices(check) for check in checks}
        by_framework: dict[str, dict[str, Practice]] = {}
        for practices in used.values():
            for item in practices:
                by_framework.setdefault(item.framework, {})[item.id] = item
        books = [book for book in frameworks() if book.id in by_framework]
        taxonomies: list[Any] = []
        references: dict[str, dict[str, Any]] = {}
        for number, book in enumerate(books):
            practices_in_use = [by_framework[book.id][id] for id in sorted(by_framework[book.id])]
            for index, item in enumerate(practices_in_use):
                component = {"name": book.id, "index": number}
                references[item.id] = {"id": item.id, "index": index, "toolComponent": component}
            taxonomies.append(
                model.ToolComponent(
                    name=book.id,
                    guid=_GUIDS[book.id],
                    version=book.version,
                    release_date_utc=book.version,
                    organization="Amazon Web Services",
                    short_description={"text": f"{book.title}."},
                    information_uri=book.url,
                    taxa=[
                        model.ReportingDescriptor(
                            id=item.id,
                            short_description={"text": f"{item.title}."},
                            help_uri=item.url,
                            properties={"pillar": item.pillar, "question": item.question, "risk": item.risk},
                        )
                        for item in practices_in_use
                    ],
                )
            )
        for check, practices in used.items():
            self.taxa[check] = [references[item.id] for item in practices]
        return taxonomies

    def _invocation(self, model: Any, report: Report, options: Options) -> Any:
        noted = [self._notification(note.level, note.message, note.file, note.line) for note in report.remarks]
        waiting = [self._notification("note", text) for text in unconfigured(report)]
        return model.Invocation(
            execution_successful=options.exit_code in (0, 1),
            exit_code=options.exit_code,
            exit_code_description=_EXITS.get(options.exit_code),
            tool_execution_notifications=noted or None,
            tool_configuration_notifications=waiting or None,
        )

    def _notification(
        self, level: str, message: str, file: str | None = None, line: int | None = None
    ) -> dict[str, Any]:
        text = f"{message.rstrip('.')}."
        location: dict[str, Any] = {"artifactLocation": {"uri": self._uri(file)}} if file else {}
        if file and line:
            location["region"] = {"startLine": line}
        notification = {"message": {"text": printable(text)}, "level": level}
        return {**notification, "locations": [{"physicalLocation": location}]} if location else notification


_ENGINES = {
    "cfn-lint": "https://github.com/aws-cloudformation/cfn-lint",
    "checkov": "https://www.checkov.io/",
}
_HOME = "https://docs.aws.amazon.com/wellarchitected/latest/framework/welcome.html"


def _checks(report: Report) -> dict[Check, Severity]:
    """Every check that ran, by id, and its severity."""
    severities: dict[Check, Severity] = {check: check.severity for check in report.judged}
    severities.update((finding.check, finding.severity) for finding in report.findings)
    return {check: severities[check] for check in sorted(severities, key=lambda check: check.id)}


def _practices(check: Check) -> list[Practice]:
    found = []
    for id in check.rule.practices:
        try:
            found.append(practice(id))
        except UnknownPractice:  # another engine's
            continue
    return found


def _tags(check: Check, severity: Severity, primary: Practice | None) -> list[str]:
    """What findings are filtered by: the primary practice first."""
    assert severity in SEVERITIES
    first, *others = check.rule.practices or ("",)
    risk = f"{primary.risk}-risk" if primary and primary.risk else ""
    tags = [first, check.rule.pillar, f"{severity}-severity", risk, *others]
    return list(dict.fromkeys(tag for tag in tags if tag))[:_TAGS]


def _files(report: Report) -> list[str]:
    """Every file that was read, and every other one that a finding stands in."""
    return sorted({*report.files, *(finding.place.file for finding in report.findings)})


class _Model:
    """The classes of sarif-om that are used. Its package imports all of its 55 modules, so it is passed by."""

    def __init__(self) -> None:
        package = sys.modules.get("sarif_om")
        if package is None:
            spec = find_spec("sarif_om")
            assert spec is not None
            sys.modules["sarif_om"] = module_from_spec(spec)
        try:
            self.Invocation = import_module("sarif_om._invocation").Invocation
            self.ReportingDescriptor = import_module("sarif_om._reporting_descriptor").ReportingDescriptor
            self.Run = import_module("sarif_om._run").Run
            self.SarifLog = import_module("sarif_om._sarif_log").SarifLog
            self.Tool = import_module("sarif_om._tool").Tool
            self.ToolComponent = import_module("sarif_om._tool_component").ToolComponent
        finally:
            if package is None:
                del sys.modules["sarif_om"]  # whoever imports it next gets all of it


def serialised(node: Any) -> Any:
    """A node of sarif-om's model as plain data, without what is left at its default; plain data stays as it is."""
    if isinstance(node, list):
        return [serialised(item) for item in node]
    fields = getattr(type(node), "__attrs_attrs__", None)
    if fields is None:
        return node
    pairs = ((field, getattr(node, field.name)) for field in fields)
    return {
        field.metadata["schema_property_name"]: serialised(value)
        for field, value in pairs
        if value is not None and value != _default(field)
    }


def _default(field: Any) -> Any:
    factory = getattr(field.default, "factory", None)
    return factory() if factory is not None else field.default
