"""``wascan rules``, ``wascan rule`` and ``wascan practices``: what there is to judge by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import click

from wascan.cli import leave, stop
from wascan.commands.common import all_packs, configured

if TYPE_CHECKING:
    from wascan.packs import Packs
    from wascan.rule import Check, Rule


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to list them.")
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="Package with further rules.")
def rules(form: str, packs: tuple[str, ...]) -> None:
    """List the rules, those that wascan.yaml brings too.

    \b
    wascan rules
    wascan rules --format json
    """
    known = all_packs(configured(None, {}), packs)
    if form == "json":
        import json

        click.echo(json.dumps([_facts(rule, known) for rule in known.rules()], indent=2))
    else:
        _list(known)
    leave(0)


def _facts(rule: Rule, known: Packs) -> dict[str, Any]:
    """A rule for machines."""
    from wascan import packs

    checks = [check for check in known.all_checks() if check.rule is rule]
    return {
        "id": rule.id,
        "pillar": rule.pillar,
        "title": rule.in_general(rule.title),
        "practices": list(rule.practices),
        "severity": rule.severity,
        "evidence": rule.evidence,
        "options": {
            name.replace("_", "-"): {"type": option.type, "required": option.required}
            | ({} if option.required else {"default": option.default})
            for name, option in rule.options.items()
            if name != "today"
        },
        "checks": [
            {
                "id": check.id,
                "severity": check.severity,
                "types": list(check.kind.types),
                "equivalents": packs.equivalents(check.id),
            }
            for check in checks
        ],
    }


def _list(known: Packs) -> None:
    from wascan.catalogue import PILLARS

    found = known.rules()
    checks = known.all_checks()
    for slug, title in PILLARS:
        of_pillar = [rule for rule in found if rule.pillar == slug]
        if of_pillar:
            click.secho(title, bold=True)
        for rule in of_pillar:
            number = sum(check.rule is rule for check in checks)
            kinds = "1 kind" if number == 1 else f"{number} kinds"
            click.echo(f"  {rule.id:32} {rule.severity:7} {' '.join(rule.practices):34} {kinds}")
    click.echo(f"{len(found)} rules, {len(checks)} checks. wascan rule ID says more of one.")


@click.command()
@click.argument("name")
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="Package with further rules.")
def rule(name: str, packs: tuple[str, ...]) -> None:
    """Show the page of a rule or check.

    Of a rule of another scanner, list the checks that ask the same.

    \b
    wascan rule multi-az
    wascan rule encryption-at-rest.rds-instance
    wascan rule checkov:CKV_AWS_18
    """
    from wascan.pages import page

    known = all_packs(configured(None, {}), packs)
    if ":" in name:
        _answers(name, known)
    own = name.partition(".")[0]
    found = next((rule for rule in known.rules() if rule.id == own), None)
    checks = [check for check in known.all_checks() if check.rule is found and name in (own, check.id)]
    if found is None and name[:1].isupper():
        stop([f"{name} is no rule; of a practice, wascan practices {name} says what judges it"])
    if found is None or not checks:
        stop([known.vocabulary().no_rule(name) or f'the rule "{name}" judges nothing'])
    click.echo(page(found, checks), nl=False)
    leave(0)


def _answers(name: str, known: Packs) -> NoReturn:
    """The checks that ask what the rule of another scanner asks."""
    from wascan import packs

    ids = packs.answering(name)
    if not ids:
        stop([f"no check of wascan's asks what {name} asks"])
    for check in known.all_checks():
        if check.id in ids:
            click.echo(f"{check.id}: {check.title}")
    leave(0)


@click.command()
@click.argument("name", required=False)
def practices(name: str | None) -> None:
    """Show the best practices, and what judges each.

    \b
    wascan practices
    wascan practices SEC08-BP02
    """
    from wascan import catalogue

    checks = all_packs(configured(None, {}), ()).all_checks()
    lenses = [framework.id for framework in catalogue.frameworks()]
    by_practice: dict[str, list[Check]] = {}
    for check in checks:
        for id in check.rule.practices:
            by_practice.setdefault(id, []).append(check)
    if name is None:
        for practice in catalogue.practices("wellarchitected"):
            number = len(by_practice.get(practice.id, ()))
            click.echo(f"{practice.id:12} {practice.risk or '':7} {number or '':>4} {practice.title}")
        click.echo("Practice, risk of lacking it, number of checks that give evidence for it, title.")
        click.echo(f"wascan practices LENS lists those of a lens: {', '.join(lenses[1:])}.")
        leave(0)
    try:
        wanted = catalogue.practices(name) if name in lenses else [catalogue.practice(name)]
    except catalogue.UnknownPractice as error:
        stop([str(error)])
    for practice in wanted:
        _practice(practice, by_practice.get(practice.id, []), brief=name in lenses)
    leave(0)


def _practice(practice: Any, checks: list[Check], *, brief: bool) -> None:
    from wascan.catalogue import evidence

    click.secho(f"{practice.id} {practice.title}", bold=True)
    if brief:
        return
    click.echo(f"  {practice.framework} {practice.version or ''}, {practice.question or ''}")
    click.echo(f"  risk of lacking it: {practice.risk or 'not stated'}   {practice.url or ''}")
    shown = evidence(practice.id)
    click.echo(f"  code can show: {shown.text}" if shown else "  code cannot show it")
    for check in checks:
        click.echo(f"  judged by {check.id}: {check.title}")
    if not checks:
        click.echo("  no rule judges it")
