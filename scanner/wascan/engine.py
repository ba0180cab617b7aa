"""Judging: every check on every resource of a graph, in every case that the input leaves open.

A check is first asked in a blurred world, which leaves each open choice unknown. What it answers there holds in every
case, and most answers are found so. Only where it cannot tell there, it is asked case by case: it passes or fails if
all cases agree, and is unknown else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.finding import FAIL, OPEN, REVIEW, Finding
from wascan.graph import Note
from wascan.kind import kind_of, view
from wascan.verdict import Truth, Verdict
from wascan.world import Impossible, Undecided, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wascan.graph import Graph, Resource
    from wascan.kind import Kind
    from wascan.rule import Check, Severity
    from wascan.value import Fact
    from wascan.world import Default

MAX_CASES = 64
"""So many cases of one question are looked at; with more it stays unknown, and says so."""

PASS = "pass"
_PASS, _FAIL, _UNKNOWN = Truth.PASS, Truth.FAIL, Truth.UNKNOWN  # looking one up takes 100 ns
_NOWHERE = "nothing outside this scan provides it"
Answer = tuple[str, "tuple[Fact, ...]", str, "tuple[Default, ...]"]
"""The kind of a finding, or `PASS`; the facts; the case; the defaults that it rests on."""
_There = tuple["Kind | None", "tuple[Default, ...]"]


class Engine:
    """Judges the resources of one graph.

    `checks` gives the checks on a kind. `options` gives the options of a check by name, or None where it needs a
    choice that nobody made. `severity` gives a check's severity. `done` is how many resources have been looked at. Once
    `findings` has run, `judged` counts the verdicts of each check, `broken` tells of rules that raised, and `unconfigured`
    are the checks that judged nothing for want of options. Without `tail`, types that only take tags are left out.
    """

    def __init__(
        self,
        graph: Graph,
        checks: Callable[[type[Kind]], Iterable[Check]],
        options: Callable[[Check], dict[str, Any] | None],
        severity: Callable[[Check], Severity],
        *,
        tail: bool = True,
    ) -> None:
        self.graph = graph
        self._tail = tail
        self._checks = checks
        self._options = options
        self._severity = severity
        self._blurred = World(blurred=True)
        self._worlds: dict[tuple[bool, frozenset[Any]], World] = {}
        self.done = 0
        self.judged: dict[Check, dict[str, int]] = {}
        self.broken: list[Note] = []
        self.unconfigured: list[Check] = []

    def findings(self, passes: list[Finding] | None = None) -> Iterator[Finding]:
        """Every answer that is anything but a pass, in the order of the graph; what passes is added to `passes`."""
        severities: dict[Check, Severity] = {}
        for check, resource, (kind, facts, case, rests) in self.answers():
            if kind is not PASS:
                severity = severities.get(check) or severities.setdefault(check, self._severity(check))
                yield Finding(check, resource, kind, facts, severity, case, rests)
            elif passes is not None:
                passes.append(Finding(check, resource, PASS, facts, check.severity))

    def answers(self) -> Iterator[tuple[Check, Resource, Answer]]:
        """What each check says of each resource that it applies to, in the order of the graph."""
        plans: dict[str, list[tuple[Check, dict[str, Any], dict[str, int]]]] = {}
        scope = None
        for resource in self.graph.resources:
            self.done += 1
            if resource.derived:
                continue
            plan = plans.get(resource.type)
            if plan is None:
                plan = plans[resource.type] = self._plan(resource.type)
            if not plan:
                continue
            if resource.scope is not scope:
                # the cases of one stack are of no use to the next
                scope = resource.scope
                self._worlds.clear()
            there = _there(resource, self._blurred)
            for check, options, tally in plan:
                try:
                    answer = self._answer(check, resource, options, there)
                except Exception as error:
                    self.broken.append(_broken(check, resource, error))
                    continue
                if answer is not None:
                    tally[PASS if answer[0] is REVIEW else answer[0]] += 1
                    yield check, resource, answer

    def _plan(self, type: str) -> list[tuple[Check, dict[str, Any], dict[str, int]]]:
        """What is asked of a resource type."""
        kind = kind_of(type)
        if kind is None and self._tail:
            from wascan.kinds.taggable import kind_in_tail

            kind = kind_in_tail(type)
        plan = []
        for check in () if kind is None else self._checks(kind):
            options = self._options(check)
            if options is None:
                self.unconfigured.append(check)
            else:
                tally = self.judged.setdefault(check, {PASS: 0, FAIL: 0, OPEN: 0})
                plan.append((check, options, tally))
        return plan

    def answer(self, check: Check, resource: Resource, options: dict[str, Any]) -> Answer | None:
        """What a check says of a resource; None where it does not apply."""
        return self._answer(check, resource, options, _there(resource, self._blurred))

    def _answer(self, check: Check, resource: Resource, options: dict[str, Any], there: _There) -> Answer | None:
        verdict, rests = _ask(check, options, there)
        case = ""
        if verdict is None:
            if not rests:
                return None
        elif verdict.truth is _UNKNOWN:
            verdict, case = self._by_cases(check, resource, options, verdict)
        rests = _defaults(verdict, rests)
        if verdict is not None and verdict.truth is _PASS and not rests:
            return PASS, verdict.facts, "", ()
        here = check.rule.evidence == "here" or resource.scope.whole
        if verdict is not None and verdict.truth is not _PASS:
            if verdict.truth is _FAIL and here:
                return FAIL, verdict.facts, "", rests
            if not here and (case or verdict.truth is _FAIL):
                case = f"{case} and {_NOWHERE}" if case else _NOWHERE
            return OPEN, verdict.facts, case, rests
        for default in rests if here else ():
            for option in default.choice.options:
                other = self._otherwise(check, resource, options, self._blurred.having(default.choice, option))
                if other is not None and other.truth is _FAIL:
                    return REVIEW, other.facts, f"{default.label} is {option}", (default,)
        return None if verdict is None else (PASS, verdict.facts, "", ())

    def _otherwise(self, check: Check, resource: Resource, options: dict[str, Any], world: World) -> Verdict | None:
        """What a check says with another value of a parameter than its default."""
        try:
            return _ask(check, options, _there(resource, self._world(world)))[0]
        except Impossible:
            return None

    def steps(self, check: Check, resource: Resource, options: dict[str, Any]) -> list[tuple[Any, Any]]:
        """What was resolved on the way to the answer: what was written, and what it came to."""
        world = World(blurred=True)
        world.trace = []
        _ask(check, options, _there(resource, world))
        return world.trace

    def _by_cases(
        self, check: Check, resource: Resource, options: dict[str, Any], blurred: Verdict
    ) -> tuple[Verdict | None, str]:
        """The verdict that all cases agree on; else unknown, and the case that fails if there is one."""
        todo = [self._world(World())]
        asked = 0
        possible = False
        seen: dict[Truth, tuple[Verdict, World]] = {}
        while todo and not (len(seen) > 1 and _FAIL in seen):
            if asked == MAX_CASES:
                return blurred, f"more than {MAX_CASES} cases are open"
            world = todo.pop()
            try:
                verdict, _ = _ask(check, options, _there(resource, world))
            except Undecided as open:
                choice = open.choice
                todo += [self._world(world.having(choice, option)) for option in reversed(choice.options)]
                continue
            except Impossible:
                asked += 1
                continue
            asked += 1
            possible = True
            if verdict is not None:
                seen.setdefault(verdict.truth, (verdict, world))
        if not seen:
            return None if possible else blurred, ""
        if len(seen) == 1 and _UNKNOWN not in seen:
            return next(iter(seen.values()))[0], ""
        if _FAIL in seen:
            verdict, world = seen[_FAIL]
            return Verdict(_UNKNOWN, verdict.facts), str(world)
        return Verdict(_UNKNOWN, seen[_UNKNOWN][0].facts), ""

    def _world(self, world: World) -> World:
        """The world with these choices, the same object each time, for what it remembers."""
        choices = frozenset((key, str(option)) for key, option in world.decided.items())
        return self._worlds.setdefault((world.blurred, choices), world)


def _ask(check: Check, options: dict[str, Any], there: _There) -> tuple[Verdict | None, tuple[Default, ...]]:
    """The verdict on what is there, None where that is nothing, or none of the check's subjects; and the defaults that
    this rests on. Raises `Undecided` and `Impossible`."""
    kind, rests = there
    if kind is None:
        return None, rests
    rule, applies = check.rule, None
    if rule.applicable is not None:
        applies = rule.applicable(kind)
        if applies.facts:
            rests = _defaults(applies, rests)
        if applies.truth is _FAIL:
            return None, rests
    verdict = rule.judge(kind, **options)
    if not isinstance(verdict, Verdict):
        raise TypeError(f"it answers with {verdict!r}, which is no verdict")
    if applies is not None and applies.truth is _UNKNOWN and verdict.truth is _FAIL:
        return applies, rests
    return verdict, rests


def _there(resource: Resource, world: World) -> _There:
    """A resource as its kind in one world, None where it is not in it; and the defaults that this rests on. Raises
    `Undecided` and `Impossible`."""
    found: _There | None = world.memo.get(resource)
    if found is None:
        world.noted = []
        exists = resource.scope.exists(resource, world)
        found = world.memo[resource] = None if exists is False else view(resource, world), tuple(world.noted)
    return found


def _defaults(verdict: Verdict | None, others: tuple[Default, ...]) -> tuple[Default, ...]:
    """The parameters whose defaults a verdict takes, and others, each once."""
    found = None
    for fact in verdict.facts if verdict is not None else ():
        if fact.value.rests:  # few do
            found = found or {default.choice.key: default for default in others}
            for default in fact.value.rests:
                found[default.choice.key] = default.hidden() if fact.value.secret else default
    return others if found is None else tuple(found.values())


def _broken(check: Check, resource: Resource, error: Exception) -> Note:
    place = resource.place(resource.path)
    message = f"the rule {check.rule.id} is broken: {type(error).__name__}: {error} (on {resource.name})"
    return Note("error", message, place.file, place.line)
