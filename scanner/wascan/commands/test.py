"""``wascan test``: the case files of a pack."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from wascan.cli import CLEAN, FINDINGS, NOTHING, leave, stop
from wascan.commands.common import configured, known_packs

if TYPE_CHECKING:
    from pathlib import Path

    from wascan.packs import Packs
    from wascan.testing import RuleCase


@click.command(
    epilog="Exit status: 0 all cases are as they say, 1 some are not, 2 usage or mistakes, 3 there are none."
)
@click.argument("target", metavar="PACK|FOLDER", type=click.Path())
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="Package with the rules of a folder of cases.")
@click.option(
    "--config", "config_file", metavar="FILE", type=click.Path(), help="Configuration, whose rule-files count, too."
)
def test(target: str, packs: tuple[str, ...], config_file: str | None) -> None:
    """Run the case files of a pack of rules.

    PACK is an installed package, or the name it is installed by; its cases are in a folder called cases, in the package
    or beside it. FOLDER holds case files of the rules of --pack, or of YAML rules that the configuration names.

    \b
    wascan test acme
    wascan test rules/cases --pack acme
    """
    from wascan.testing import CaseError, rule_cases

    config = configured(config_file, {})
    if _is_folder_of_cases(target):
        from pathlib import Path

        folder, names = Path(target), packs
    else:
        name, folder = _cases(target)
        names = (*packs, name)
    known = known_packs(config, names)
    try:
        cases = list(rule_cases(folder))
    except CaseError as error:
        stop([str(error)])
    except Exception as error:  # cases that are no mappings
        stop([f"{folder}: {error}"])
    failed = 0
    rules = {rule.id for rule in known.rules()}
    for case in cases:
        wrong = _verify(case, known, rules)
        if wrong:
            failed += 1
            click.secho(wrong, fg="red")
    click.echo(f"{len(cases) - failed} passed, {failed} failed" if cases else f"{folder}: holds no cases")
    leave(NOTHING if not cases else FINDINGS if failed else CLEAN)


def _is_folder_of_cases(target: str) -> bool:
    """Whether a folder is meant, and not the package of the same name, whose own folder is none of cases."""
    from pathlib import Path

    if not os.path.isdir(target):
        return False
    holds_cases = any(Path(target).rglob("*.yaml")) and not os.path.exists(os.path.join(target, "__init__.py"))
    return holds_cases or _package(target.rstrip("/")) is None


def _package(name: str) -> Path | None:
    """The folder of a package that can be imported."""
    from importlib.util import find_spec
    from pathlib import Path

    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return None
    folders = None if spec is None else spec.submodule_search_locations
    return Path(next(iter(folders))) if folders else None


def _cases(pack: str) -> tuple[str, Path]:
    """The import name of a pack, and the folder of its cases."""
    from wascan.packs import installed

    name = installed().get(pack, pack.rstrip("/"))
    package = _package(name)
    if package is None:
        stop([f"{pack}: is no folder and no installed pack"])
    found = next((folder for folder in (package / "cases", package.parent / "cases") if folder.is_dir()), None)
    if found is None:
        stop([f"{pack}: has no folder called cases, in {package} or beside it: wascan test FOLDER --pack {pack}"])
    return name, found


def _verify(case: RuleCase, packs: Packs, rules: set[str]) -> str:
    """What is wrong with a case; empty if nothing is."""
    if case.rule not in rules:
        return f"{case}: there is no rule {case.rule}"
    try:
        case.verify(packs)
    except Exception as error:  # an assertion of the runner, or what a rule raises
        return f"{error}" if isinstance(error, AssertionError) else f"{case}: {type(error).__name__}: {error}"
    return ""
