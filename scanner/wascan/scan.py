"""One scan, from paths to a report: sources, graph, verdicts, waivers, in that order and once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from wascan import dialects, sources
from wascan.engine import Engine
from wascan.finding import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wascan.config import Config
    from wascan.finding import Finding
    from wascan.packs import Packs


def scan(paths: Sequence[str], config: Config, packs: Packs, *, today: str, **how: Any) -> Report:
    """Everything that wascan has to say of `paths`.

    `today` is the day of expiries and ends of support (ISO 8601); `how` are the keywords of `sources.find`.
    """
    found, engine = prepare(paths, config, packs, today=today, **how)
    report = Report(engine.graph)
    report.findings = sorted(engine.findings(), key=_order)
    report.judged = engine.judged
    report.unconfigured = {
        check.rule.id: missing for check in engine.unconfigured if (missing := config.missing(check))
    }
    report.sources, report.skipped, report.unreadable = found.sources, found.skipped, found.unreadable
    report.files = sorted({source.name for source in found.sources} | engine.graph.files)
    report.notes = [*engine.graph.notes, *engine.broken]
    _waive(report, config, packs, today, whole=_covers(paths, config.folder))
    return report


def prepare(
    paths: Sequence[str], config: Config, packs: Packs, *, today: str, **how: Any
) -> tuple[sources.Found, Engine]:
    """What `paths` lead to, and the engine that is ready to judge it."""
    found = sources.find(paths, include=config.include, exclude=config.exclude, folder=config.folder, **how)
    settings = dialects.Settings(
        config.parameters,
        config.region,
        config.account,
        config.stack_tags,
        whole=config.scope == "workload",
        source_folders=config.source,
    )
    engine = Engine(
        dialects.read(found.sources, settings),
        lambda kind: [check for check in packs.checks(kind) if config.runs(check)],
        lambda check: config.options(check, today),
        config.severity,
        tail=packs.judges_tail({name.partition(".")[0] for name in config.rules}),
    )
    return found, engine


def _waive(report: Report, config: Config, packs: Packs, today: str, *, whole: bool) -> None:
    from wascan import waivers

    held = waivers.collect(report.graph, config)
    if held:
        from datetime import date

        day = date.fromisoformat(today)
        report.notes += waivers.apply(report.findings, held, day, ran=report.judged, whole=whole)
        report.notes += waivers.strangers(held, packs.vocabulary)


def _covers(paths: Sequence[str], folder: str) -> bool:
    """Whether all that a configuration in `folder` speaks of was looked at."""
    inside = os.path.join(os.path.abspath(folder), "")
    return any(inside.startswith(os.path.join(os.path.abspath(path), "")) for path in paths)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.check.id, finding.resource.address
