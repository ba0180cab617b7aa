"""The report for programs: `docs/report.schema.json` describes it. Each finding has a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from wascan.packs import equivalents
from wascan.reports._fingerprints import fingerprint
from wascan.reports._json import encode
from wascan.reports._tally import Counts, by_pillar
from wascan.words import describe, fix, sentence, truth

if TYPE_CHECKING:
    from wascan.document import Place
    from wascan.finding import Finding, Report
    from wascan.reports import Options


def write(report: Report, stream: TextIO, options: Options) -> None:
    """The JSON report."""
    head = {
        "schema": 1,
        "version": options.version,
        "exit_code": options.exit_code,
        "summary": _summary(report),
        "unconfigured": {rule: list(names) for rule, names in sorted(report.unconfigured.items())},
        "files": report.files,
        "skipped": [{"file": item.name, "reason": item.reason} for item in report.skipped],
        "unreadable": [
            {"file": item.name, "message": item.message, "line": item.line, "column": item.column}
            for item in report.unreadable
        ],
        "notes": [
            {"level": note.level, "message": note.message, "file": note.file, "line": note.line}
            for note in report.notes
        ],
    }
    stream.write(f'{encode(head)[:-1]},"findings":[')
    comma = "\n"
    for finding in report.findings:
        stream.write(comma + encode(_finding(finding)))
        comma = ",\n"
    stream.write("\n]}\n")


def _summary(report: Report) -> dict[str, Any]:
    counts = Counts(report)
    return {
        "resources": counts.resources,
        "passed": counts.passed,
        "failed": counts.failed,
        "unknown": counts.unknown,
        "review": counts.review,
        "waived": counts.waived,
        "known": counts.known,
        "outside": counts.outside,
        "managed": counts.managed,
        "severities": counts.severities,
        "pillars": [row._asdict() for row in by_pillar(report)],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    check, resource, waiver = finding.check, finding.resource, finding.waiver
    return {
        "check": check.id,
        "rule": check.rule.id,
        "kind": finding.kind,
        "severity": finding.severity,
        "pillar": check.rule.pillar,
        "practices": list(check.rule.practices),
        "resource": {
            "name": resource.name,
            "address": resource.address,
            "type": resource.type,
            "construct": resource.construct or None,
            "managed_by": resource.managed_by or None,
        },
        "place": _place(finding.place),
        "message": sentence(finding),
        "fix": fix(finding) or None,
        "case": finding.case or None,
        "rests": {rest.label: rest.text for rest in finding.rests},
        "related": [
            {
                "resource": fact.value.resource.address,
                "place": _place(fact.place),
                "message": describe(fact, truth(finding), resource),
            }
            for fact in finding.related
        ],
        "waiver": waiver and {"reason": waiver.reason, "until": waiver.until, "origin": waiver.origin},
        "known": finding.known,
        "equivalents": equivalents(check.id),
        "fingerprint": fingerprint(finding),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
