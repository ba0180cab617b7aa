"""What several commands share: the configuration with the command line over it, the packs, a day, and one scan."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from wascan.cli import stop

if TYPE_CHECKING:
    from wascan.baseline import Baseline
    from wascan.changes import Changes
    from wascan.config import Config
    from wascan.finding import Report
    from wascan.packs import Packs
    from wascan.revision import Revision


def day(_ctx: click.Context, _parameter: click.Parameter, given: str | None) -> str:
    """A day as written, or today."""
    if given is None:
        import time

        return time.strftime("%Y-%m-%d")
    from datetime import date

    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise click.BadParameter("a day is written as 2027-01-31") from error


def configured(file: str | None, given: dict[str, Any], revision: str | None = None) -> Config:
    """The configuration, or what it was at a revision, with what the command line says over it."""
    from wascan import config

    try:
        found = config.load(file) if revision is None else config.load(file, _at(revision))
    except config.ConfigError as error:
        stop(error.messages)
    for name in ("fail_on", "fail_on_unknown", "region", "account", "baseline"):
        if given.get(name) is not None:
            setattr(found, name, given[name])
    if given.get("select"):
        found.select = list(given["select"])
    found.ignore += given.get("ignore", ())
    found.source += given.get("source", ())
    for pair in given.get("parameters", ()):
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--parameter takes NAME=VALUE, not {pair}")
        found.parameters[name] = value
    for path in given.get("parameter_files", ()):
        from wascan.parameters import ParametersError, read

        try:
            found.parameters = {**read(path), **found.parameters}
        except ParametersError as error:
            stop([str(error)])
    return found


def _at(revision: str) -> Revision:
    from wascan.changes import ChangesError
    from wascan.revision import Revision

    try:
        return Revision(revision)
    except ChangesError as error:
        stop([str(error)])


def scanned(
    paths: tuple[str, ...],
    config: Config,
    packs: Packs,
    *,
    changed_since: str | None = None,
    settings_from: str | None = None,
    **how: Any,
) -> Report:
    """One scan, which tells how far it is on a terminal; waivers that are newer than `settings_from` do not hold."""
    from wascan.scan import scan

    known = None if config.baseline is None else known_findings(config)
    changes, trusted = _changes(changed_since), _changes(settings_from)
    how["ignored"] = trusted is not None  # a .gitignore is as much of a setting, and git keeps no old one apart
    if not sys.stderr.isatty():
        return scan(paths, config, packs, known=known, changes=changes, trusted=trusted, **how)
    from wascan.commands.progress import Progress

    with Progress() as progress:
        return scan(paths, config, packs, known=known, changes=changes, trusted=trusted, watch=progress.watch, **how)


def present(engines: tuple[str, ...]) -> None:
    """Ends where one of these other engines is not installed."""
    from wascan.engines import EngineError, locate

    try:
        locate(engines)
    except EngineError as error:
        stop([str(error)])


def known_findings(config: Config) -> Baseline:
    """The baseline of the configuration."""
    from wascan import baseline

    assert config.baseline is not None
    try:
        return baseline.read(config.baseline, config.contents(config.baseline))
    except baseline.BaselineError as error:
        stop([str(error)])
    except OSError as error:
        stop([f"{config.baseline}: cannot be read: {error.strerror}. wascan baseline write makes one."])


def _changes(revision: str | None) -> Changes | None:
    if revision is None:
        return None
    from wascan.changes import Changes, ChangesError

    try:
        return Changes(revision)
    except ChangesError as error:
        stop([str(error)])


def known_packs(config: Config, named: tuple[str, ...]) -> Packs:
    """The packs of the command line and of the configuration; the configuration is held against their rules."""
    from wascan import packs
    from wascan.config import ConfigError

    names = list(named)
    if config.packs:
        there = packs.installed()
        missing = [name for name in config.packs if name not in there]
        if missing:
            stop([f"the pack {name} is not installed" for name in missing])
        names += [there[name] for name in config.packs]
    try:
        found = packs.Packs(names, config.rule_files, config.contents)
        if config.document is not None or config.select or config.ignore:
            config.verify(found.vocabulary())
    except packs.PackError as error:
        stop([str(error)])
    except ConfigError as error:
        stop(error.messages)
    return found
