"""Paths into a resource: JSONPath, compiled once, read lazily.

``$`` is the resource's properties, ``@`` the whole resource as written (``@.DeletionPolicy``). Names, ``[*]``,
indices and the filters that pick items by their names (``[?@.Key=='x']``) are followed here, resolving intrinsic
functions on the way; anything richer (other filters, unions, descendants) is handed to jsonpath-ng on the resolved
properties. Syntax: RFC 9535, "JSONPath".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.markers import ABSENT, MARKERS, Text, Unknown, could_be, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wascan.document import Path
    from wascan.graph import Resource, Scope
    from wascan.world import World

Found = tuple[Any, "Path"]
"""What was found and where it stands, or where it is missing."""

_TEST = r"@\.\w+=='[^']*'"
_PLAIN = re.compile(rf"[$@](\.[A-Za-z_][\w-]*|\[\*\]|\[\d+\]|\['[^']*'\]|\[\?{_TEST}( && {_TEST})*\])*")
_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\[(\*)\]|\[(\d+)\]|\['([^']*)'\]|\[\?(.*?'[^']*')\]")

_OF_EACH = re.compile(r"(.*(?:\*\]?|\[\?[^\]]*\]))((?:\.[A-Za-z_][\w-]*|\[\d+\])+)")


class Where:
    """A step to the items of a list in which some names have certain values: ``[?@.Key=='x']``. With no names, to all."""

    __slots__ = ("tests",)

    def __init__(self, tests: tuple[tuple[str, str], ...] = ()) -> None:
        self.tests = tests

    def fits(self, item: Any, here: Path, resource: Resource, world: World) -> bool | None:
        """Whether it leads to a resolved item; None if nobody can tell yet."""
        answer: bool | None = True
        for name, wanted in self.tests:
            if type(item) is not dict:
                return None if isinstance(item, MARKERS) else False
            value, _ = resource.scope.resolve(item.get(name, ABSENT), (*here, name), world)
            if isinstance(value, Unknown) or (isinstance(value, Text) and could_be(value, wanted)):
                answer = None
            elif value is ABSENT or isinstance(value, MARKERS) or plain(value) != wanted:
                return False
        return answer


EVERY = Where()

_compiled: dict[str, tuple[Any, ...] | None] = {}


def steps(path: str) -> tuple[Any, ...] | None:
    """The steps of a plain path: names, indices, and `Where` (`EVERY` for ``[*]``); None for one that needs jsonpath-ng."""
    try:
        return _compiled[path]
    except KeyError:
        found: tuple[Any, ...] | None = None
        if _PLAIN.fullmatch(path):
            found = tuple(
                name or (EVERY if star else int(index) if index else _where(test) if test else quoted)
                for name, star, index, quoted, test in _STEP.findall(path)
            )
        _compiled[path] = found
        if found is None or _branches(found):
            _branching.add(path)
        return found


_branching: set[str] = set()
"""The paths that may lead to several things."""


def _branches(todo: tuple[Any, ...]) -> bool:
    return any(isinstance(step, Where) for step in todo)


def _where(test: str) -> Where:
    return Where(tuple(re.findall(r"@\.(\w+)=='([^']*)'", test)))


def of_each(path: str) -> tuple[str, str] | None:
    """A path to something in each item of a list, as the path to the items and the path in one of them."""
    found = _OF_EACH.fullmatch(path)
    return (found[1], f"${found[2]}") if found else None


def spoken(path: str) -> str:
    """A path as people say it: without decoration, and the last name that a filter asks for before the list it is in."""
    before, _, test = path[2:].replace("[*]", "").partition("[?")
    asked = test.rpartition("'")[0].rpartition("'")[2]
    return f"{asked} in {before}" if test else before


def start(resource: Resource, path: str) -> Found:
    """Where a path begins: at the properties for ``$``, at the resource as written for ``@``."""
    if path[0] == "@":
        return resource.body, resource.path
    return resource.properties, resource.properties_path


def read(resource: Resource, path: str, world: World, root: Found | None = None) -> Found:
    """The one thing at `path` below `root` (else the resource); a path with ``[*]`` finds what all items agree on.

    What is missing stands where the path leaves off.
    """
    todo = _compiled.get(path) or steps(path)
    data, here = root or start(resource, path)
    if path in _branching:
        found = list(read_all(resource, path, world, root)) or [(ABSENT, here)]
        first = found[0]
        if all(item[0] == first[0] for item in found[1:]):
            return first
        return Unknown("it stands here several times with different values"), first[1]
    assert todo is not None
    scope = resource.scope
    for step in todo:
        if type(data) is dict and len(data) != 1:  # what is resolved is a mapping of one name
            if step in data:
                data = data[step]
                here = (*here, step)
                continue
            if step.__class__ is str:
                return scope.missing(data, world), here
        data, here = scope.resolve(data, here, world)
        data, here, further = _step(data, here, step, scope, world)
        if not further:
            return data, here
    return scope.resolve(data, here, world)


def _step(data: Any, here: Path, step: str | int, scope: Scope, world: World) -> tuple[Any, Path, bool]:
    """What is one step into resolved data, and whether the path can be followed from there."""
    if type(data) is dict:
        if step in data:
            return data[step], (*here, step), True
        if step == 0:  # CloudFormation takes a single item where a list is due
            return data, here, True
        return scope.missing(data, world), here, False
    if type(data) is list and isinstance(step, int):
        return (data[step], (*here, step), True) if step < len(data) else (ABSENT, here, False)
    if type(data) is list:
        return Unknown(f"it should have {step}, but is a list") if data else ABSENT, here, False
    return _below(data, step), here, False


def read_all(resource: Resource, path: str, world: World, root: Found | None = None) -> Iterable[Found]:
    """Everything at `path`; an item that is `Unknown` may stand for any number of things.

    `ABSENT` is found, too: where an item has not what is asked for, and where there is no list or no such item.
    """
    todo = steps(path)
    origin = root if root is not None else start(resource, path)
    if todo is None:
        return _rich(resource, path, world, origin)
    data, here = origin
    if todo and todo[0].__class__ is str and type(data) is dict and len(data) > 1 and todo[0] not in data:  # as most do
        return [(resource.scope.missing(data, world), here)]
    return _follow(resource, todo, world, origin)


def _follow(resource: Resource, todo: tuple[Any, ...], world: World, origin: Found) -> Iterator[Found]:
    scope = resource.scope
    data, here = scope.resolve(*origin, world)
    for position, step in enumerate(todo):
        if isinstance(step, Where):
            if data is ABSENT or isinstance(data, MARKERS):
                yield _below(data, EVERY, last=step is EVERY and position == len(todo) - 1), here
                return
            # CloudFormation takes a single item where a list is due
            items = enumerate(data) if type(data) is list else [(None, data)]
            led = False
            for index, item in items:
                place = here if index is None else (*here, index)
                if index is not None:
                    item, place = scope.resolve(item, place, world)
                fits = item is not ABSENT and step.fits(item, place, resource, world)
                led = led or fits is not False
                if fits:
                    yield from _follow(resource, todo[position + 1 :], world, (item, place))
                elif fits is None:
                    yield Unknown("nobody can tell yet whether it is meant"), place
            if not led:
                yield ABSENT, here
            return
        data, here, further = _step(data, here, step, scope, world)
        if not further:
            yield data, here
            return
        data, here = scope.resolve(data, here, world)
    yield data, here


def _below(data: Any, step: object, *, last: bool = False) -> Any:
    """What stands below something that is no container; the items of a list that is not empty are there."""
    if data is ABSENT or data is None:
        return ABSENT
    if isinstance(data, Unknown):
        return Unknown(data.reason, distinct=data.distinct if step is EVERY else None, filled=last and data.filled)
    if isinstance(data, MARKERS):
        return Unknown("it comes from another resource")
    return Unknown(f"it should have {step}, but is {'text' if isinstance(data, str) else 'a scalar'}")


def _rich(resource: Resource, path: str, world: World, origin: Found) -> Iterator[Found]:
    """A path beyond the plain ones, on the resolved data; what is open there and could matter makes all of it unknown."""
    from jsonpath_ng.ext import parse  # type: ignore[attr-defined]  # it does not list what it exports

    data = resource.scope.deep(*origin, world)
    open = next(_open(data, compared="?" in path), None)
    if open is not None:
        yield _below(open, EVERY), origin[1]
        return
    matches = parse(f"${path[1:]}").find(data)
    for match in matches:
        yield match.value, (*origin[1], *_parts(match.full_path))
    if not matches:
        yield resource.scope.missing(data, world) if type(data) is dict else ABSENT, origin[1]


def _open(data: Any, *, compared: bool) -> Iterator[Any]:
    """The markers in resolved data that may hide names and items, or, where values are compared, any marker."""
    if isinstance(data, MARKERS):
        if compared or (isinstance(data, Unknown) and data.identity is None):
            yield data
    elif type(data) is dict or type(data) is list:
        for item in data.values() if type(data) is dict else data:
            yield from _open(item, compared=compared)


def _parts(full_path: Any) -> tuple[str | int, ...]:
    """A path of jsonpath-ng as ours."""
    left, right = getattr(full_path, "left", None), getattr(full_path, "right", None)
    if left is not None and right is not None:
        return _parts(left) + _parts(right)
    fields, indices = getattr(full_path, "fields", None), getattr(full_path, "indices", None)
    if fields is not None:
        return tuple(fields)
    return tuple(indices) if indices is not None else ()
