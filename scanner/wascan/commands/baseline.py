"""``wascan baseline``: the findings that are known, which fail no scan."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from wascan.cli import CLEAN, FINDINGS, leave, stop
from wascan.commands.common import configured, day, known_findings, known_packs, present, reading, scanned
from wascan.commands.scan import tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from wascan.baseline import Baseline
    from wascan.config import Config
    from wascan.finding import Finding, Report
    from wascan.packs import Packs


@click.command(short_help="Keep, compare and prune the findings that are known.")
@click.argument("action", type=click.Choice(["write", "compare", "prune"]), metavar="write|compare|prune")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(),
    help="File of known findings; default: the configuration's, or wascan-baseline.json.",
)
@reading
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="Package with further rules.")
@click.option("--engine", "engines", metavar="NAME", type=click.Choice(["checkov", "cfn-lint"]), multiple=True,
              help="Run checkov or cfn-lint, too.")  # fmt: skip
@click.option("--today", metavar="DATE", callback=day, help="Day of what expires; default: today.")
def baseline(
    action: str,
    paths: tuple[str, ...],
    config_file: str | None,
    packs: tuple[str, ...],
    engines: tuple[str, ...],
    today: str,
    **given: Any,
) -> None:
    """Keep what is found today as known: from then on only what is new fails a scan.

    write takes everything that fails now, prune takes out what is gone, compare says what is new or gone and
    changes nothing (exit status 1 if there is any).

    \b
    wascan baseline write
    wascan baseline prune infra/
    """
    from wascan.baseline import NAME, Baseline, takes, write
    from wascan.scan import covers

    config = configured(config_file, given)
    named = config.baseline is not None
    config.baseline = config.baseline or os.path.join(config.folder, NAME)
    before = (
        known_findings(config) if action != "write" or os.path.exists(config.baseline) else Baseline(config.baseline)
    )
    config.baseline = None  # the scan itself is to tell everything
    known = known_packs(config, packs)
    if engines:
        present(engines)
    report = scanned(paths or (".",), config, known, engines=engines, today=today)
    tell(report)
    if report.errors:
        stop([f"{before.file} is not touched, for something could not be read or judged: mend or exclude that first"])
    left = before.mark(report.findings)
    gone = left.gone(_proof(report, config, known, covers(paths or (".",), os.path.dirname(before.file))))
    new = [item for item in report.findings if not item.known and takes(item, unknown=config.fail_on_unknown)]
    fresh = before.of(new, unknown=True)
    kept = before.of((finding for finding in report.findings if finding.known), unknown=True) + (left - gone)
    if action == "compare":
        _list_new(new)
        _list_gone(gone, config, known)
        _say(before, "known", new=len(fresh), gone=len(gone))
        leave(FINDINGS if fresh or gone else CLEAN)
    after = kept + fresh if action == "write" else kept
    try:
        write(after)
    except OSError as error:
        stop([f"{after.file}: cannot be written: {error.strerror}"])
    _list_gone(gone, config, known)
    _say(after, "known", new=len(fresh) if action == "write" and len(before) else 0, gone=len(gone))
    if action == "write" and not named:
        click.echo(f"Scans heed it once wascan.yaml has the line  baseline: {NAME}")
    leave(CLEAN)


def _proof(report: Report, config: Config, packs: Packs, whole: bool) -> Callable[[str, str], bool]:
    """Whether the scan would have found what a baseline has: unless the configuration leaves the check out, or its engine
    did not run."""
    from wascan.baseline import proof

    out = {check.id for check in packs.all_checks() if not config.runs(check)}

    def ran(check: str) -> bool:
        engine, foreign, _ = check.partition(":")
        return engine in report.engines if foreign else check not in out

    return proof(report.seen, ran, whole=whole)


def _list_new(findings: list[Finding]) -> None:
    """What is new, the worst first."""
    from wascan.reports._tally import label, worst_first
    from wascan.words import named, printable

    for finding in worst_first(findings):
        where = f"{finding.place.file}:{finding.place.line}"
        click.echo(printable(f"new: {label(finding):7} {where}: {finding.check.id} on {named(finding.resource)}"))


def _list_gone(gone: Baseline, config: Config, packs: Packs) -> None:
    """What is gone, the worst first."""
    from wascan.rule import SEVERITIES
    from wascan.words import printable

    entries = gone.entries()
    severities = {check.id: config.severity(check) for check in packs.all_checks()} if entries else {}
    for level in (*SEVERITIES, ""):  # the last is of other engines
        for check, said in entries:
            if severities.get(check, "") == level:
                click.echo(printable(f"gone: {level:7} {said}" if level else f"gone: {said}"))


def _say(baseline: Baseline, state: str, **others: int) -> None:
    counts = [f"{len(baseline):,} {state}", *(f"{count:,} {name}" for name, count in others.items() if count)]
    click.echo(f"{baseline.file}: {', '.join(counts)}")
