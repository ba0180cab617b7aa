"""What a resource is, whichever dialect wrote it.

A kind names its type in each dialect and has attributes (`wascan.attribute`), which know where each dialect keeps them.
Rules ask kinds; nothing else in wascan knows that ``MultiAZ`` and ``multi_az`` are one thing.
"""

from __future__ import annotations

import importlib
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from wascan.value import Reading, Value
from wascan.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wascan.attribute import One
    from wascan.graph import Resource
    from wascan.path import Found
    from wascan.verdict import Verdict
    from wascan.world import Default


class Kind:
    """A resource seen as what it is. Subclasses declare `types`, `slug`, `noun` and attributes.

    `slug` is the second half of a check's id, a promise to users. `noun` is what people call one of it, or
    of the members of a family; `plural` is made of the noun unless given.
    """

    types: ClassVar[tuple[str, ...]] = ()
    slug: ClassVar[str] = ""
    noun: ClassVar[str] = "resource"
    plural: ClassVar[str] = "resources"
    rules_of: ClassVar[str] = ""
    """The slug whose rules judge it, where these are not listed under its own."""
    own_name: One | None = None
    """The attribute that holds the name a person gave it, by which others may refer to it."""

    _resource: Resource
    _world: World
    _root: Found | None
    _rests: tuple[Default, ...]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "noun" in cls.__dict__ and "plural" not in cls.__dict__:
            cls.plural = _plural(cls.noun)
        for type in cls.__dict__.get("types", ()):
            _KINDS[type] = cls

    def __init__(
        self, resource: Resource, world: World, root: Found | None = None, rests: tuple[Default, ...] = ()
    ) -> None:
        self._resource = resource
        self._world = world
        self._root = root
        self._rests = rests

    @property
    def region(self) -> Value:
        """The Region it will live in."""
        resource, world = self._resource, self._world
        outer, world.noted = world.noted, []
        try:
            data = resource.scope.region_of(resource, world)
            found = Reading(data, resource.path, resource, tuple(world.noted))
        finally:
            world.noted = outer
        return Value(_REGION, found)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._resource.address}>"


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch")):
        return noun if noun.endswith("s") and not noun.endswith("ss") else f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


_KINDS: dict[str, type[Kind]] = {}


def kind_of(type: str) -> type[Kind] | None:
    """The kind of a resource type, importing its module when it is first met; None for a type without kind."""
    found = _KINDS.get(type)
    if found is None:
        module = importlib.import_module("wascan.kinds._index").MODULES.get(type)
        if module is not None:
            importlib.import_module(f"wascan.kinds.{module}")
            found = _KINDS[type]
    return found


def kind_named(name: str) -> type[Kind]:
    """The kind whose class is called `name`."""
    for kind in _KINDS.values():
        if kind.__name__ == name:
            return kind
    importlib.import_module("wascan.kinds." + importlib.import_module("wascan.kinds._index").NAMES[name])
    return next(kind for kind in _KINDS.values() if kind.__name__ == name)


def view(resource: Resource, world: World) -> Kind | None:
    """The resource as its kind, the same object each time in one world."""
    key = ("view", resource.address)
    try:
        return world.memo[key]  # type: ignore[no-any-return]  # the memo of a world holds many sorts of things
    except KeyError:
        kind = kind_of(resource.type)
        if kind is None:  # not remembered, for a type of the long tail gets its kind when it is first judged
            return None
        found = world.memo[key] = kind(resource, world)
        return found


K = TypeVar("K", bound=Kind)


def everywhere(kind: Kind, of: type[K]) -> Iterator[K]:
    """All of a kind in the scan, seen from one resource: what stands in another stack is seen with that stack's choices
    open, for they are not made where this one is judged, and so is looked at once.
    """
    here = kind._resource.scope
    elsewhere = here.graph.once("elsewhere", lambda: World(blurred=True))
    there = here.graph.once(of.types, lambda: [found for found in here.graph if found.type in of.types])
    for resource in there:
        found = view(resource, kind._world if resource.scope is here else elsewhere)
        if isinstance(found, of):
            yield found


def remembered(question: Callable[[K], Verdict]) -> Callable[[K], Verdict]:
    """Decorates a question without arguments that many rules put to one resource: it is answered once."""
    name = question.__qualname__  # a subclass may ask what it overrides

    @wraps(question)
    def answer(kind: K) -> Verdict:
        verdict: Verdict | None = kind.__dict__.get(name)
        if verdict is None:
            verdict = kind.__dict__[name] = question(kind)
        return verdict

    return answer


class _Region:
    """What the Region of a resource is called: it is no property of most."""

    name = "region"
    secret = False

    def label(self, dialect: str) -> str:
        return "the Region"


_REGION = _Region()


class Block(Kind):
    """A part of a resource that has attributes of its own, such as a rule of a security group."""
