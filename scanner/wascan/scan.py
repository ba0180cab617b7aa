"""One scan, from paths to a report: sources, graph, verdicts, waivers, in that order and once."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from wascan import dialects, sources
from wascan.engine import Engine
from wascan.finding import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wascan.config import Config
    from wascan.finding import Finding
    from wascan.packs import Packs


def scan(
    paths: Sequence[str],
    config: Config,
    packs: Packs,
    *,
    today: str,
    skip_unrecognised: bool = False,
    stdin_name: str | None = None,
    stdin: BinaryIO | None = None,
) -> Report:
    """Everything that wascan has to say of `paths`. `today` is the day of expiries and ends of support (ISO 8601)."""
    found = sources.find(
        paths,
        include=config.include,
        exclude=config.exclude,
        skip_unrecognised=skip_unrecognised,
        stdin_name=stdin_name,
        stdin=stdin,
    )
    settings = dialects.Settings(
        config.parameters,
        config.region,
        config.account,
        config.stack_tags,
        whole=config.scope == "workload",
        source_folders=config.source,
    )
    graph = dialects.read(found.sources, settings)
    engine = Engine(
        graph,
        lambda kind: [check for check in packs.checks(kind) if config.runs(check)],
        lambda check: config.options(check, today),
        config.severity,
    )
    report = Report(graph)
    report.findings = sorted(engine.findings(), key=_order)
    report.judged = engine.judged
    report.unconfigured = {
        check.rule.id: missing for check in engine.unconfigured if (missing := config.missing(check))
    }
    report.sources, report.skipped, report.unreadable = found.sources, found.skipped, found.unreadable
    report.files = sorted({source.name for source in found.sources} | graph.files)
    report.notes = [*graph.notes, *engine.broken]
    _waive(report, config, today)
    return report


def _waive(report: Report, config: Config, today: str) -> None:
    from wascan import waivers

    held = waivers.collect(report.graph, config)
    if held:
        from datetime import date

        report.notes += waivers.apply(report.findings, held, date.fromisoformat(today))


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.check.id, finding.resource.address
