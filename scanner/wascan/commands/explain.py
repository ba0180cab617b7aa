"""``wascan explain``: where each value came from, and why a verdict is what it is."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import click

from wascan.cli import leave, stop
from wascan.commands.common import configured, day, known_packs, misspelt, reading
from wascan.commands.scan import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wascan.engine import Answer
    from wascan.graph import Resource
    from wascan.rule import Check


@click.command()
@click.argument("resource")
@click.argument("rule", required=False)
@click.option("--in", "paths", multiple=True, metavar="PATH", help="Where the resource is (default: here).")
@reading
@click.option("--pack", "named", multiple=True, metavar="NAME", help="Package with further rules.")
@click.option("--today", metavar="DATE", callback=day, help="Day of what expires; default: today.")
def explain(
    resource: str,
    rule: str | None,
    paths: tuple[str, ...],
    config_file: str | None,
    named: tuple[str, ...],
    today: str,
    **given: Any,
) -> None:
    """Say why a resource gets the verdicts that it gets.

    RESOURCE is a logical id, a Terraform address (without a key: all of its instances) or a construct path; RULE the id
    of a rule or check.

    \b
    wascan explain Orders
    wascan explain Orders multi-az --in infra/
    """
    from wascan.kind import kind_of
    from wascan.scan import prepare

    config = configured(config_file, given)
    packs = known_packs(config, named)
    if rule is not None and (wrong := packs.vocabulary().no_rule(rule)):
        stop([f"{rule} is no rule but a path, which --in takes" if os.path.exists(rule) else wrong])
    found, engine = prepare(paths or (".",), config, packs, today=today)
    read(found, engine.graph, misspelt(given["parameters"], engine.graph))
    meant = [item for item in engine.graph.resources if _is_called(item, resource)]
    if not meant:
        from wascan.suggest import did_you_mean

        near = did_you_mean(resource, dict.fromkeys(item.name for item in engine.graph.resources))
        stop([f'there is no resource "{resource}".{near}'])
    for item in meant:
        place = item.place(item.path)
        click.secho(f"{item.name} ({item.type}) {place.file}:{place.line}", bold=True)
        said = False
        kind = kind_of(item.type)
        for check in packs.checks(kind) if kind is not None else ():
            if rule is None or rule in (check.id, check.rule.id):
                said = True
                _verdict(check, item, config.options(check, today), engine)
        if not said:
            click.echo("  no rule judges it" if rule is None else f"  {rule} does not judge it")
    leave(0)


def _is_called(item: Resource, name: str) -> bool:
    """Whether a resource goes by a name; an instance goes by that of all, too."""
    construct = item.construct
    if name in (item.name, item.address) or (construct and name in (construct, construct.removesuffix("/Resource"))):
        return True
    instances = (re.sub(key, "", called) for key in (_KEY, f"{_KEY}$") for called in (item.name, item.address))
    return item.dialect == "tf" and name in instances


_KEY = r"""\[(?:\d+|"(?:[^"\\]|\\.)*")\]"""
"""Which instance an address is of (Terraform, "Resource Addressing")."""


def _verdict(check: Check, resource: Resource, options: dict[str, Any] | None, engine: Any) -> None:
    from wascan.verdict import Truth
    from wascan.words import describe

    if options is None:
        click.echo(f"  {check.id}: not judged, for it needs options that nobody set")
        return
    answer: Answer | None = engine.answer(check, resource, options)
    if answer is None:
        click.echo(f"  {check.id}: does not apply")
        return
    kind, facts, case, rests = answer
    click.secho(f"  {check.id}: {_WORDS[kind]}", fg={"fail": "red", "pass": "green"}.get(kind, "yellow"))
    truth = Truth.PASS if kind == "pass" else Truth.UNKNOWN if kind == "open" and not case else Truth.FAIL
    said = [f"{describe(fact, truth)}  ({fact.place.file}:{fact.place.line})" for fact in facts]
    steps = engine.steps(check, resource, options) if not any(fact.value.secret for fact in facts) else []
    came = [f"{_short(written)} comes to {_short(to)}" for written, to in steps]
    resting = [f"the default of {default.label}, {default.text}" for default in rests]
    if kind == "review":
        _lines(f"passes with {' and '.join(resting)}", came)
        _lines(f"would fail when {case}", said)
        return
    for fact in said:
        _lines(fact, ())
    _lines("", came)
    _lines(f"it fails when {case}" if case else "", ())
    _lines(f"rests on {' and '.join(resting)}" if resting else "", ())


def _lines(head: str, inside: Iterable[str]) -> None:
    from wascan.words import printable

    if head:
        click.echo(f"    {printable(head)}")
    for line in dict.fromkeys(inside):
        click.echo(f"      {printable(line)}")


_WORDS = {"pass": "passes", "fail": "fails", "open": "unknown", "review": "passes by a default"}


def _short(data: Any) -> str:
    """Data on one line: functions as they are written, markers in words."""
    from wascan.markers import ABSENT, MARKERS, reason
    from wascan.words import shown

    if data is ABSENT:
        return "nothing"
    if isinstance(data, MARKERS):
        return f"{shown(data)} ({reason(data)})"
    if isinstance(data, dict) and len(data) == 1:
        ((name, argument),) = data.items()
        return f"!{name.removeprefix('Fn::')} {_short(argument)}"
    if isinstance(data, list):
        return f"[{', '.join(map(_short, data))}]"[:160]
    return shown(data)
