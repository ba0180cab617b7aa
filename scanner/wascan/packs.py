"""Packs: packages of rules, the built-in one and those of third parties, which come through the same door.

A pack is a package whose modules hold rules, announced as an entry point of the group ``wascan.rules`` or named on
the command line. The built-in pack carries an index, so that a scan imports only the rules on the kinds it meets.
"""

from __future__ import annotations

import importlib
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from wascan.kind import Kind
from wascan.rule import Check, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from wascan.select import Vocabulary

BUILT_IN = "wascan_rules"

TAIL = "taggable"
"""What the index calls all the kinds that only take tags (`wascan.kinds.taggable`)."""


class PackError(Exception):
    """A pack cannot be used; the message says which, and why."""


class Packs:
    """The rules of some packs, by what they judge. `names` are import names of packages, `BUILT_IN` is always one.
    `contents` reads the files of rules, where they are not to be opened.
    """

    def __init__(
        self,
        names: Sequence[str] = (),
        rule_files: Sequence[str] = (),
        contents: Callable[[str], bytes] | None = None,
    ) -> None:
        packages = dict.fromkeys(name for name in names if name != BUILT_IN)
        self._others = [rule for name in packages for rule in modules_of(_package(name))]
        self._checks: dict[type[Kind], list[Check]] = {}
        if rule_files:
            from wascan.declared import DeclaredError, read

            try:
                self._others += [rule for file in rule_files for rule in read(file, contents)]
            except DeclaredError as error:
                raise PackError(str(error)) from error
        if self._others:
            self._hold_apart()

    def _hold_apart(self) -> None:
        """Ids are promises: no two rules may have the same."""
        index = importlib.import_module(f"{BUILT_IN}._index").MODULES
        taken = {_rule_id(name): BUILT_IN for names in index.values() for name in names}
        for rule in self._others:
            if rule.id in taken:
                raise PackError(f"{rule.module}: there is a rule {rule.id} already, in {taken[rule.id]}")
            taken[rule.id] = rule.module

    def checks(self, kind: type[Kind]) -> list[Check]:
        """The checks on a kind, by id; the same objects each time."""
        if kind not in self._checks:
            rules = [*_built_in(kind), *(rule for rule in self._others if rule.judges(kind))]
            self._checks[kind] = sorted((Check(rule, kind) for rule in rules), key=lambda check: check.id)
        return self._checks[kind]

    def rules(self) -> list[Rule]:
        """Every rule there is, by id. Imports them all."""
        return sorted([*modules_of(importlib.import_module(BUILT_IN)), *self._others], key=lambda rule: rule.id)

    def all_checks(self) -> list[Check]:
        """Every check there is, by id. Imports everything."""
        found = [check for kind in every_kind() for check in self.checks(kind)]
        return sorted(found, key=lambda check: check.id)

    def judges_tail(self, configured: set[str]) -> bool:
        """Whether anything is asked of types that only take tags. `configured` are the rules that somebody set options
        of: without these, no built-in rule judges a tag.
        """
        modules: tuple[str, ...] = importlib.import_module(f"{BUILT_IN}._index").MODULES[TAIL]
        if not configured.isdisjoint(map(_rule_id, modules)):
            return True
        if not self._others:
            return False
        from wascan.kinds.taggable import LongTail

        return any(rule.judges(LongTail) for rule in self._others)

    def vocabulary(self) -> Vocabulary:
        """What selectors may name. Of the built-in rules, only those that are asked for are imported."""
        from wascan.select import Vocabulary

        index: dict[str, tuple[str, ...]] = importlib.import_module(f"{BUILT_IN}._index").MODULES
        modules = {_rule_id(name): name for names in index.values() for name in names}
        others = {rule.id: rule for rule in self._others}

        def checks() -> list[str]:
            from wascan.kinds.taggable import slugs

            kinds = {**dict.fromkeys(slugs(), index[TAIL]), **index}
            del kinds[TAIL]
            built_in = [f"{_rule_id(name)}.{slug}" for slug, names in kinds.items() for name in names]
            return [*built_in, *(check.id for check in self.all_checks())] if others else built_in

        return Vocabulary([*modules, *others], checks, lambda name: others.get(name) or _rule_in(modules[name]))


def _built_in(kind: type[Kind]) -> list[Rule]:
    modules = importlib.import_module(f"{BUILT_IN}._index").MODULES.get(kind.rules_of or kind.slug, ())
    return [_rule_in(name) for name in modules]


def _rule_in(module: str) -> Rule:
    found: Rule = getattr(importlib.import_module(f"{BUILT_IN}.{module}"), module.rpartition(".")[2])
    return found


def _rule_id(module: str) -> str:
    return module.rpartition(".")[2].replace("_", "-")


def _package(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise PackError(f"the pack {name} cannot be imported: {error}") from error


def installed() -> dict[str, str]:
    """The packs that are installed beside the built-in one: the name of the entry point, and the package."""
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group="wascan.rules") if point.value != BUILT_IN}


def modules_of(package: ModuleType) -> list[Rule]:
    """The rules in all modules of a package, by id."""
    import pkgutil

    rules: dict[str, Rule] = {}
    prefix = f"{package.__name__}."
    for info in pkgutil.walk_packages(getattr(package, "__path__", ()), prefix):
        if not info.name.rpartition(".")[2].startswith("_"):
            module = importlib.import_module(info.name)
            rules.update((rule.id, rule) for rule in vars(module).values() if isinstance(rule, Rule))
    rules.update((rule.id, rule) for rule in vars(package).values() if isinstance(rule, Rule))
    return [rules[id] for id in sorted(rules)]


def known_kinds() -> list[type[Kind]]:
    """The kinds with a type whose modules are imported."""
    found: list[type[Kind]] = []
    todo: list[Any] = [Kind]
    while todo:
        for kind in todo.pop().__subclasses__():
            if kind not in found:
                found.append(kind)
                todo.append(kind)
    return [kind for kind in found if kind.__dict__.get("types") and not kind.rules_of]


def every_kind() -> list[type[Kind]]:
    """All kinds, by slug. Imports them."""
    index = importlib.import_module("wascan.kinds._index")
    for module in sorted(set(index.NAMES.values())):
        importlib.import_module(f"wascan.kinds.{module}")
    return sorted(known_kinds(), key=lambda kind: kind.slug)


@cache
def _equivalents() -> dict[str, list[str]]:
    """The rules of other scanners by check, as `scripts/build_equivalents.py` made them."""
    import json

    package = sys.modules.get(BUILT_IN) or importlib.import_module(BUILT_IN)
    folder = str(next(iter(package.__path__)))
    with open(f"{folder}/_equivalents.json", encoding="utf-8") as stream:
        found: dict[str, list[str]] = json.load(stream)
    return found


def equivalents(check_id: str) -> list[str]:
    """The rules of other scanners, as ``scanner:rule``, that answer the same question as a check."""
    return _equivalents().get(check_id, [])


@cache
def _answering() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for check, others in _equivalents().items():
        for other in others:
            found.setdefault(other, set()).add(check)
    return {other: frozenset(checks) for other, checks in found.items()}


def answering(rule: str) -> frozenset[str]:
    """The ids of the checks that answer the same question as a rule of another scanner, which is ``scanner:rule``."""
    return _answering().get(rule, frozenset())


def every_equivalent(scanner: str) -> frozenset[str]:
    """The ids of all checks that answer the same question as some rule of another scanner."""
    return frozenset().union(*map(answering, answered(scanner)))


def answered(scanner: str) -> list[str]:
    """The rules of another scanner, as ``scanner:rule``, that some check answers, in order."""
    return sorted(rule for rule in _answering() if rule.startswith(f"{scanner}:"))
