"""Three-valued truth that remembers the facts it rests on.

A verdict is pass, fail or unknown, and combines by Kleene's strong logic of indeterminacy
(S. C. Kleene, "Introduction to Metamathematics", section 64): what is not known yet is never guessed,
and only matters where it could still turn the result.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wascan.value import Fact


class Truth(Enum):
    """The three values. ``FAIL`` beats ``UNKNOWN`` beats ``PASS`` in a conjunction."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # an enum's own hashes the name, in Python


PASS, FAIL, UNKNOWN = Truth.PASS, Truth.FAIL, Truth.UNKNOWN
_OPPOSITE = {PASS: FAIL, FAIL: PASS, UNKNOWN: UNKNOWN}


class Verdict:
    """An answer, and the facts that decided it, most telling first.

    Combine with ``&``, ``|`` and ``~``. A verdict has no truth value for Python, because an ``if``
    would have to guess what unknown means: ``bool()`` of one raises.
    """

    __slots__ = ("facts", "truth")

    def __init__(self, truth: Truth, facts: tuple[Fact, ...] = ()) -> None:
        self.truth = truth
        self.facts = facts

    def __and__(self, other: Verdict) -> Verdict:
        return _stronger(self, other, FAIL)

    def __or__(self, other: Verdict) -> Verdict:
        return _stronger(self, other, PASS)

    def __invert__(self) -> Verdict:
        return Verdict(_OPPOSITE[self.truth], tuple([fact.negated() for fact in self.facts]))

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict may be unknown: combine verdicts with &, | and ~, not with and, or, not and if")

    def __repr__(self) -> str:
        return f"<{self.truth.value}: {', '.join(map(repr, self.facts))}>"


def _stronger(a: Verdict, b: Verdict, dominant: Truth) -> Verdict:
    """The verdict of two in which `dominant` beats unknown; only the facts that decided remain."""
    if a.truth is b.truth:
        return Verdict(a.truth, a.facts + b.facts)
    if a.truth is dominant or b.truth is dominant:
        return a if a.truth is dominant else b
    return a if a.truth is UNKNOWN else b


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The conjunction; passes when there is none."""
    return _fold(verdicts, PASS, FAIL)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The disjunction; fails when there is none."""
    return _fold(verdicts, FAIL, PASS)


def _fold(verdicts: Iterable[Verdict], neutral: Truth, dominant: Truth) -> Verdict:
    """Many verdicts joined as two are, without copying the facts at each step."""
    truth = neutral
    facts: list[Fact] = []
    for verdict in verdicts:
        if verdict.truth is truth:
            facts += verdict.facts
        elif verdict.truth is dominant or truth is neutral:
            truth, facts = verdict.truth, [*verdict.facts]
    return Verdict(truth, tuple(facts))


def but(verdict: Verdict, exception: Verdict) -> Verdict:
    """A verdict unless there is an exception, of which nothing is said where there is none."""
    return verdict if exception.truth is FAIL else verdict & ~exception


def known(truth: bool) -> Verdict:
    """A verdict that rests on no fact of the input, such as a service that always does the right thing."""
    return _YES if truth else _NO


_YES, _NO = Verdict(PASS), Verdict(FAIL)
