"""Where each dialect keeps one attribute of a kind, and what it comes to.

Paths are those of `wascan.path`; a dialect that cannot say an attribute has ``None``. SAM has CloudFormation's path
unless it is given its own. Reading is lazy and happens once: an attribute becomes a `Value` on the first look and stays
on the instance of its kind.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast, overload

from wascan.graph import NOBODY
from wascan.kind import Block, Kind, kind_named, kind_of, view
from wascan.markers import ABSENT, MARKERS, Reference, Unknown, is_one, symbol
from wascan.path import read, read_all, spoken
from wascan.value import Fact, Reading, Value, Values
from wascan.verdict import UNKNOWN, Verdict
from wascan.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from wascan.graph import Companions, Resource, Scope
    from wascan.world import Default

    _Bearers = dict[Hashable, list[tuple[Resource, tuple[Default, ...]]]]


class Beside:
    """An attribute that stands in a satellite: a resource of `type` whose path `by` names this resource.

    `inside` says that `by` is a path or an ARN, in which the name is one segment (``service/cluster/orders``).
    """

    __slots__ = ("by", "inside", "path", "type")

    def __init__(self, type: str, path: str, *, by: str, inside: bool = False) -> None:
        self.type = type
        self.path = path
        self.by = by
        self.inside = inside


Source = str | Beside | tuple[str | Beside, ...] | None
_NOTHING: Any = object()

depends = Unknown("AWS decides it at run time")
"""A default that AWS or the account decides when the resource is made."""


V_co = TypeVar("V_co", covariant=True)


def _rest(value: Any, defaults: tuple[Default, ...]) -> None:
    """Lets an attribute, and all that is in it, rest on defaults that were taken on the way to it."""
    if isinstance(value, Values):
        for item in (value.whole, *value.items):
            _rest(item, defaults)
    elif isinstance(value, Value):
        value.rests = (*value.rests, *defaults)
    elif isinstance(value, Kind):
        value._rests = (*value._rests, *defaults)


class Attribute(Generic[V_co]):
    """Where each dialect keeps one attribute of a kind.

    `default` is what AWS, or the dialect's tool, puts in the place of absence: one value, or one per dialect
    (``{"cfn": 1, "tf": 0}``). `secret` attributes are masked wherever their value could be shown.
    """

    defaults: dict[str, Any]

    def __init__(
        self,
        *,
        cfn: Source = None,
        sam: Source = _NOTHING,
        tf: Source = None,
        default: Any = ABSENT,
        secret: bool = False,
    ) -> None:
        self.sources: dict[str, Source] = {"cfn": cfn, "sam": cfn if sam is _NOTHING else sam, "tf": tf}
        if not (isinstance(default, dict) and default.keys() <= self.sources.keys()):
            default = {"cfn": default, "tf": default}
        self.defaults = {"cfn": default["cfn"], "sam": default.get("sam", default["cfn"]), "tf": default["tf"]}
        self.secret = secret
        self.name = ""

    def __set_name__(self, owner: type[Kind], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, kind: None, owner: type[Kind]) -> Self: ...
    @overload
    def __get__(self, kind: Kind, owner: type[Kind]) -> V_co: ...
    def __get__(self, kind: Kind | None, owner: type[Kind]) -> Self | V_co:
        if kind is None:
            return self
        world = kind._world
        outer, world.noted = world.noted, []
        try:
            value = self.of(kind)
            if world.noted:
                _rest(value, tuple(world.noted))
        finally:
            world.noted = outer
        # an entry in the instance's dict hides this descriptor, so the next look costs nothing
        kind.__dict__[self.name] = value
        return value

    def of(self, kind: Kind) -> V_co:
        """The attribute's value for one resource."""
        raise NotImplementedError

    def wanted(self) -> str:
        """The value that is usually right, in words; empty where there is no such thing."""
        return ""

    def label(self, dialect: str) -> str:
        """What the dialect calls it: the path without its decoration."""
        source = self.place(dialect)
        if isinstance(source, Beside) and source.path != "$":
            return f"{spoken(source.path)} of {source.type}"
        said = spoken(source) if isinstance(source, str) else ""
        return said or self.name.replace("_", " ")

    def place(self, dialect: str) -> str | Beside | None:
        """Where a person would write it: of several places the last."""
        source = self.sources[dialect]
        while isinstance(source, tuple):
            source = source[-1]
        return source

    def lacks_satellite(self, resource: Resource) -> bool:
        """Whether it is missing for want of the satellite in which a person would write it: one that is there, and lacks
        it, would have been named in place of the resource.
        """
        return _stands_beside(self, resource.type, resource.dialect)

    def read(self, kind: Kind) -> Reading:
        """Read it for one resource, with the default in the place of absence."""
        world, resource = kind._world, kind._resource
        outer, world.noted = world.noted, []
        try:
            found = self._find(kind)
            found.rests = (*kind._rests, *world.noted)
        finally:
            world.noted = outer
        if found.data is ABSENT and (default := self.defaults[resource.dialect]) is not ABSENT:
            found.data, found.defaulted = default, True
        return found

    def _find(self, kind: Kind) -> Reading:
        """The first source that has it; else where a person would look for it."""
        resource = kind._resource
        source = self.sources[resource.dialect]
        if isinstance(source, str):  # as most have
            data, path = read(resource, source, kind._world, kind._root)
            return Reading(data, path, resource)
        missing = Reading(ABSENT, kind._root[1] if kind._root else resource.path, resource)
        for place in source if isinstance(source, tuple) else (source,):
            if isinstance(place, str):
                found = Reading(*read(resource, place, kind._world, kind._root), resource)
            elif place is not None:
                found = _in_satellite(kind, place) or missing
            else:
                continue
            if found.data is not ABSENT:
                return found
            if len(found.path) > len(missing.path) or found.resource is not resource:
                missing = found
        return missing


