"""What references lead to on the way to a value: data, markers, and what is none of them yet."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from wascan.markers import MARKERS, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wascan.dialects.terraform.module import Module

Key = str | int | None
"""What tells the instances of a resource or module apart; None where there is only one."""

MAX_HOPS = 64
"""So many references and parts of expressions are followed one into the other; people's modules need a handful."""

_STEP = re.compile(r'([^.\[\]"]+)|\[(?:("(?:[^"\\]|\\.)*")|(\d{1,9})|[^\]]*)\]')
_HIDDEN = Unknown("the plan does not show it")
_WHICH = Unknown("the plan does not show which instance it is")

Step = str | tuple[Key]
"""A name, or an index in a tuple."""


class Here:
    """Where an expression stands: its module, the instance and the expression that ``each`` speaks of, and the key and
    value of each ``dynamic`` block around it, by the name of its iterator.
    """

    __slots__ = ("iterators", "key", "module", "repeated")

    def __init__(
        self, module: Module, key: Key = None, repeated: Any = None, iterators: Mapping[str, Any] | None = None
    ) -> None:
        self.module = module
        self.key = key
        self.repeated = repeated
        self.iterators = iterators or {}


class Node:
    """What references lead through: a resource, a module, or all instances of one."""

    __slots__ = ()

    def below(self, path: list[Step]) -> tuple[Any, list[Step]]:
        """What the first steps of a path lead to from here, and the steps that are left."""
        raise NotImplementedError

    def settled(self) -> Any:
        """It as the value of an attribute, where the plan says no more than that it is in the expression."""
        raise NotImplementedError


class Instances(Node):
    """All instances of a resource or of a module call, by key."""

    __slots__ = ("members", "name")

    def __init__(self, name: str, members: Mapping[Key, Node]) -> None:
        self.name = name
        self.members = members

    def below(self, path: list[Step]) -> tuple[Any, list[Step]]:
        step = path[0]
        if isinstance(step, tuple):
            return self.members.get(step[0], Unknown(f"the plan has no such instance of {self.name}")), path[1:]
        return (self.only(), path) if len(self.members) == 1 else (self, [])

    def only(self) -> Node:
        """The one instance, where there is one."""
        (member,) = self.members.values()
        return member

    def settled(self) -> Any:
        return self.only().settled() if len(self.members) == 1 else self


GIVEN = object()
"""What is known when the plan is made, although the plan does not show it."""


class Built:
    """A document that wascan put together: plain data with markers in it."""

    __slots__ = ("data",)

    def __init__(self, data: Any) -> None:
        self.data = data


def steps(reference: str) -> list[Step]:
    """The names and indices of a reference or address."""
    found: list[Step] = []
    for name, text, number in _STEP.findall(reference):
        if name:
            found.append(name)
        elif text:
            try:
                found.append((json.loads(text),))
            except ValueError:
                found.append((text[1:-1],))
        else:
            found.append((int(number) if number else None,))
    return found


def into(answer: Any, path: list[Step]) -> Any:
    """What stands at a path below an answer."""
    while path:
        if isinstance(answer, Node):
            answer, path = answer.below(path)
            continue
        if isinstance(answer, (*MARKERS, Built)):
            return answer
        step = path[0][0] if isinstance(path[0], tuple) else path[0]
        try:
            answer = answer[step]
        except (KeyError, IndexError, TypeError):
            return GIVEN
        path = path[1:]
    return answer


def settled(answer: Any) -> Any:
    """An answer as the value of an attribute."""
    return answer.settled() if isinstance(answer, Node) else answer


def finished(answer: Any) -> Any:
    """An answer as data and markers through and through."""
    answer = settled(answer)
    if isinstance(answer, dict):
        return {name: finished(item) for name, item in answer.items()}
    if isinstance(answer, list):
        return [finished(item) for item in answer]
    if isinstance(answer, Built):
        return answer.data
    return _WHICH if isinstance(answer, Node) else _HIDDEN if answer is GIVEN else answer


def is_open(answer: Any) -> bool:
    """Whether something in an answer is unknown."""
    if isinstance(answer, dict):
        return any(map(is_open, answer.values()))
    if isinstance(answer, list):
        return any(map(is_open, answer))
    return isinstance(answer, (*MARKERS, Built, Node))
