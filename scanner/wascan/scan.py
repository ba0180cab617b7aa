"""One scan, from paths to a report: sources, graph, verdicts, waivers, baseline, in that order and once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from wascan import dialects, sources
from wascan.engine import PASS, Engine
from wascan.finding import REVIEW, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wascan.baseline import Baseline
    from wascan.changes import Changes, Planned
    from wascan.config import Config
    from wascan.finding import Finding
    from wascan.packs import Packs


def scan(
    paths: Sequence[str],
    config: Config,
    packs: Packs,
    *,
    today: str,
    known: Baseline | None = None,
    changes: Changes | None = None,
    changed_only: bool = False,
    trusted: Changes | None = None,
    watch: Callable[[Engine], None] | None = None,
    engines: Sequence[str] = (),
    **how: Any,
) -> Report:
    """Everything that wascan has to say of `paths`.

    `today` is the day of expiries and ends of support (ISO 8601). `known` is the baseline, where it is not to be read
    from the file that the configuration names. With `changes` only findings that they touch are told, with
    `changed_only` only those on what a plan changes. Waivers in what is `trusted` not to have changed hold, and no
    others. `watch` is given the engine before it starts. `engines` are the names of other engines to run beside it.
    `how` are the keywords of `sources.find`. Raises BaselineError, OSError where the baseline cannot be read, and
    EngineError where one of the others is missing.
    """
    found, engine = prepare(paths, config, packs, today=today, **how)
    if watch is not None:
        watch(engine)
    report = Report(engine.graph)
    passes: list[Finding] | None = None if changes is None and not changed_only else []
    report.findings = sorted(engine.findings(passes), key=_order)
    report.judged = engine.judged
    report.unconfigured = {
        check.rule.id: missing for check in engine.unconfigured if (missing := config.missing(check))
    }
    report.sources, report.skipped, report.unreadable = found.sources, found.skipped, found.unreadable
    report.files = sorted({source.name for source in found.sources} | engine.graph.files)
    report.notes = [*engine.graph.notes, *engine.broken]
    if engines:
        from wascan.engines import run

        run(engines, report, config, passes)
        report.findings.sort(key=_order)
    _waive(report, config, packs, today, trusted, whole=covers(paths, config.folder))
    if known is None and config.baseline is not None:
        from wascan import baseline

        known = baseline.read(config.baseline)
    if known is not None:
        _recall(report, known, paths)
    if passes is not None:
        from wascan.changes import Planned

        _narrow(report, passes, [*filter(None, [changes]), *([Planned(report.graph)] if changed_only else [])])
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


def _waive(report: Report, config: Config, packs: Packs, today: str, trusted: Changes | None, *, whole: bool) -> None:
    from wascan import waivers

    held = waivers.collect(report.graph, config)
    if config.foreign_suppressions != "ignore" and waivers.speaks_to_others(report.graph):
        from wascan import suppressions

        held += suppressions.collect(report.graph)
    for waiver in held:
        if trusted is not None and waiver.origin != "config" and trusted.cover(waiver.place):
            waiver.fault = waiver.fault or (
                "it came with the change, and only older ones count"
                if trusted.tracks(waiver.place)
                else "its file is not in git, so it may have come with the change, and only older ones count"
            )
    if held:
        from datetime import date

        day = date.fromisoformat(today)
        if config.foreign_suppressions == "report":
            report.notes += waivers.reported(report.findings, filter(waivers.is_foreign, held), day)
            held = [waiver for waiver in held if not waivers.is_foreign(waiver)]
        report.notes += waivers.apply(report.findings, held, day, ran=report.judged, whole=whole)
        report.notes += waivers.strangers(held, packs.vocabulary)


def _recall(report: Report, known: Baseline, paths: Sequence[str]) -> None:
    """Mark what the baseline has, and say how much of it is no longer found."""
    from wascan.baseline import proof
    from wascan.graph import Note

    left = known.mark(report.findings)
    report.baseline = known.file
    if left:
        ran = {check.id for check in report.judged}
        whole = covers(paths, os.path.dirname(known.file))
        gone = len(left.gone(proof(report.seen, ran.__contains__, whole=whole)))
        if gone:
            were = "1 finding is" if gone == 1 else f"{gone:,} findings are"
            message = f"{were} gone that the baseline still lets pass: run wascan baseline prune"
            report.notes.append(Note("note", message, known.file))


def _narrow(report: Report, passes: list[Finding], changed: list[Changes | Planned]) -> None:
    """Leave out the findings that no change touches, and count neither them nor such passes."""
    findings, report.findings = report.findings, []
    for finding in (*findings, *passes):
        if not all(change.touch(finding) for change in changed):
            kind = PASS if finding.kind is REVIEW else finding.kind
            report.judged[finding.check][kind] -= 1
        elif finding.kind is not PASS:
            report.findings.append(finding)
    report.outside += len(findings) - len(report.findings)


def covers(paths: Sequence[str], folder: str) -> bool:
    """Whether all that a configuration in `folder` speaks of was looked at."""
    inside = os.path.join(os.path.abspath(folder), "")
    return any(inside.startswith(os.path.join(os.path.abspath(path), "")) for path in paths)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.check.id, finding.resource.address
