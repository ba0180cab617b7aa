"""``wascan scan``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from wascan.cli import CLEAN, FINDINGS, NOTHING, TROUBLE, leave, stop
from wascan.commands.common import configured, day, known_packs

if TYPE_CHECKING:
    from wascan.config import Config
    from wascan.finding import Report


@click.command(epilog="Exit status: 0 clean, 1 findings, 2 something could not be read or done, 3 nothing to scan.")
@click.argument("paths", nargs=-1)
@click.option("-o", "--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help="text, json, sarif, github, "
              "markdown, html, junit or gitlab; to FILE or the terminal. May be repeated.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(["high", "medium", "low", "none"]), help="Least severity that fails the "
              "scan (default: high).")  # fmt: skip
@click.option("--fail-on-unknown", is_flag=True, default=None, help="Fail also on what nobody can tell before deploy.")
@click.option("--select", multiple=True, metavar="SELECTOR", help="Judge only these rules, checks, practices, pillars "
              "or lenses.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="SELECTOR", help="Leave these out.")
@click.option("-p", "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="Value of a parameter.")
@click.option("--parameters", "parameter_files", multiple=True, metavar="FILE", help="File of parameters.")
@click.option("--region", help="Region that is deployed to, where the input does not say.")
@click.option("--account", help="Account that is deployed to.")
@click.option("--config", "config_file", metavar="FILE", help="Configuration (default: wascan.yaml here or above).")
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="Package with further rules.")
@click.option("--source", multiple=True, metavar="DIR", help="Folder with the .tf files behind a plan.")
@click.option("--skip-unrecognised", is_flag=True, help="Pass over named files that are none of wascan's.")
@click.option("--stdin-filename", metavar="NAME", help="What standard input (-) is called.")
@click.option("--show-files", is_flag=True, help="List what is read and skipped, and why.")
@click.option("--show-unknown", is_flag=True, help="List what nobody can tell before deploy, too.")
@click.option("--today", metavar="DATE", callback=day, help="Day that expiries are held against (default: today).")
def scan(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    config_file: str | None,
    packs: tuple[str, ...],
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
    wascan scan cdk.out --output sarif=wascan.sarif --output text
    """
    from wascan.scan import scan as run

    config = configured(config_file, given)
    known = known_packs(config, packs)
    report = run(
        paths or (".",),
        config,
        known,
        today=today,
        skip_unrecognised=skip_unrecognised,
        stdin_name=stdin_filename,
    )
    if show_files:
        _show_files(report)
        return
    status = _status(report, config, skip_unrecognised=skip_unrecognised)
    _tell(report)
    _write(report, outputs or ("text",), status, show_unknown=show_unknown)
    leave(status)


def _status(report: Report, config: Config, *, skip_unrecognised: bool) -> int:
    from wascan.rule import SEVERITIES

    if report.unreadable or any(note.level == "error" for note in report.notes):
        return TROUBLE
    if not report.sources:
        return CLEAN if skip_unrecognised else NOTHING
    failing = SEVERITIES[: SEVERITIES.index(config.fail_on) + 1] if config.fail_on != "none" else ()
    if any(finding.fails and finding.severity in failing for finding in report.findings):
        return FINDINGS
    if config.fail_on_unknown and any(finding.kind == "open" and finding.counts for finding in report.findings):
        return FINDINGS
    return CLEAN


def _tell(report: Report) -> None:
    """Errors and warnings, on standard error: they are no findings, and no output should miss them."""
    from wascan.words import printable

    for broken in report.unreadable:
        where = "".join(f":{number}" for number in (broken.line, broken.column) if number)
        click.echo(f"{broken.name}{where}: error: {printable(broken.message)}", err=True)
    for note in report.notes:
        where = "".join(f"{part}:" for part in (note.file, note.line) if part)
        click.echo(f"{where} {note.level}: {printable(note.message)}".strip(), err=True)
    if not report.sources and not report.unreadable:
        click.echo("nothing to scan: no template, cloud assembly or plan was found (--show-files says why)", err=True)


def _show_files(report: Report) -> None:
    for source in report.sources:
        click.echo(f"{source.name}: {source.form.value}")
    for skipped in report.skipped:
        click.echo(f"{skipped.name}: skipped, {skipped.reason}")
    for broken in report.unreadable:
        click.echo(f"{broken.name}: {broken.message}")


def _write(report: Report, outputs: tuple[str, ...], status: int, *, show_unknown: bool) -> None:
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
        "version": __version__,
    }
    for output in outputs:
        form, _, file = output.partition("=")
        try:
            reports.save(form, report, file or None, **options)
        except OSError as error:
            stop([f"{file or 'standard output'}: cannot be written: {error.strerror}"])


def _colour(terminal: bool) -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR or FORCE_COLOR say otherwise (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return terminal or bool(os.environ.get("FORCE_COLOR"))


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns
