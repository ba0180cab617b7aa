"""What leads from one resource to another: every reference, and the property that it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wascan.markers import Reference, Text
from wascan.world import Impossible, Undecided, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.document import Path
    from wascan.graph import Graph, Resource, Scope

MAX_CASES = 64
"""Of so many cases of what a resource leaves open, the references are found."""


class Edge(NamedTuple):
    """A reference of one resource to another, from its property `at`; ``DependsOn`` is one like others."""

    source: Resource
    target: Resource
    at: str


def edges(graph: Graph) -> list[Edge]:
    """The references of all resources, in the order of the graph; each once, whatever the case in which it is made."""
    known = {resource.address for resource in graph}
    named: dict[tuple[Scope, str], list[Resource]] = {}
    for resource in graph:
        named.setdefault((resource.scope, getattr(resource, "own", resource.name)), []).append(resource)
    found: dict[tuple[str, str, str], Edge] = {}
    for resource in graph:
        for at, target in (*_references(resource), *_ordered(resource, named)):
            if target.address in known and target is not resource:
                found.setdefault((resource.address, target.address, at), Edge(resource, target, at))
    return list(found.values())


def _references(resource: Resource) -> Iterator[tuple[str, Resource]]:
    for data in _cases(resource):
        yield from _within(data, ())


def _cases(resource: Resource) -> Iterator[Any]:
    """The properties in each case of what they leave open."""
    todo, left = [World()], MAX_CASES
    while todo and left:
        world = todo.pop()
        left -= 1
        try:
            yield resource.scope.deep(resource.properties, resource.properties_path, world)
        except Undecided as open:
            todo += [world.having(open.choice, option) for option in reversed(open.choice.options)]
        except Impossible:
            continue


def _within(data: Any, path: Path) -> Iterator[tuple[str, Resource]]:
    """The references in resolved data."""
    if isinstance(data, Reference):
        yield ".".join(step for step in path if isinstance(step, str)), data.resource
    elif isinstance(data, Text):
        for part in data.parts:
            yield from _within(part, path)
    elif isinstance(data, dict):
        for name, item in data.items():
            yield from _within(item, (*path, name))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _within(item, (*path, index))


def _ordered(resource: Resource, named: dict[tuple[Scope, str], list[Resource]]) -> Iterator[tuple[str, Resource]]:
    """What it has to be made after because somebody said so."""
    for key in ("DependsOn", "depends_on"):
        said = resource.body.get(key)
        for name in said if isinstance(said, list) else [said]:
            for target in named.get((resource.scope, name), ()) if isinstance(name, str) else ():
                yield key, target
