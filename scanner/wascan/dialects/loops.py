"""``Fn::ForEach``, unrolled before anything else is read.

Source: AWS CloudFormation Template Reference Guide, "Fn::ForEach".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.markers import MARKERS, plain
from wascan.world import World

if TYPE_CHECKING:
    from wascan.dialects.stack import Stack
    from wascan.document import Path

LOOP = "Fn::ForEach::"
MAX_TURNS = 10_000
"""So many turns of all loops of a stack are made. No stack has more than 500 resources ("AWS CloudFormation quotas")."""

Entry = tuple[str, Any, "Path"]


def entries(stack: Stack, section: Any, path: Path) -> list[Entry]:
    """The entries of a mapping with their paths; those that a loop makes stand where the loop's body was written.

    A loop that cannot be unrolled, such as one over what only a deployment knows, stays as it is.
    """
    found: list[Entry] = []
    for name, body in section.items() if isinstance(section, dict) else ():
        if name.startswith(LOOP):
            found += _turns(stack, name, body, (*path, name))
        else:
            found.append((name, body, (*path, name)))
    return found


def unrolled(stack: Stack, data: Any, path: Path) -> Any:
    """`data` with every loop in it unrolled."""
    if type(data) is dict:
        return {name: unrolled(stack, body, here) for name, body, here in entries(stack, data, path)}
    if type(data) is list:
        return [unrolled(stack, item, (*path, index)) for index, item in enumerate(data)]
    return data


def _turns(stack: Stack, name: str, loop: Any, path: Path) -> list[Entry]:
    """What the turns of one loop make."""
    if not isinstance(loop, list) or len(loop) != 3 or not isinstance(loop[0], str) or not isinstance(loop[2], dict):
        stack.complain(path, f"{name} should be a list of a variable, a collection and a mapping")
        return [(name, loop, path)]
    items = stack.deep(loop[1], (*path, 1), World(blurred=True))
    if not isinstance(items, list) or any(isinstance(item, (*MARKERS, dict, list)) for item in items):
        return [(name, loop, path)]
    stack.turns += len(items)
    if stack.turns > MAX_TURNS:
        stack.complain(path, f"{name} is not unrolled: the loops of the template have more than {MAX_TURNS} turns")
        return [(name, loop, path)]
    found: list[Entry] = []
    for item in items:
        for key, body in loop[2].items():
            spelled, filled, here = (
                _spelled(key, loop[0], plain(item)),
                _filled(body, loop[0], plain(item)),
                (*path, 2, key),
            )
            if key.startswith(LOOP):
                found += _turns(stack, spelled, filled, here)
            else:
                found.append((spelled, filled, here))
    return found


def _spelled(text: str, name: str, item: str) -> str:
    """`text` with the loop's variable filled in; ``&{}`` keeps only letters and digits of it."""
    if "{" not in text:
        return text
    text = text.replace(f"${{{name}}}", item)
    return text.replace(f"&{{{name}}}", "".join(letter for letter in item if letter.isalnum()))


def _filled(data: Any, name: str, item: str) -> Any:
    """`data` with the loop's variable replaced by one item, wherever it stands."""
    if type(data) is str:
        return _spelled(data, name, item)
    if type(data) is list:
        return [_filled(inner, name, item) for inner in data]
    if type(data) is dict:
        if len(data) == 1 and data.get("Ref") == name:
            return item
        return {_spelled(key, name, item): _filled(inner, name, item) for key, inner in data.items()}
    return data
