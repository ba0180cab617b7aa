"""A value as a rule sees it: known, absent (with AWS's default), a reference, or unknown.

A value has no ``==``, no truth and no length of its own. It is asked, and each question answers with a
`Verdict` that remembers the value as its fact.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, could_be, is_word, number, plain, present, symbol
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict, all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from wascan.document import Path, Place
    from wascan.graph import Resource
    from wascan.world import World


class Fact:
    """One question put to one value: what a verdict rests on. It is put into words only when reported."""

    __slots__ = ("question", "value", "wanted")

    def __init__(self, value: Value, question: str, wanted: object = None) -> None:
        self.value = value
        self.question = question
        self.wanted = wanted

    @property
    def place(self) -> Place:
        """Where the value was written, or where it is missing."""
        return self.value.resource.place(self.value.path)

    def negated(self) -> Fact:
        return Fact(self.value, _negated(self.question), self.wanted)

    def __repr__(self) -> str:
        return f"{self.value!r} {self.question} {'' if self.wanted is None else self.wanted}".rstrip()


@cache
def _negated(question: str) -> str:
    return question.removeprefix("not ") if question.startswith("not ") else f"not {question}"


class Named(Protocol):
    """The attribute that a value belongs to."""

    name: str
    secret: bool

    def label(self, dialect: str) -> str: ...

    def __hash__(self) -> int: ...


class Reading:
    """What reading an attribute found: the data, where it stands, and what parameter defaults it rests on."""

    __slots__ = ("data", "defaulted", "path", "resource", "rests")

    def __init__(self, data: Any, path: Any, resource: Resource, rests: tuple[Any, ...] = ()) -> None:
        self.data = data
        self.path = path
        self.resource = resource
        self.rests = rests
        self.defaulted = False

    def inside(self, data: Any, path: Path, world: World) -> Reading:
        """What is written in it, at `path`, resolved; it rests on what this rests on, too."""
        outer, world.noted = world.noted, []
        try:
            found = Reading(*self.resource.scope.resolve(data, path, world), self.resource)
            found.rests = (*self.rests, *world.noted)
        finally:
            world.noted = outer
        return found


class Value:
    """One value of one resource.

    `data` is what it comes to: plain data, a marker, or `ABSENT` (a default of AWS or of the dialect's tool
    has then been put in its place, and `defaulted` is true). `path` is where in the document it was written,
    or where it is missing. `rests` names the parameters whose defaults were taken to get it.
    """

    __slots__ = ("attribute", "data", "defaulted", "path", "resource", "rests")

    def __init__(self, attribute: Named, found: Reading) -> None:
        self.attribute = attribute
        self.data = found.data
        self.path = found.path
        self.resource = found.resource
        self.rests = found.rests
        self.defaulted = found.defaulted

    @property
    def name(self) -> str:
        """What the dialect calls the attribute."""
        return _label(self.attribute, self.resource.dialect)

    @property
    def secret(self) -> bool:
        return self.attribute.secret

    def __repr__(self) -> str:
        return f"{self.name}={'...' if self.secret else self.data!r}"

    def __bool__(self) -> NoReturn:
        raise TypeError("a value may be unknown: ask it (is_true, equals, is_present ...) instead of testing it")

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("a value may be unknown: ask it with equals() or one_of() instead of ==")

    __hash__ = None  # type: ignore[assignment]  # equality is a question, so a value cannot be a key

    def _answer(self, truth: bool | None, question: str, wanted: object = None) -> Verdict:
        return Verdict(PASS if truth else UNKNOWN if truth is None else FAIL, (Fact(self, question, wanted),))

    def _known(self, question: str, wanted: object, test: Callable[[Any], bool | None]) -> Verdict:
        """Ask `test` of known data; absence fails, and markers stay unknown."""
        data = self.data
        if isinstance(data, MARKERS):
            return self._answer(None, question, wanted)
        return self._answer(False if data is ABSENT else test(data), question, wanted)

    def is_true(self) -> Verdict:
        """Whether it is switched on. What is neither true nor false is unknown."""
        return self._known("is_true", True, lambda data: _boolean(data))

    def is_false(self) -> Verdict:
        """Whether it is switched off."""
        return self._known("is_false", False, lambda data: None if (on := _boolean(data)) is None else not on)

    def is_present(self) -> Verdict:
        """Whether something is set: anything but an empty string or list, also a reference to another resource."""
        return self._answer(present(self.data), "is_present")

    def is_absent(self) -> Verdict:
        """The opposite of `is_present`."""
        there = present(self.data)
        return self._answer(None if there is None else not there, "not is_present")

    def equals(self, wanted: str | int | bool) -> Verdict:
        """Whether it is `wanted`. Numbers and booleans may be written as strings."""
        return self.one_of(wanted)

    def one_of(self, *wanted: str | int | bool) -> Verdict:
        """Whether it is one of these."""
        data = self.data
        texts = [item for item in wanted if isinstance(item, str)]
        if isinstance(data, str) and (data in texts or len(texts) == len(wanted)):
            return self._answer(data in texts, "one_of", wanted)
        if len(texts) == len(wanted):  # there is more than one way to write a number or boolean
            if isinstance(data, Unknown) and not any(map(data.may_be, texts)):
                return self._answer(False, "one_of", wanted)
            if isinstance(data, Text) and not any(could_be(data, text) for text in texts):
                return self._answer(False, "one_of", wanted)
        return self._known(
            "one_of",
            wanted,
            lambda data: None if isinstance(data, (dict, list)) else any(_same(data, item) for item in wanted),
        )

    def starts_with(self, *prefixes: str) -> Verdict:
        """Whether the string begins with one of these."""
        if isinstance(self.data, Text) and isinstance(head := self.data.parts[0], str):
            if head.startswith(prefixes):
                return self._answer(True, "starts_with", prefixes)
            if not any(prefix.startswith(head) for prefix in prefixes):
                return self._answer(False, "starts_with", prefixes)
        return self._known(
            "starts_with",
            prefixes,
            lambda data: None if isinstance(data, (dict, list)) else plain(data).startswith(prefixes),
        )

    def ends_with(self, *suffixes: str) -> Verdict:
        """Whether the string ends with one of these."""
        if isinstance(self.data, Text) and isinstance(tail := self.data.parts[-1], str):
            if tail.endswith(suffixes):
                return self._answer(True, "ends_with", suffixes)
            if not any(suffix.endswith(tail) for suffix in suffixes):
                return self._answer(False, "ends_with", suffixes)
        elif (
            isinstance(self.data, Text)
            and is_word(self.data.parts[-1])
            and not any(suffix == "" or suffix[-1].isalnum() or suffix[-1] == "-" for suffix in suffixes)
        ):
            return self._answer(False, "ends_with", suffixes)
        return self._known(
            "ends_with",
            suffixes,
            lambda data: None if isinstance(data, (dict, list)) else plain(data).endswith(suffixes),
        )

    def holds(self, *pieces: str) -> Verdict:
        """Whether the string has one of these in it."""
        if isinstance(self.data, Text):
            found = any(piece in part for part in self.data.parts if isinstance(part, str) for piece in pieces)
            return self._answer(True if found else None, "holds", pieces)
        return self._known(
            "holds",
            pieces,
            lambda data: None if isinstance(data, (dict, list)) else any(piece in plain(data) for piece in pieces),
        )

    def at_least(self, least: float) -> Verdict:
        """Whether it is a number of at least this."""
        return self._known("at_least", least, lambda data: None if (n := number(data)) is None else n >= least)

    def at_most(self, most: float) -> Verdict:
        """Whether it is a number of at most this."""
        return self._known("at_most", most, lambda data: None if (n := number(data)) is None else n <= most)

    def satisfies(self, test: Callable[[str], bool | None], wanted: str) -> Verdict:
        """Whether a known scalar, as a string, passes `test` (None: cannot tell). `wanted` says it in words."""
        return self._known(
            "satisfies", wanted, lambda data: None if isinstance(data, (dict, list)) else test(plain(data))
        )


@lru_cache(4096)  # as many as most scans meet
def _label(attribute: Named, dialect: str) -> str:
    return attribute.label(dialect)


class Values:
    """Several values that stand in one list, or an open list.

    `items` are the values that are known to stand there; `whole` is the list itself, whose data is a marker
    where the list, or its length, is open. Questions about the items follow Kleene's logic: an open list may
    always hold one more, and one that is `filled` is sure to hold one at least.
    """

    __slots__ = ("filled", "items", "open", "whole")

    def __init__(self, whole: Value, items: list[Any], *, open: bool, filled: bool = False) -> None:
        self.whole = whole
        self.items = items
        self.open = open
        self.filled = filled or bool(items)

    def __repr__(self) -> str:
        return f"{self.whole.name}={self.items!r}{' and unknown more' if self.open else ''}"

    def __bool__(self) -> NoReturn:
        raise TypeError("a list may be open: ask it (every, any, none, is_empty) instead of testing it")

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("a list may be open: ask it (every, any, none, is_empty) instead of looping over it")

    def _more(self, question: str, wanted: object) -> Verdict:
        """What the items nobody knows would say."""
        return Verdict(UNKNOWN, (Fact(self.whole, question, wanted),))

    def every(self, question: Callable[[Any], Verdict]) -> Verdict:
        """Whether all items say yes; an empty list does."""
        if not self.items and not self.open:
            return Verdict(PASS, (Fact(self.whole, "every"),))
        verdict = all_of(question(item) for item in self.items)
        if self.open:
            return verdict & self._more("every", None)
        return verdict

    def any(self, question: Callable[[Any], Verdict], wanted: str | None = None) -> Verdict:
        """Whether one item says yes; an empty list does not. `wanted` names the item in words."""
        if not self.items and not self.open:
            return Verdict(FAIL, (Fact(self.whole, "any of none", wanted),))
        verdict = any_of(question(item) for item in self.items)
        if self.open:
            return verdict | self._more("any", wanted)
        if verdict.truth is FAIL:
            return Verdict(FAIL, (Fact(self.whole, "any", wanted), *verdict.facts))
        return verdict

    def none(self, question: Callable[[Any], Verdict]) -> Verdict:
        """Whether no item says yes; an empty list passes."""
        return self.every(lambda item: ~question(item))

    def is_empty(self) -> Verdict:
        """Whether there is no item at all."""
        truth = FAIL if self.filled else UNKNOWN if self.open else PASS
        return Verdict(truth, (Fact(self.whole, "is_empty"),))

    def count_at_least(self, least: int) -> Verdict:
        """Whether there are at least so many items."""
        truth = PASS if max(len(self.items), self.filled) >= least else UNKNOWN if self.open else FAIL
        return Verdict(truth, (Fact(self.whole, "count_at_least", least),))

    def distinct_at_least(self, least: int) -> Verdict:
        """Whether at least so many different values stand here (subnets, zones, Regions)."""
        fixed: set[Hashable] = set()
        families: dict[Hashable, set[Hashable]] = {}
        seen: set[Hashable] = set()
        possible = 0
        for item in self.items:
            name = symbol(item.data)
            if name is None or name not in seen:
                possible += 1
            seen.add(name)
            if isinstance(item.data, Unknown):
                if item.data.distinct is not None:
                    families.setdefault(item.data.distinct, set()).add(name)
            elif isinstance(item.data, Text):
                # what ends differently after the same beginning differs ("${AWS::Region}a", "${AWS::Region}b")
                *head, tail = item.data.parts
                if isinstance(tail, str) and (beginning := symbol(Text(tuple(head)))) is not None:
                    families.setdefault(beginning, set()).add(tail)
            elif isinstance(item.data, Reference):
                # two subnets are two, but they may well be in one zone, one VPC, ...
                if item.data.attribute in _OWN_NAMES:
                    fixed.add(("resource", item.data.resource.address))
            elif name is not None:
                fixed.add(name)
        certain = max([len(fixed), *map(len, families.values())])
        truth = PASS if certain >= least else UNKNOWN if self.open or possible >= least else FAIL
        return Verdict(truth, (Fact(self.whole, "distinct_at_least", least),))


_OWN_NAMES = (None, "Arn", "Id", "SubnetId", "arn", "id")
"""The attributes that no two resources have in common."""


def _boolean(data: object) -> bool | None:
    """What CloudFormation and Terraform take for a boolean."""
    if isinstance(data, bool):
        return data
    folded = data.lower() if isinstance(data, str) else None
    return True if folded == "true" else False if folded == "false" else None


def _same(data: object, wanted: object) -> bool:
    """Whether a scalar is what is wanted, be it written as such or in a string."""
    if isinstance(wanted, bool):
        return _boolean(data) is wanted
    if isinstance(wanted, (int, float)) and (found := number(data)) is not None:
        return found == wanted
    return plain(data) == plain(wanted)
