"""What several commands share: the configuration with the command line over it, the packs, a day, and one scan."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from wascan.cli import stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wascan.baseline import Baseline
    from wascan.changes import Changes
    from wascan.config import Config
    from wascan.finding import Report
    from wascan.graph import Graph, Note
    from wascan.packs import Packs
    from wascan.revision import Revision

_READING = (
    click.option("-p", "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="Value of a parameter."),
    click.option(
        "--parameters", "parameter_files", multiple=True, metavar="FILE", type=click.Path(), help="File of parameters."
    ),
    click.option("--region", metavar="REGION", help="Region, where the input names none."),
    click.option("--account", metavar="ID", help="Account, where the input names none."),
    click.option(
        "--source",
        multiple=True,
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False),
        help="Folder of the .tf files behind a plan.",
    ),
    click.option(
        "--config",
        "config_file",
        metavar="FILE",
        type=click.Path(),
        help="Settings; default: wascan.yaml here or above.",
    ),
)


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads what is to be judged."""
    for option in reversed(_READING):
        command = option(command)
    return command


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
    for name in ("region", "account"):
        if given.get(name) is not None and not re.search(config.KEYS[name]["pattern"], given[name]):
            example = config.KEYS[name]["examples"][0]
            raise click.UsageError(f"--{name} takes a value such as {example}, not {given[name]}")
    for name in ("fail_on", "fail_on_unknown", "region", "account", "baseline"):
        if given.get(name) is not None:
            setattr(found, name, given[name])
    if given.get("select"):
        found.select = _between_commas(given["select"])
    found.ignore += _between_commas(given.get("ignore", ()))
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


def _between_commas(given: Iterable[str]) -> list[str]:
    return [selector.strip() for text in given for selector in text.split(",") if selector.strip()]


def misspelt(given: tuple[str, ...], graph: Graph) -> list[Note]:
    """A warning of each --parameter that no template has."""
    from wascan.graph import Note
    from wascan.suggest import did_you_mean

    known = {name for scope in graph.scopes for name in scope.takes()}
    names = [pair.partition("=")[0] for pair in given]
    return [
        Note("warning", f'no template has a parameter "{name}".{did_you_mean(name, sorted(known))}')
        for name in names
        if name not in known
    ]


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

    config.select = _own(config.select, how.get("engines", ()))
    known = None if config.baseline is None else known_findings(config)
    changes, trusted = _changes(changed_since), _changes(settings_from)
    how["ignored"] = trusted is not None  # a .gitignore is as much of a setting, and git keeps no old one apart
    if not sys.stderr.isatty():
        return scan(paths, config, packs, known=known, changes=changes, trusted=trusted, **how)
    from wascan.commands.progress import Progress

    with Progress() as progress:
        return scan(paths, config, packs, known=known, changes=changes, trusted=trusted, watch=progress.watch, **how)


def _own(selected: list[str], engines: Sequence[str]) -> list[str]:
    """What is selected, with our checks that ask the same in the place of rules of engines that do not run. Ends where
    there are none, and nothing else is selected.
    """
    from wascan.select import ENGINES

    absent = [name for name in ENGINES if name not in engines]
    foreign = [selector for selector in selected if selector.partition(":")[0] in absent]
    if not foreign:
        return selected
    from wascan.packs import answered, answering
    from wascan.select import glob

    found = [selector for selector in selected if selector not in foreign]
    for selector in foreign:
        test = glob(selector)
        found += sorted({id for rule in answered(selector.partition(":")[0]) if test(rule) for id in answering(rule)})
    if not found:
        names = dict.fromkeys(selector.partition(":")[0] for selector in foreign)
        run = " ".join(f"--engine {name}" for name in names)
        stop([f"no check of wascan's asks what {' or '.join(foreign)} asks; {run} runs it"])
    return found


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
    """The packs of the command line and of the configuration, which is held against their rules."""
    from wascan.config import ConfigError

    found = all_packs(config, named)
    try:
        if config.document is not None or config.select or config.ignore:
            config.verify(found.vocabulary())
    except ConfigError as error:
        stop(error.messages)
    return found


def all_packs(config: Config, named: tuple[str, ...]) -> Packs:
    """The packs of the command line, by the name they are announced by or that of the package, and of the
    configuration."""
    from wascan import packs

    names: list[str] = []
    if named or config.packs:
        there = packs.installed()
        missing = [name for name in config.packs if name not in there]
        if missing:
            others = f"; there are {', '.join(sorted(there))}" if there else ""
            stop([f"the pack {name} is not installed{others}" for name in missing])
        names = [there.get(name, name) for name in (*named, *config.packs)]
    try:
        return packs.Packs(names, config.rule_files, config.contents)
    except packs.PackError as error:
        stop(str(error).splitlines())
