"""Kleene's strong logic, and the facts that remain of it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wascan.verdict import FAIL, PASS, UNKNOWN, Truth, Verdict, all_of, any_of, known

if TYPE_CHECKING:
    from collections.abc import Callable

TRUTHS = (PASS, FAIL, UNKNOWN)
PAIRS = list(itertools.product(TRUTHS, repeat=2))
TRIPLES = list(itertools.product(TRUTHS, repeat=3))


class Said:
    """A fact of which only the name matters here."""

    def __init__(self, name: str, *, negated: bool = False) -> None:
        self.name = name
        self.is_negated = negated

    def negated(self) -> Said:
        return Said(self.name, negated=not self.is_negated)


def verdict(truth: Truth, *names: str) -> Verdict:
    facts: Any = tuple(Said(name) for name in names)
    return Verdict(truth, facts)


def facts(verdict: Verdict) -> list[str]:
    said: Any = verdict.facts
    return [f"not {fact.name}" if fact.is_negated else fact.name for fact in said]


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (PASS, PASS, PASS, PASS),
        (PASS, FAIL, FAIL, PASS),
        (PASS, UNKNOWN, UNKNOWN, PASS),
        (FAIL, FAIL, FAIL, FAIL),
        (FAIL, UNKNOWN, FAIL, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_the_tables_are_kleenes(a: Truth, b: Truth, both: Truth, either: Truth) -> None:
    for one, other in ((a, b), (b, a)):
        assert (verdict(one) & verdict(other)).truth is both
        assert (verdict(one) | verdict(other)).truth is either


def test_a_negation_swaps_pass_and_fail_and_leaves_unknown() -> None:
    assert [(~verdict(truth)).truth for truth in TRUTHS] == [FAIL, PASS, UNKNOWN]


@pytest.mark.parametrize(("x", "y", "z"), TRIPLES)
def test_the_laws_of_the_algebra_hold_in_truth(x: Truth, y: Truth, z: Truth) -> None:
    a, b, c = verdict(x), verdict(y), verdict(z)
    same = [
        (a & b, b & a),
        (a | b, b | a),
        ((a & b) & c, a & (b & c)),
        ((a | b) | c, a | (b | c)),
        (a & (b | c), (a & b) | (a & c)),
        (a | (b & c), (a | b) & (a | c)),
        (~(a & b), ~a | ~b),
        (~(a | b), ~a & ~b),
        (~~a, a),
        (a & a, a),
        (a | a, a),
        (a & (a | b), a),
        (a | (a & b), a),
        (a & known(True), a),
        (a | known(False), a),
        (a & known(False), known(False)),
        (a | known(True), known(True)),
    ]
    for number, (left, right) in enumerate(same):
        assert left.truth is right.truth, number


EXPRESSIONS: st.SearchStrategy[Any] = st.recursive(
    st.integers(0, 3),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
        st.tuples(st.sampled_from(["all", "any"]), st.lists(inner, max_size=4)),
    ),
    max_leaves=12,
)


def evaluate(expression: Any, leaves: list[Verdict]) -> Verdict:
    if isinstance(expression, int):
        return leaves[expression]
    match expression[0]:
        case "not":
            return ~evaluate(expression[1], leaves)
        case "and":
            return evaluate(expression[1], leaves) & evaluate(expression[2], leaves)
        case "or":
            return evaluate(expression[1], leaves) | evaluate(expression[2], leaves)
    combine: Callable[..., Verdict] = all_of if expression[0] == "all" else any_of
    return combine(evaluate(item, leaves) for item in expression[1])


@given(EXPRESSIONS, st.lists(st.sampled_from(TRUTHS), min_size=4, max_size=4))
def test_more_knowledge_never_turns_what_was_decided(expression: Any, truths: list[Truth]) -> None:
    before = evaluate(expression, [verdict(truth) for truth in truths]).truth
    for filled in itertools.product(*([truth] if truth is not UNKNOWN else [PASS, FAIL] for truth in truths)):
        after = evaluate(expression, [verdict(truth) for truth in filled]).truth
        assert after is not UNKNOWN
        assert before in (UNKNOWN, after)


@given(EXPRESSIONS, st.lists(st.sampled_from(TRUTHS), min_size=4, max_size=4))
def test_the_facts_that_remain_decide_alone(expression: Any, truths: list[Truth]) -> None:
    leaves = [verdict(truth, str(number)) for number, truth in enumerate(truths)]
    result = evaluate(expression, leaves)
    kept = {fact.removeprefix("not ") for fact in facts(result)}
    if result.truth is UNKNOWN:
        assert kept
        assert all(truths[int(name)] is UNKNOWN for name in kept)
        return
    # whatever becomes of all the others, the result stays
    others = [number for number in range(4) if str(number) not in kept]
    for filled in itertools.product(TRUTHS, repeat=len(others)):
        changed = dict(zip(others, filled, strict=True))
        again = evaluate(expression, [verdict(changed.get(number, truth)) for number, truth in enumerate(truths)])
        assert again.truth is result.truth


def test_only_the_facts_that_decided_remain_in_the_order_of_the_question() -> None:
    a, b, c = verdict(PASS, "a"), verdict(FAIL, "b"), verdict(UNKNOWN, "c")
    assert facts(a & b) == facts(b & a) == ["b"]
    assert facts(a | b) == facts(b | a) == ["a"]
    assert facts(a & c) == facts(b | c) == ["c"]
    assert facts(b & c) == ["b"]
    assert facts(a & verdict(PASS, "d")) == ["a", "d"]
    assert facts(b & verdict(FAIL, "d")) == ["b", "d"]
    assert facts(c | verdict(UNKNOWN, "d")) == ["c", "d"]
    assert facts(~(a & b)) == ["not b"]
    assert facts(~~b) == ["b"]
    assert facts(all_of([a, b, c, verdict(FAIL, "d")])) == ["b", "d"]
    assert facts(any_of([b, a, c, verdict(PASS, "d")])) == ["a", "d"]


def test_nothing_to_ask_passes_all_and_fails_any_without_a_fact() -> None:
    assert all_of([]).truth is PASS
    assert any_of([]).truth is FAIL
    assert facts(known(True)) == facts(known(False)) == facts(all_of([])) == []


@pytest.mark.parametrize("truth", TRUTHS)
def test_a_verdict_has_no_truth_for_python(truth: Truth) -> None:
    with pytest.raises(TypeError, match="combine verdicts with &"):
        bool(verdict(truth))
    with pytest.raises(TypeError, match="combine verdicts with &"):
        not verdict(truth)
    with pytest.raises(TypeError, match="combine verdicts with &"):
        verdict(truth) and verdict(PASS)


def test_a_verdict_shows_its_truth_and_its_facts() -> None:
    assert repr(verdict(UNKNOWN)) == "<unknown: >"
    assert repr(Verdict(PASS)).startswith("<pass")
