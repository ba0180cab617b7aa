"""Every question to every sort of value; what is open is never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wascan.attribute import Flag, One, Switch
from wascan.markers import ABSENT, Reference, Text, Unknown, apart, assemble, could_be, number, plain, reason, symbol
from wascan.value import Fact, Reading, Value, Values
from wascan.verdict import FAIL, PASS, UNKNOWN, Truth, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable


class Somewhere:
    """A resource, as far as values look at it."""

    dialect = "cfn"

    def __init__(self, address: str = "Key") -> None:
        self.address = self.name = address


def reference(address: str = "Key", attribute: str | None = None) -> Reference:
    resource: Any = Somewhere(address)
    return Reference(resource, attribute)


def found(data: Any, *, defaulted: bool = False) -> Reading:
    resource: Any = Somewhere()
    reading = Reading(data, (), resource)
    reading.defaulted = defaulted
    return reading


def value(data: Any, *, secret: bool = False) -> Value:
    attribute = One(cfn="$.Some.Where[*].It", secret=secret)
    attribute.name = "it"
    return Value(attribute, found(data))


def switch(data: Any, *, defaulted: bool = False, **how: Any) -> Switch:
    return Switch(Flag(cfn="$.It", **how), found(data, defaulted=defaulted))


QUESTIONS: dict[str, Callable[[Value], Verdict]] = {
    "is_true": lambda value: value.is_true(),
    "is_false": lambda value: value.is_false(),
    "is_present": lambda value: value.is_present(),
    "is_absent": lambda value: value.is_absent(),
    "equals": lambda value: value.equals("aws:kms"),
    "one_of": lambda value: value.one_of("aws:kms", "aws:kms:dsse"),
    "equals true": lambda value: value.equals(True),
    "equals 7": lambda value: value.equals(7),
    "equals empty": lambda value: value.equals(""),
    "one of all sorts": lambda value: value.one_of("true", 7, False),
    "starts_with": lambda value: value.starts_with("aws:", "alias/"),
    "starts with anything": lambda value: value.starts_with(""),
    "ends_with": lambda value: value.ends_with("kms", "/*"),
    "holds": lambda value: value.holds("w", ":kms:"),
    "at_least": lambda value: value.at_least(7),
    "at_most": lambda value: value.at_most(7),
    "satisfies": lambda value: value.satisfies(lambda text: len(text) > 3, "longer than 3"),
}

NEVER = frozenset({"aws:kms", "aws:kms:dsse"})
HEAD = Text(("aws:", Unknown("parameter", "P")))
TAIL = Text((Unknown("parameter", "P"), ":kms"))
OTHER = Text(("arn:", Unknown("parameter", "P"), "x"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_decided_of_an_unknown_or_a_reference_that_every_value_would_not_share(question: str) -> None:
    sure = {"starts with anything": UNKNOWN, "is_present": PASS, "is_absent": FAIL}
    assert QUESTIONS[question](value(Unknown("parameter"))).truth is UNKNOWN
    assert QUESTIONS[question](value(reference())).truth is sure.get(question, UNKNOWN)
    assert QUESTIONS[question](value(Unknown("parameter", filled=True))).truth is sure.get(question, UNKNOWN)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_absent_is_nothing(question: str) -> None:
    assert QUESTIONS[question](value(ABSENT)).truth is (PASS if question == "is_absent" else FAIL)


@pytest.mark.parametrize("data", [{}, {"a": 1}, ["a"], [["a"]]])
@pytest.mark.parametrize("question", [name for name in QUESTIONS if name not in ("is_present", "is_absent")])
def test_a_container_where_a_scalar_is_due_is_unknown(question: str, data: Any) -> None:
    assert QUESTIONS[question](value(data)).truth is UNKNOWN
    assert value(data).is_present().truth is PASS


@pytest.mark.parametrize(
    ("data", "on"),
    [
        *[(data, True) for data in (True, "true", "True", "TRUE")],
        *[(data, False) for data in (False, "false", "False", "FALSE")],
        *[(data, None) for data in (0, 1, "yes", "on", "enabled", "", "1", " true", 1.0)],
    ],
)
def test_booleans_may_be_written_as_strings(data: Any, on: bool | None) -> None:
    asked = value(data)
    truths = {True: (PASS, FAIL), False: (FAIL, PASS), None: (UNKNOWN, UNKNOWN)}
    assert (asked.is_true().truth, asked.is_false().truth) == truths[on]
    assert asked.equals(True).truth is (PASS if on is True else FAIL)
    assert asked.equals(False).truth is (PASS if on is False else FAIL)


@pytest.mark.parametrize(
    ("data", "wanted", "truth"),
    [
        (7, 7, PASS),
        ("7", 7, PASS),
        (7, "7", PASS),
        ("7", "7", PASS),
        (7.0, 7, PASS),
        ("07", 7, PASS),
        ("07", "7", FAIL),
        (8, 7, FAIL),
        ("seven", 7, FAIL),
        (True, 1, FAIL),
        (1, True, FAIL),
        (False, 0, FAIL),
        ("", 0, FAIL),
        (True, "true", PASS),
        ("True", "true", FAIL),
        ("aws:kms", "aws:kms", PASS),
        ("AWS:KMS", "aws:kms", FAIL),
        (0.5, 0.5, PASS),
        ("0.50", 0.5, PASS),
        (10**400, 7, FAIL),
    ],
)
def test_scalars_are_equal_however_they_are_written(data: Any, wanted: Any, truth: Truth) -> None:
    assert value(data).equals(wanted).truth is truth
    assert value(data).one_of("nothing", wanted).truth is truth


def test_one_of_nothing_is_never_it() -> None:
    assert value("a").one_of().truth is FAIL
    assert value(Unknown("parameter")).one_of().truth is FAIL


@pytest.mark.parametrize(
    ("data", "least", "most"),
    [
        (7, PASS, PASS),
        ("7", PASS, PASS),
        ("6.9", FAIL, PASS),
        (8, PASS, FAIL),
        (-8, FAIL, PASS),
        ("8e3", PASS, FAIL),
        *[(data, UNKNOWN, UNKNOWN) for data in ("seven", "", True, "nan", "inf", "-Infinity", "1_000", 10**400)],
        (float("inf"), UNKNOWN, UNKNOWN),
        (float("nan"), UNKNOWN, UNKNOWN),
    ],
)
def test_numbers_may_be_written_as_strings(data: Any, least: Truth, most: Truth) -> None:
    assert value(data).at_least(7).truth is least
    assert value(data).at_most(7).truth is most


@pytest.mark.parametrize("data", ["", []])
def test_an_empty_string_or_list_sets_nothing(data: Any) -> None:
    assert value(data).is_present().truth is FAIL
    assert value(data).is_absent().truth is PASS


@pytest.mark.parametrize("data", ["a", 0, False, {}, ["a"], HEAD, TAIL, Text((Unknown("a"), reference()))])
def test_anything_else_sets_something(data: Any) -> None:
    assert value(data).is_present().truth is PASS


def test_a_string_of_which_every_part_may_be_empty_may_be_empty() -> None:
    assert value(Text((Unknown("a"), Unknown("b")))).is_present().truth is UNKNOWN
    assert value(Text((Unknown("a"), Unknown("b", filled=True)))).is_present().truth is PASS


def test_strings_are_compared_as_they_are() -> None:
    assert value("alias/aws/s3").starts_with("alias/aws/").truth is PASS
    assert value("alias/own").starts_with("alias/aws/").truth is FAIL
    assert value("arn:aws:s3:::b/*").ends_with("/", "/*").truth is PASS
    assert value("arn:aws:s3:::b").ends_with("/*").truth is FAIL
    assert value("a-b-c").holds("-b-").truth is PASS
    assert value("a-b-c").holds("-B-", "d").truth is FAIL
    assert value(443).starts_with("44").truth is PASS


def test_a_test_that_cannot_tell_leaves_it_unknown() -> None:
    assert value("a").satisfies(lambda _: None, "whatever").truth is UNKNOWN
    assert value("a").satisfies(lambda text: text == "a", "a").truth is PASS
    assert value(True).satisfies(lambda text: text == "true", "true").truth is PASS


@pytest.mark.parametrize(
    ("data", "question", "truth"),
    [
        (HEAD, "starts_with", PASS),
        (OTHER, "starts_with", FAIL),
        (TAIL, "starts_with", UNKNOWN),
        (Text(("a", Unknown("parameter"))), "starts_with", UNKNOWN),
        (TAIL, "ends_with", PASS),
        (OTHER, "ends_with", FAIL),
        (HEAD, "ends_with", UNKNOWN),
        (Text((Unknown("parameter"), "s")), "ends_with", UNKNOWN),
        (HEAD, "holds", PASS),
        (OTHER, "holds", UNKNOWN),
        (HEAD, "equals", UNKNOWN),
        (TAIL, "equals", UNKNOWN),
        (OTHER, "equals", FAIL),
        (Unknown("parameter", never=NEVER), "equals", FAIL),
        (Unknown("parameter", never=NEVER), "one_of", FAIL),
        (Unknown("parameter", never=frozenset({"aws:kms"})), "one_of", UNKNOWN),
        (Unknown("parameter", never=frozenset({"true"})), "equals true", UNKNOWN),  # it may be "True"
        (Text(("Tr", Unknown("parameter"))), "equals true", UNKNOWN),
        (Text(("0", Unknown("parameter"))), "equals 7", UNKNOWN),
    ],
)
def test_what_is_known_of_an_open_value_decides(data: Any, question: str, truth: Truth) -> None:
    assert QUESTIONS[question](value(data)).truth is truth


# soundness


PIECES = st.text(alphabet="aws:kmTrue07/-", max_size=4)
OPEN = st.sampled_from("XYZ")


@st.composite
def texts(draw: st.DrawFn) -> list[str | Unknown]:
    """A string of pieces and open parts, of which some are the same."""
    kinds = draw(st.lists(st.booleans(), min_size=1, max_size=5))
    never = {name: draw(st.sets(PIECES, max_size=2)) for name in "XYZ"}
    filled = {name: draw(st.booleans()) or "" in never[name] for name in "XYZ"}
    unknowns = {name: Unknown("parameter", name, never=frozenset(never[name]), filled=filled[name]) for name in "XYZ"}
    return [draw(PIECES) if known else unknowns[draw(OPEN)] for known in kinds]


@given(texts(), st.dictionaries(OPEN, PIECES | st.sampled_from(["aws:kms", "true", "True", "7", "07"])))
@example(["0", Unknown("parameter", "X")], {"X": "7"})
@example([Unknown("parameter", "X"), Unknown("parameter", "Y")], {})
def test_what_is_decided_of_an_open_value_holds_for_every_filling(
    parts: list[str | Unknown], filling: dict[str, str]
) -> None:
    for part in parts:
        if isinstance(part, Unknown):
            given = filling.setdefault(str(part.identity), "k" if part.filled else "")
            if given in part.never or (part.filled and not given):
                return
    open = value(assemble([*parts]))
    known = value("".join(part if isinstance(part, str) else filling[str(part.identity)] for part in parts))
    for name, question in QUESTIONS.items():
        before, after = question(open).truth, question(known).truth
        assert before is UNKNOWN or before is after, name


@given(texts(), st.dictionaries(OPEN, PIECES))
def test_an_open_string_could_be_each_of_its_fillings(parts: list[str | Unknown], filling: dict[str, str]) -> None:
    text = assemble([*parts])
    if isinstance(text, Text):
        pieces = [part if isinstance(part, str) else filling.get(str(part.identity), "") for part in text.parts]
        assert could_be(text, "".join(pieces))


@given(texts(), texts(), st.dictionaries(OPEN, PIECES))
@example(["a", Unknown("parameter", "X")], ["ab", Unknown("parameter", "X")], {})
@example([Unknown("parameter", "X"), "a"], [Unknown("parameter", "X")], {})
def test_what_is_apart_differs_for_every_filling(
    one: list[str | Unknown], other: list[str | Unknown], filling: dict[str, str]
) -> None:
    filled = [
        "".join(part if isinstance(part, str) else filling.get(str(part.identity), "") for part in parts)
        for parts in (one, other)
    ]
    if apart(assemble([*one]), assemble([*other])):
        assert filled[0] != filled[1]


def test_two_names_that_begin_alike_and_go_on_differently_are_apart() -> None:
    app, account = Unknown("parameter", "App"), Unknown("parameter", "Account")
    assert apart(Text((app, "-orders-", account)), Text((app, "-stock-", account)))
    assert not apart(Text((app, "-orders-", account)), Text((account, "-stock-", app)))
    assert apart(Text((app, "-", account)), Text((app, "-logs-", account)))


@pytest.mark.parametrize(
    ("parts", "wanted", "possible"),
    [
        (("a", "?", "a"), "a", False),
        (("a", "?", "a"), "aa", True),
        (("?", "b", "?"), "abc", True),
        (("?", "b", "?"), "ac", False),
        (("a", "?", "b", "?", "b"), "ab", False),
        (("?", "bc", "?", "ab"), "bcab", True),
        (("?", "bc", "?", "cb"), "bcb", False),
    ],
)
def test_an_open_string_could_be_what_has_its_pieces_in_order(
    parts: tuple[str, ...], wanted: str, possible: bool
) -> None:
    text = Text(tuple(Unknown("parameter") if part == "?" else part for part in parts))
    assert could_be(text, wanted) is possible


# switches


def test_a_switch_takes_its_default_for_what_it_is() -> None:
    assert switch(True, defaulted=True, on=("Enabled",)).is_true().truth is PASS
    assert switch(False, defaulted=True, on=("Enabled",)).is_true().truth is FAIL
    assert switch(Unknown("depends"), defaulted=True).is_true().truth is UNKNOWN


def test_a_switch_with_words_is_on_with_these() -> None:
    assert switch("Enabled", on=("Enabled", "On")).is_true().truth is PASS
    assert switch("Suspended", on=("Enabled", "On")).is_true().truth is FAIL
    assert switch("Suspended", on=("Enabled", "On")).is_false().truth is PASS
    assert switch("True").is_true().truth is PASS
    assert switch("maybe").is_true().truth is UNKNOWN
    assert switch("maybe").is_false().truth is UNKNOWN


def test_a_switch_by_presence_is_on_with_any_value() -> None:
    assert switch("x", by_presence=True).is_true().truth is PASS
    assert switch({}, by_presence=True).is_true().truth is PASS
    assert switch("", by_presence=True).is_true().truth is FAIL
    assert switch(Unknown("parameter"), by_presence=True).is_true().truth is UNKNOWN


# lists


def values(*items: Any, open: bool = False, filled: bool = False) -> Values:
    whole = Unknown("parameter") if open else ABSENT
    return Values(value(whole), [value(item) for item in items], open=open, filled=filled)


def is_a(item: Value) -> Verdict:
    return item.equals("a")


MAYBE = Unknown("parameter")


@pytest.mark.parametrize(
    ("items", "open", "every", "any", "none", "empty"),
    [
        ((), False, PASS, FAIL, PASS, PASS),
        ((), True, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (("a",), False, PASS, PASS, FAIL, FAIL),
        (("a",), True, UNKNOWN, PASS, FAIL, FAIL),
        (("b",), False, FAIL, FAIL, PASS, FAIL),
        (("b",), True, FAIL, UNKNOWN, UNKNOWN, FAIL),
        (("a", "b"), False, FAIL, PASS, FAIL, FAIL),
        (("a", MAYBE), False, UNKNOWN, PASS, FAIL, FAIL),
        (("b", MAYBE), False, FAIL, UNKNOWN, UNKNOWN, FAIL),
        ((MAYBE,), True, UNKNOWN, UNKNOWN, UNKNOWN, FAIL),
    ],
)
def test_questions_to_a_list_follow_kleene(
    items: tuple[Any, ...], open: bool, every: Truth, any: Truth, none: Truth, empty: Truth
) -> None:
    asked = values(*items, open=open)
    assert asked.every(is_a).truth is every
    assert asked.any(is_a).truth is any
    assert asked.none(is_a).truth is none
    assert asked.is_empty().truth is empty


ITEMS = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.none() | ITEMS, max_size=4), st.booleans(), st.lists(ITEMS, max_size=4), st.lists(ITEMS, max_size=2))
def test_what_is_decided_of_an_open_list_holds_for_every_list(
    items: list[str | None], open: bool, filling: list[str], more: list[str]
) -> None:
    """Each unknown item becomes one; an open list may hold more, and does where it is filled."""
    fill = iter([*filling, *"abca"])
    unknown = [Unknown("parameter", number) if item is None else item for number, item in enumerate(items)]
    before = values(*unknown, open=open, filled=open and bool(more))
    after = values(*(next(fill) if item is None else item for item in items), *(more if open else ()))
    for position, ask in enumerate(
        (
            lambda asked: asked.every(is_a),
            lambda asked: asked.any(is_a),
            lambda asked: asked.none(is_a),
            lambda asked: asked.is_empty(),
            lambda asked: asked.count_at_least(1),
            lambda asked: asked.count_at_least(2),
            lambda asked: asked.distinct_at_least(2),
            lambda asked: asked.distinct_at_least(3),
        )
    ):
        first, second = ask(before).truth, ask(after).truth
        assert first is UNKNOWN or first is second, position


def test_a_list_says_what_decided() -> None:
    verdict = values("a", "b", "c").every(is_a)
    assert [fact.value.data for fact in verdict.facts] == ["b", "c"]
    verdict = values("b", "c").any(is_a, "the letter a")
    assert (verdict.facts[0].question, verdict.facts[0].wanted) == ("any", "the letter a")
    assert [fact.value.data for fact in verdict.facts][1:] == ["b", "c"]
    assert [fact.question for fact in values().every(is_a).facts] == ["every"]
    assert [fact.question for fact in values(open=True).any(is_a).facts] == ["any"]


@pytest.mark.parametrize(("count", "open", "truth"), [(2, False, PASS), (1, False, FAIL), (1, True, UNKNOWN)])
def test_a_list_is_counted(count: int, open: bool, truth: Truth) -> None:
    assert values(*["a"] * count, open=open).count_at_least(2).truth is truth


ZONE = Unknown("zone", ("select", 0), distinct="zones")
NEXT_ZONE = Unknown("zone", ("select", 1), distinct="zones")
REGION = Unknown("Region", "region")


@pytest.mark.parametrize(
    ("items", "truth"),
    [
        (("a", "b"), PASS),
        (("a", "a"), FAIL),
        (("1", 1), FAIL),
        (("a",), FAIL),
        ((), FAIL),
        (("a", MAYBE), UNKNOWN),
        ((MAYBE, MAYBE), UNKNOWN),
        ((REGION, REGION), FAIL),
        ((ZONE, NEXT_ZONE), PASS),
        ((ZONE, ZONE), FAIL),
        ((ZONE, "a"), UNKNOWN),
        ((Unknown("zone", "x", distinct="others"), ZONE), UNKNOWN),
        ((Text((REGION, "a")), Text((REGION, "b"))), PASS),
        ((Text((REGION, "a")), Text((REGION, "a"))), FAIL),
        ((Text((MAYBE, "a")), Text((MAYBE, "b"))), UNKNOWN),
        ((Text(("a", REGION)), Text(("a", Unknown("other", "other")))), UNKNOWN),
        ((reference("A"), reference("B")), PASS),
        ((reference("A"), reference("A")), FAIL),
        ((reference("A"), reference("A", "Arn")), UNKNOWN),
        ((reference("A", "AvailabilityZone"), reference("B", "AvailabilityZone")), UNKNOWN),
        ((reference("A", "Arn"), reference("B", "Arn")), PASS),
        (({"a": 1}, {"b": 1}), UNKNOWN),
    ],
)
def test_different_items_are_counted_as_far_as_they_are_sure_to_differ(items: tuple[Any, ...], truth: Truth) -> None:
    assert values(*items).distinct_at_least(2).truth is truth
    opened = values(*items, open=True).distinct_at_least(2).truth
    assert opened is (PASS if truth is PASS else UNKNOWN)


# what a value is for Python


@pytest.mark.parametrize("asked", [value("a"), values("a")])
def test_a_value_and_a_list_have_no_truth_for_python(asked: Any) -> None:
    with pytest.raises(TypeError, match="ask it"):
        bool(asked)


def test_a_value_has_no_equality_and_is_no_key() -> None:
    with pytest.raises(TypeError, match="equals"):
        _ = value("a") == "a"
    with pytest.raises(TypeError, match="unhashable"):
        {value("a")}
    with pytest.raises(TypeError, match="every"):
        list(values("a"))


def test_a_secret_is_not_shown() -> None:
    assert "hunter2" not in repr(value("hunter2", secret=True))
    assert repr(value("a")) == "Some.Where.It='a'"
    assert repr(Fact(value("a"), "one_of", ("b",))) == "Some.Where.It='a' one_of ('b',)"


def test_a_fact_is_negated_and_back() -> None:
    fact = Fact(value("a"), "one_of", ("b",))
    assert fact.negated().question == "not one_of"
    assert fact.negated().negated().question == "one_of"


# markers


@pytest.mark.parametrize(
    ("data", "written"),
    [(True, "true"), (False, "false"), (None, ""), (7, "7"), (0.5, "0.5"), ("a", "a")],
)
def test_a_scalar_in_a_string_is_written_as_templates_do(data: Any, written: str) -> None:
    assert plain(data) == written
    assert symbol(data) == written


def test_only_what_is_sure_to_be_the_same_has_a_symbol() -> None:
    assert symbol(MAYBE) is symbol(ABSENT) is symbol({}) is symbol([]) is None
    assert symbol(REGION) == "region"
    assert symbol(Text(("a", REGION))) == symbol(Text(("a", REGION))) is not None
    assert symbol(Text(("a", REGION))) != symbol(Text(("b", REGION)))
    assert symbol(Text(("a", MAYBE))) is None
    assert symbol(reference("A")) == symbol(reference("A"))
    assert symbol(reference("A")) != symbol(reference("A", "Arn"))
    assert symbol("a") != symbol(reference("a"))


def test_parts_are_put_together() -> None:
    assert assemble([]) == assemble(["", ""]) == ""
    assert assemble(["a", "b", ""]) == "ab"
    assert assemble(["", REGION]) is REGION
    text = assemble(["a", Text(("b", REGION, "c")), "d", MAYBE])
    assert isinstance(text, Text)
    assert text.parts == ("ab", REGION, "cd", MAYBE)


def test_a_marker_says_why_it_is_open() -> None:
    assert reason(REGION) == "Region"
    assert reason(Text(("a", REGION, MAYBE))) == "Region"
    assert reason(reference("Key")) == "it comes from Key"


@pytest.mark.parametrize(
    ("data", "read"), [("7", 7.0), (7, 7.0), (True, None), ("x", None), (None, None), ([7], None), (" 7 ", 7.0)]
)
def test_a_number_is_read_from_a_string(data: Any, read: float | None) -> None:
    assert number(data) == read
