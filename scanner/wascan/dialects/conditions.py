"""CloudFormation's conditions, decided case by case.

A condition is a function of parameters. What it needs and nobody has said becomes a `Choice`: a parameter
takes each value that it is compared with, and "anything else"; a comparison that is no plain one takes both
ways. Source: AWS CloudFormation Template Reference Guide, "Condition functions".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wascan.graph import UNDECIDED, Choice, World
from wascan.value import MARKERS, Text, Unknown, could_be, plain, symbol

if TYPE_CHECKING:
    from wascan.dialects.stack import Stack
    from wascan.document import Path


def compared(conditions: Any) -> dict[str, list[str]]:
    """The constants that each parameter is compared with anywhere in the conditions, in the order written."""
    found: dict[str, list[str]] = {}
    todo = [conditions]
    while todo:
        item = todo.pop(0)
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


def decide(stack: Stack, name: str, expression: Any, path: Path, world: World, trail: tuple[str, ...]) -> bool | None:
    """Whether a condition holds; None where a blurred world leaves it open, or where it makes no sense."""
    if not isinstance(expression, dict) or len(expression) != 1:
        return None
    ((function, argument),) = expression.items()
    if function == "Condition":
        return stack.condition(argument, world, trail) if isinstance(argument, str) else None
    if function == "Fn::Equals":
        return _equals(stack, name, argument, path, world, alone=trail[-1:] == (name,))
    if function not in ("Fn::And", "Fn::Or", "Fn::Not") or not isinstance(argument, list):
        return None
    inner = (*trail, "") if function == "Fn::Not" or len(argument) > 1 else trail
    # "all of" stops at the first that does not hold, "any of" at the first that does: fewer choices to make
    stop = function == "Fn::Or"
    result: bool | None = not stop
    for item in argument:
        truth = decide(stack, name, item, path, world, inner)
        if truth is stop and function != "Fn::Not":
            return stop
        if function == "Fn::Not":
            return None if truth is None else not truth
        if truth is None:
            result = None
    return result


def _equals(stack: Stack, name: str, sides: Any, path: Path, world: World, *, alone: bool) -> bool | None:
    if not isinstance(sides, list) or len(sides) != 2:
        return None
    for side, other in ((sides[0], sides[1]), (sides[1], sides[0])):
        if isinstance(side, dict) and isinstance(side.get("Ref"), str) and not isinstance(other, (dict, list)):
            choice = stack.open_choice(side["Ref"], [], world)
            if choice is not None and world.choose(choice) is UNDECIDED:
                return None
    left, right = (stack.deep(side, path, world) for side in sides)
    for one, other in ((left, right), (right, left)):
        if isinstance(other, (MARKERS, dict, list)):
            continue
        if isinstance(one, Unknown) and plain(other) in one.never:
            return False
        if isinstance(one, Text) and not could_be(one, plain(other)):
            return False
    if not isinstance(left, MARKERS) and not isinstance(right, MARKERS):
        return bool(left == right or _text(left) == _text(right))
    if symbol(left) is not None and symbol(left) == symbol(right):
        return True
    key = ("equals", stack.address, json.dumps(sides, sort_keys=True, default=repr))
    label = name if alone else f"the comparison in {name}"
    taken = world.choose(Choice(key, label, (True, False)))
    return None if taken is UNDECIDED else bool(taken)


def _text(data: Any) -> str:
    return json.dumps(data, default=repr) if isinstance(data, (dict, list)) else plain(data)
