"""``wascan scan``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from wascan.cli import CLEAN, COMMANDS, FINDINGS, NOTHING, TROUBLE, hush, leave, stop
from wascan.commands.common import configured, day, known_packs, misspelt, present, reading, scanned

if TYPE_CHECKING:
    from wascan.config import Config
    from wascan.finding import Report
    from wascan.graph import Graph, Note
    from wascan.sources import Found


@click.command(epilog="Exit status: 0 clean, 1 findings, 2 something could not be read or done, 3 nothing to scan.")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option("-o", "--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help="text, sarif, github, json, "
              "markdown, html, junit or gitlab; repeatable.")  # fmt: skip
@click.option("--fail-on", metavar="SEVERITY", type=click.Choice(["high", "medium", "low", "none"]), help="Least "
              "that fails: high, medium, low or none.")  # fmt: skip
@click.option("--fail-on-unknown", is_flag=True, default=None, help="Fail on what is unknown before deploy, too.")
@click.option("--select", multiple=True, metavar="SELECTOR", help="Judge only by these rules, practices, ...")
@click.option("--ignore", multiple=True, metavar="SELECTOR", help="Leave these out.")
@reading
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="Package with further rules.")
@click.option("--engine", "engines", metavar="NAME", type=click.Choice(["checkov", "cfn-lint"]), multiple=True,
              help="Run checkov or cfn-lint, too.")  # fmt: skip
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Known findings, which fail nothing.")
@click.option("--changed-since", metavar="REV", help="Tell only what stands in lines changed since.")
@click.option("--changed-only", is_flag=True, help="Leave out what a plan leaves as it is.")
@click.option("--settings-from", metavar="REV", help="Settings, baseline and waivers as of then.")
@click.option("--skip-unrecognised", is_flag=True, help="Pass over named files of other kinds.")
@click.option("--stdin-filename", metavar="NAME", help="What standard input (-) is called.")
@click.option("--show-files", is_flag=True, help="List what is read and skipped, and why.")
@click.option("--show-unknown", is_flag=True, help="List what is unknown before deploy, too.")
@click.option("--today", metavar="DATE", callback=day, help="Day of what expires; default: today.")
def scan(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    config_file: str | None,
    packs: tuple[str, ...],
    engines: tuple[str, ...],
    changed_since: str | None,
    changed_only: bool,
    settings_from: str | None,
    skip_unrecognised: bool,
    stdin_filename: str | None,
    show_files: bool,
    show_unknown: bool,
    today: str,
    **given: Any,
) -> None:
    """Scan templates, CDK assemblies and Terraform plans.

    \b
    wascan scan infra/ --fail-on medium
    wascan scan cdk.out -o sarif=wascan.sarif -o text
    """
    _no_command(paths)
    config = configured(config_file, given, settings_from)
    if engines:
        present(engines)
    report = scanned(
        paths or (".",),
        config,
        known_packs(config, packs),
        engines=engines,
        changed_since=changed_since,
        settings_from=settings_from,
        changed_only=changed_only,
        today=today,
        skip_unrecognised=skip_unrecognised,
        stdin_name=stdin_filename,
    )
    if show_files:
        _show_files(report)
        return
    report.notes += misspelt(given["parameters"], report.graph)
    status = _status(report, config, skip_unrecognised=skip_unrecognised)
    tell(report, quietly=skip_unrecognised)
    _write(report, outputs or ("text",), status, show_unknown=show_unknown, fail_on=config.fail_on)
    leave(status)


def _no_command(paths: tuple[str, ...]) -> None:
    """Ends where a path that there is not was meant for a command."""
    for path in paths:
        if path.isalpha() and not os.path.exists(path):
            from wascan.suggest import did_you_mean

            if path in COMMANDS:
                raise click.UsageError(f"{path} is a command, which comes first: wascan {path}")
            if near := did_you_mean(path, COMMANDS):
                raise click.UsageError(f"there is no command and no path {path}.{near}")


def _status(report: Report, config: Config, *, skip_unrecognised: bool) -> int:
    from wascan.rule import SEVERITIES

    if report.errors:
        return TROUBLE
    if not report.sources:
        return CLEAN if skip_unrecognised else NOTHING
    failing = SEVERITIES[: SEVERITIES.index(config.fail_on) + 1] if config.fail_on != "none" else ()
    if any(finding.fails and finding.severity in failing for finding in report.findings):
        return FINDINGS
    if config.fail_on_unknown and any(finding.kind == "open" and finding.counts for finding in report.findings):
        return FINDINGS
    return CLEAN


def read(found: Found, graph: Graph, notes: list[Note]) -> Report:
    """A report of what was read and of nothing else, told."""
    from wascan.finding import Report

    report = Report(graph)
    report.sources, report.unreadable, report.notes = found.sources, found.unreadable, [*graph.notes, *notes]
    tell(report)
    return report


def tell(report: Report, *, quietly: bool = False) -> None:
    """Errors and warnings, on standard error: they are no findings, and no output should miss them. With `quietly`,
    that there is nothing to scan is none."""
    for broken in report.unreadable:
        where = "".join(f":{number}" for number in (broken.line, broken.column) if number)
        click.echo(_said(f"{broken.name}{where}: error: {broken.message}"), err=True)
    for note in report.notes:
        where = "".join(f"{part}:" for part in (note.file, note.line) if part)
        click.echo(_said(f"{where} {note.level}: {note.message}".strip()), err=True)
    if not (report.sources or report.unreadable or quietly):
        from wascan.sources import TERRAFORM

        nothing = "no template, cloud assembly or plan was found (--show-files says why)"
        for skipped in report.skipped:
            if skipped.reason == TERRAFORM:
                nothing = f"{skipped.name} is {TERRAFORM}"
        click.echo(_said(f"nothing to scan: {nothing}"), err=True)


def _said(text: str) -> str:
    """A line that begins with the name of a file; it cannot pose as a command of a build log, which begins with colons."""
    from wascan.words import printable

    return printable(f"./{text}" if text.startswith(":") else text)


def _show_files(report: Report) -> None:
    for source in report.sources:
        click.echo(_said(f"{source.name}: {source.form.value}"))
    for skipped in report.skipped:
        click.echo(_said(f"{skipped.name}: skipped, {skipped.reason}"))
    for broken in report.unreadable:
        click.echo(_said(f"{broken.name}: {broken.message}"))


def _write(report: Report, outputs: tuple[str, ...], status: int, *, show_unknown: bool, fail_on: str) -> None:
    from wascan import reports

    for output in outputs:
        form, _, file = output.partition("=")
        if form not in reports.FORMATS:
            raise click.UsageError(f"there is no format {form}; there are {', '.join(reports.FORMATS)}")
    from wascan import __version__

    terminal = sys.stdout.isatty()
    options = {
        "colour": _colour(terminal),
        "width": _width() if terminal else 100,
        "show_unknown": show_unknown,
        "exit_code": status,
        "fail_on": fail_on,
        "version": __version__,
    }
    for output in outputs:
        form, _, file = output.partition("=")
        try:
            reports.save(form, report, file or None, **options)
        except BrokenPipeError:
            if file not in ("", "-"):
                raise
            # whoever read it has seen enough (`| head`): what was found is the same, and so are the other reports
            hush()
        except OSError as error:
            stop([f"{file or 'standard output'}: cannot be written: {error.strerror}"])
    files = [output.partition("=")[2] for output in outputs]
    if report.sources and all(file not in ("", "-") for file in files):
        from wascan.reports._tally import Counts, verdict_line

        said = verdict_line(Counts(report))
        click.echo(_said(f"{said[:1].upper()}{said[1:]}. The report is in {' and '.join(files)}."), err=True)


def _colour(terminal: bool) -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR or FORCE_COLOR say otherwise (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return terminal or bool(os.environ.get("FORCE_COLOR"))


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns
