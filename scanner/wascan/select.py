"""The language that names checks: in `select` and `ignore`, on the command line, and in waivers.

A selector is the id of a check (`encryption-at-rest.sqs-queue`), of a rule (`encryption-at-rest`), of a practice
(`SEC08-BP02`, be it the rule's first or a further one), of a lens (`generative-ai-lens`), or a pillar (`security`).
In ids of checks, rules and practices `*` stands for any text (`SEC08-*`, `*.sqs-queue`); nothing else is special.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from wascan.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wascan.rule import Check, Rule

ENGINES = ("cfn-lint", "checkov")
"""Other engines; a check of theirs is called `engine:id`, and nobody knows them all."""


class Selectors:
    """Some selectors, any of which may match."""

    __slots__ = ("_exact", "_memo", "_patterns", "written")

    def __init__(self, written: Iterable[str]) -> None:
        self.written = tuple(written)
        self._exact = frozenset(selector for selector in self.written if "*" not in selector)
        self._patterns = [glob(selector) for selector in self.written if "*" in selector]
        self._memo: dict[str, bool] = {}

    def match(self, check: Check) -> bool:
        """Whether they name `check`."""
        found = self._memo.get(check.id)
        if found is None:
            ids, groups = _names(check)
            found = not (self._exact.isdisjoint(ids) and self._exact.isdisjoint(groups))
            found = found or any(test(id) for test in self._patterns for id in ids)
            self._memo[check.id] = found
        return found


@cache
def _names(check: Check) -> tuple[frozenset[str], frozenset[str]]:
    """The ids that a check goes by, and what it is part of: its pillar and lenses."""
    from wascan.catalogue import UnknownPractice, practice

    ids = {check.id, check.rule.id, *check.rule.practices}
    groups = {check.rule.pillar}
    for written in check.rule.practices:
        try:
            found = practice(written)
        except UnknownPractice:
            continue
        ids |= {found.id, f"{found.framework}:{found.id}"}
        groups.add(found.framework)
    return frozenset(ids), frozenset(groups)


def glob(pattern: str) -> Callable[[str], object]:
    """A test whether a text is what `pattern` says, in which `*` stands for any text and nothing else is special."""
    if "*" not in pattern:
        return pattern.__eq__
    first, *middle, last = map(re.escape, pattern.split("*"))
    # a star takes the shortest text that lets what follows it match, for good: no pattern is slow to fail
    taken = "".join(f"(?>.*?{part})" for part in middle)
    return re.compile(f"{first}{taken}.*{last}", re.DOTALL).fullmatch


class Vocabulary:
    """What there is to select among: the ids of rules, those of `checks`, and how to `find` a rule by its id.

    `checks` is called only when somebody names a check, a pattern or a stranger.
    """

    def __init__(self, rules: Iterable[str], checks: Callable[[], Iterable[str]], find: Callable[[str], Rule]) -> None:
        self._rules = frozenset(rules)
        self._list = checks
        self._find = find
        self._listed: frozenset[str] | None = None

    def rule(self, name: str) -> Rule | None:
        """The rule that the id of a rule or check speaks of; None if it is another engine's."""
        return None if _is_foreign(name) else self._find(name.partition(".")[0])

    def no_rule(self, name: str) -> str | None:
        """The complaint, if `name` is the id of no rule and no check."""
        if _is_foreign(name) or name in self._rules or name in self._checks():
            return None
        return f'there is no rule or check "{name}".{did_you_mean(name, sorted(self._rules | self._checks()))}'

    def stranger(self, selector: str) -> str | None:
        """The complaint, if a selector names nothing that there is."""
        from wascan.catalogue import PILLARS, UnknownPractice, frameworks, practice, practices

        others = [*dict(PILLARS), *(framework.id for framework in frameworks())]
        if selector in self._rules or selector in others or _is_foreign(selector):
            return None
        if "*" in selector:
            test = glob(selector)
            ids = (*self._rules, *self._checks(), *(practice.id for practice in practices()))
            return None if any(map(test, ids)) else f'"{selector}" matches no rule, check or practice.'
        if selector in self._checks():
            return None
        try:
            practice(selector)
        except UnknownPractice as unknown:
            if selector[:1].isupper():
                return str(unknown)
            near = did_you_mean(selector, sorted(self._rules.union(others, self._checks())))
            return f'there is no rule, check, practice, pillar or lens "{selector}".{near}'
        return None

    def _checks(self) -> frozenset[str]:
        if self._listed is None:
            self._listed = frozenset(self._list())
        return self._listed


def _is_foreign(name: str) -> bool:
    return name.partition(":")[0] in ENGINES and ":" in name
