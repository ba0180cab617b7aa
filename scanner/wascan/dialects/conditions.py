"""CloudFormation's conditions, decided case by case.

A condition is a function of parameters. What it needs and nobody has said becomes a `Choice`: a parameter
takes each value that it is compared with, and "anything else"; a comparison that is no plain one takes both
ways. Source: AWS CloudFormation Template Reference Guide, "Condition functions".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wascan.markers import ABSENT, MARKERS, Text, Unknown, could_be, is_open, plain, present, symbol
from wascan.world import UNDECIDED, Choice, World

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wascan.dialects.stack import Stack
    from wascan.document import Path


def compared(conditions: Any) -> dict[str, list[str]]:
    """The constants that each parameter is compared with anywhere in the conditions, in the order written."""
    found: dict[str, list[str]] = {}
    todo = [conditions]
    for item in todo:  # which grows on the way
        if isinstance(item, dict):
            sides = item.get("Fn::Equals")
            if isinstance(sides, list) and len(sides) == 2:
                for one, other in (sides, reversed(sides)):
                    if (
                        isinstance(one, dict)
                        and isinstance(one.get("Ref"), str)
                        and not isinstance(other, (dict, list))
                    ):
                        constants = found.setdefault(one["Ref"], [])
                        if plain(other) not in constants:
                            constants.append(plain(other))
            todo.extend(item.values())
        elif isinstance(item, list):
            todo.extend(item)
    return found


def decide(stack: Stack, name: str, expression: Any, path: Path, world: World, *, alone: bool = True) -> bool | None:
    """Whether a condition holds; None where a blurred world leaves it open, or where it makes no sense.

    `alone` says that the expression is all of the condition.
    """
    if not isinstance(expression, dict) or len(expression) != 1:
        return None
    ((function, argument),) = expression.items()
    if function == "Condition":
        return stack.condition(argument, world) if isinstance(argument, str) else None
    if function == "Fn::Equals":
        return _equals(stack, name, argument, path, world, alone=alone)
    if function not in ("Fn::And", "Fn::Or", "Fn::Not") or not isinstance(argument, list) or not argument:
        return None
    if function == "Fn::Not":
        truth = decide(stack, name, argument[0], path, world, alone=False)
        return None if truth is None or len(argument) > 1 else not truth
    # "all of" stops at the first that does not hold, "any of" at the first that does: fewer choices to make
    stop = function == "Fn::Or"
    result: bool | None = not stop
    for item in argument:
        truth = decide(stack, name, item, path, world, alone=alone and len(argument) == 1)
        if truth is stop:
            return stop
        if truth is None:
            result = None
    return result


def _equals(stack: Stack, name: str, sides: Any, path: Path, world: World, *, alone: bool) -> bool | None:
    if not isinstance(sides, list) or len(sides) != 2:
        return None
    left, right = (stack.deep(side, path, world) for side in sides)
    if left is ABSENT or right is ABSENT:
        return None
    known = _same(left, right)
    if known is not None:
        return known
    for side, other in ((sides[0], sides[1]), (sides[1], sides[0])):
        if isinstance(side, dict) and isinstance(side.get("Ref"), str) and not isinstance(other, (dict, list)):
            choice = stack.open_choice(side["Ref"], [], world)
            if choice is not None:
                world.choose(choice)  # not made yet, or it would have decided
                return None
    names = symbol(left), symbol(right)
    key: Hashable = ("equals", frozenset(names))
    if None in names:
        key = ("equals", stack.address, json.dumps(sides, sort_keys=True))
    label = name if alone else f"the comparison in {name}"
    taken = world.choose(Choice(key, label, (True, False)))
    return None if taken is UNDECIDED else bool(taken)


def _same(left: Any, right: Any) -> bool | None:
    """Whether two values are the same text; None if that is open."""
    if symbol(left) is not None and symbol(left) == symbol(right):
        return True
    for one, other in ((left, right), (right, left)):
        if isinstance(other, (*MARKERS, dict, list)):
            continue
        if plain(other) == "" and isinstance(one, MARKERS) and present(one):
            return False
        if isinstance(one, Unknown):
            return None if one.may_be(plain(other)) else False
        if isinstance(one, Text):
            return None if could_be(one, plain(other)) else False
    if is_open(left) or is_open(right):
        return None
    return _text(left) == _text(right)


def _text(data: Any) -> str:
    return json.dumps(data) if isinstance(data, (dict, list)) else plain(data)