@cache
def _stands_beside(attribute: Attribute[Any], type: str, dialect: str) -> bool:
    """Whether an attribute is one of a type's own, which a person would write in a satellite."""
    kind = kind_of(type)
    owned = kind is not None and getattr(kind, attribute.name, None) is attribute
    return owned and isinstance(attribute.place(dialect), Beside)


def _satellites(kind: Kind, place: Beside) -> Companions:
    """The satellites of one sort, looked for once: many attributes may stand in them."""
    resource = kind._resource
    graph = resource.scope.graph
    if not graph.has_companions(place.type, place.by, resource.scope, inside=place.inside):
        return NOBODY
    world, key = kind._world, ("beside", resource.address, place.type, place.by, place.inside)

    def find() -> Companions:
        name, rests = _own_name(kind)
        found = graph.companions(resource, place.type, place.by, name, world, inside=place.inside)
        for default in rests if found.by_name else ():
            world.note(default)
        return found

    found: Companions = world.once(key, find)
    return found


def _own_name(kind: Kind) -> tuple[Any, tuple[Default, ...]]:
    """The name that a person gave a resource, and the defaults that it rests on."""
    own_name = type(kind).own_name
    if own_name is None:
        return ABSENT, ()
    found = own_name.read(kind)
    return found.data, found.rests


def _in_satellite(kind: Kind, place: Beside) -> Reading | None:
    companions = _satellites(kind, place)
    for satellite in companions.certain:
        data, path = read(satellite, place.path, kind._world)
        if data is not ABSENT:
            return Reading(data, path, satellite)
    for satellite in companions.open:
        return Reading(Unknown(f"{satellite.name} may belong to it"), satellite.path, satellite)
    for satellite in companions.certain:
        return Reading(ABSENT, satellite.path, satellite)
    resource = kind._resource
    return Reading(Unknown(resource.scope.partial), resource.path, resource) if resource.scope.partial else None


class One(Attribute[Value]):
    """An attribute that stands once."""

    def of(self, kind: Kind) -> Value:
        return Value(self, self.read(kind))


class Switch(Value):
    """The value of a `Flag`."""

    __slots__ = ()

    def is_true(self) -> Verdict:
        if self.defaulted:
            return self._answer(None if isinstance(self.data, MARKERS) else bool(self.data), "is_true", True)
        flag = cast("Flag", self.attribute)
        if flag.by_presence:
            return self.is_present()
        return super().is_true() if flag.on is None else self.one_of(*flag.on)

    def is_false(self) -> Verdict:
        return ~self.is_true()


class Flag(Attribute[Switch]):
    """A switch, asked with ``is_true``.

    `on` holds the values that switch it on where it is no boolean; `by_presence` says that any value does.
    """

    def __init__(
        self, *, on: tuple[str, ...] | None = None, by_presence: bool = False, default: Any = False, **places: Any
    ) -> None:
        super().__init__(default=default, **places)
        self.on = on
        self.by_presence = by_presence

    def of(self, kind: Kind) -> Switch:
        return Switch(self, self.read(kind))

    def wanted(self) -> str:
        return "" if self.by_presence else self.on[0] if self.on else "true"


class Listed(Attribute[V_co]):
    """An attribute that stands any number of times: a path with ``[*]``, or satellites of which there may be many."""

    def readings(self, kind: Kind) -> tuple[list[Reading], Reading]:
        """Every item of every source, also of all satellites; an `Unknown` stands for any number of them. And the list
        itself, for where none of its items is open; an empty one stands where a person would look for it.
        """
        everything = self._everything(kind)
        found = [item for item in everything if item.data is not ABSENT]
        resource = kind._resource
        own = [item.path for item in found or everything if item.resource is resource] or [resource.path]
        path = own[0] if found else max(own, key=len)
        return found, Reading(ABSENT, path, resource, (found or everything)[0].rests if everything else ())

    def lacks_satellite(self, resource: Resource) -> bool:
        place = self.place(resource.dialect)
        if not super().lacks_satellite(resource) or not isinstance(place, Beside):
            return False
        graph = resource.scope.graph
        if not graph.has_companions(place.type, place.by, resource.scope, inside=place.inside):
            return True
        kind = view(resource, graph.once("elsewhere", lambda: World(blurred=True)))
        if kind is None:
            return False
        found = _satellites(kind, place)
        return not (found.certain or found.open)

    def _everything(self, kind: Kind) -> list[Reading]:
        """Every item, and `ABSENT` where one is missing."""
        world = kind._world
        outer, world.noted = world.noted, []
        try:
            found = self._items(kind)
            rests = (*kind._rests, *world.noted)
        finally:
            world.noted = outer
        for item in found:
            item.rests = rests
        return found

    def _items(self, kind: Kind) -> list[Reading]:
        resource, world = kind._resource, kind._world
        source = self.sources[resource.dialect]
        found: list[Reading] = []
        for place in source if isinstance(source, tuple) else (source,):
            if isinstance(place, str):
                found += [Reading(*item, resource) for item in read_all(resource, place, world, kind._root)]
            elif place is not None:
                companions = _satellites(kind, place)
                for satellite in companions.certain:
                    found += [Reading(*item, satellite) for item in read_all(satellite, place.path, world)]
                for satellite in companions.open:
                    found.append(Reading(Unknown(f"{satellite.name} may belong to it"), satellite.path, satellite))
                if resource.scope.partial:
                    found.append(Reading(Unknown(resource.scope.partial), resource.path, resource))
        return found


class Many(Listed[Values]):
    """Values that stand in a list. `block` is the kind that an item is, where it has attributes of its own."""

    def __init__(self, *, block: type[Block] | None = None, **places: Any) -> None:
        super().__init__(**places)
        self.block = block

    def of(self, kind: Kind) -> Values:
        found, whole = self.readings(kind)
        items: list[Any] = []
        open: Reading | None = None
        filled = False
        for item in found:
            several = isinstance(item.data, Unknown) and item.data.pattern is None  # what has a pattern is one text
            if several or (self.block is not None and isinstance(item.data, MARKERS)):
                open = item
                filled = filled or is_one(item.data)
            elif self.block is None:
                items.append(Value(self, item))
            else:
                items.append(self.block(item.resource, kind._world, (item.data, item.path), item.rests))
        return Values(Value(self, open or whole), items, open=open is not None, filled=filled)


class Link(Value):
    """The value of an attribute that names another resource."""

    __slots__ = ("target", "world")
    target: Resource | None
    world: World

    def ask(self, question: Callable[[Any], Verdict]) -> Verdict:
        """Put a question to the resource that is named; unknown where it cannot be followed."""
        kind = view(self.target, self.world) if self.target is not None else None
        return Verdict(UNKNOWN, (Fact(self, "leads to"),)) if kind is None else question(kind)


class LinkTo(Attribute[Link]):
    """An attribute that names another resource, by reference or by name; `to` is the class name of its kind."""

    def __init__(self, *, to: str, **places: Any) -> None:
        super().__init__(**places)
        self.to = to

    def of(self, kind: Kind) -> Link:
        value = Link(self, self.read(kind))
        value.world = kind._world
        value.target = self._target(kind, value.data)
        return value

    def _target(self, kind: Kind, data: Any) -> Resource | None:
        if isinstance(data, Reference):
            return data.resource
        name = symbol(data)
        if name is None:
            return None
        scope = kind._resource.scope
        found = _bearers(kind_named(self.to), scope, kind._world).get(name, ())
        near = [(resource, rests) for resource, rests in found if scope.shares_names(resource.scope)]
        if len(near) != 1:
            return None
        for default in near[0][1]:
            kind._world.note(default)
        return near[0][0]


def _bearers(kind: type[Kind], scope: Scope, world: World) -> _Bearers:
    """The resources of a kind in a namespace by what names them, and the defaults that their names rest on."""
    key = ("bearers", kind, scope.namespace)
    if key not in world.memo:
        found: _Bearers = {}
        for type in kind.types:
            for resource in scope.graph.of_type(type, scope):
                given, rests = _own_name(kind(resource, world))
                for name in dict.fromkeys((symbol(given), *resource.scope.identifiers(resource))):
                    found.setdefault(name, []).append((resource, rests))
        world.memo[key] = found
    bearers: _Bearers = world.memo[key]
    return bearers


class Always(Attribute[Value]):
    """An attribute that the service fixes for everyone: `source` is the AWS page that says so, `called` what people call
    it, for no dialect has a word for it.
    """

    def __init__(self, data: bool, source: str, called: str = "encryption") -> None:
        super().__init__(default=data)
        self.source = source
        self.called = called

    def label(self, dialect: str) -> str:
        return self.called

    def of(self, kind: Kind) -> Value:
        found = Reading(self.defaults[kind._resource.dialect], kind._resource.path, kind._resource)
        found.defaulted = True
        return Value(self, found)
