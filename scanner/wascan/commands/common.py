"""What several commands share: the configuration with the command line over it, the packs, and a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wascan.cli import stop

if TYPE_CHECKING:
    from wascan.config import Config
    from wascan.packs import Packs


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


def configured(file: str | None, given: dict[str, Any]) -> Config:
    """The configuration, with what the command line says over it."""
    from wascan import config

    try:
        found = config.load(file)
    except config.ConfigError as error:
        stop(error.messages)
    for name in ("fail_on", "fail_on_unknown", "region", "account"):
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
        found = packs.Packs(names, rule_files=config.rule_files)
        if config.document is not None or config.select or config.ignore:
            config.verify(found.vocabulary())
    except packs.PackError as error:
        stop([str(error)])
    except ConfigError as error:
        stop(error.messages)
    return found
