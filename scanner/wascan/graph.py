"""Resources, their Region and account, and how what is written in them is followed.

A dialect turns its input into a `Graph`: resources whose properties are as written, each in a `Scope` that
knows how to resolve them. Resolving is lazy and happens in a `World`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from wascan.markers import ABSENT, Reference, Text, Unknown, apart, assemble, could_be, symbol
from wascan.path import read, read_all
from wascan.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from wascan.document import Document, Path, Place

    _Named = dict[Hashable, list["Resource"]]


class Note:
    """Something about the input that people should know: `level` is ``error``, ``warning`` or ``note``."""

    __slots__ = ("file", "level", "line", "message")

    def __init__(self, level: str, message: str, file: str | None = None, line: int | None = None) -> None:
        self.level = level
        self.message = message
        self.file = file
        self.line = line

    def __repr__(self) -> str:
        return f"{self.file}:{self.line}: {self.level}: {self.message}"


class Acknowledgement:
    """A rule that the code of an app accepts: for the `construct` at a path and all that is in it. `plugin` is whose rule it
    is: ``wascan``, or another's.
    """

    __slots__ = ("construct", "namespace", "place", "plugin", "reason", "rule")

    def __init__(self, namespace: str, construct: str, plugin: str, rule: str, reason: str, place: Place) -> None:
        self.namespace = namespace
        self.construct = construct
        self.plugin = plugin
        self.rule = rule
        self.reason = reason
        self.place = place

    def covers(self, resource: Resource) -> bool:
        """Whether it speaks of a resource."""
        inside = f"{resource.construct}/".startswith(f"{self.construct}/" if self.construct else "")
        return inside and resource.scope.namespace == self.namespace


class Scope(ABC):
    """Where resources stand together: a stack, or the module of a plan."""

    graph: Graph
    address: str
    """The stack's name or path within the scan; empty for a template on its own."""
    name: str
    """What people call it."""
    document: Document
    tags: dict[str, Any]
    """Tags that its deployment gives to every resource."""
    whole: bool
    """Whether what is not in the scan is sure not to exist: a declared whole workload."""
    partial: str = ""
    """Why resources that belong to it may be missing from the scan; empty where all of them are there."""

    @property
    def namespace(self) -> str:
        """The address of what a literal name means one resource in: the template or plan as a whole."""
        return self.address

    @abstractmethod
    def resolve(self, data: Any, path: Path, world: World) -> tuple[Any, Path]:
        """Follow `data` until it is plain data or a marker; the insides of containers stay as written."""

    @abstractmethod
    def missing(self, container: dict[str, Any], world: World) -> Any:
        """What a name that is not in `container` comes to: `ABSENT`, or `Unknown` where something may still add it."""

    @abstractmethod
    def exists(self, resource: Resource, world: World) -> bool | None:
        """Whether the resource is created at all in this world; None if that is unknown."""

    @abstractmethod
    def region(self, world: World) -> Any:
        """The Region of the scope: a string or `Unknown`."""

    def region_of(self, resource: Resource, world: World) -> Any:
        """The Region of one resource, where it may be another than that of its scope."""
        return self.region(world)

    @abstractmethod
    def account(self, world: World) -> Any:
        """The account of the scope: a string of 12 digits or `Unknown`."""

    def takes(self) -> Iterable[str]:
        """The names of the parameters that whoever deploys gives values."""
        return ()

    def identifiers(self, resource: Resource) -> tuple[str, ...]:
        """The literals, beside the name that a person gave it, by which others are sure to mean `resource`."""
        return ()

    def onlookers(self, resource: Resource) -> Iterable[Scope]:
        """The scopes in which something that stays open may turn out to name `resource`, which is one of this."""
        return (self,)

    def shares_names(self, other: Scope) -> bool:
        """Whether a literal name means the same resource here and in another scope of the namespace."""
        return True

    def documents(self) -> Iterable[Document]:
        """Every file that places of its resources lead to."""
        return (self.document,)

    def place(self, resource: Resource, path: Path) -> Place:
        """Where a person wrote what is at `path` of one of its resources."""
        if path in (resource.path, resource.properties_path):
            return self.document.place(resource.path, key=True)
        return self.document.place(path)

    def extent(self, resource: Resource) -> Place:
        """All that a person wrote of one of its resources."""
        return self.document.extent(resource.path)

    def twin_place(self, resource: Resource, path: Path) -> Place | None:
        """Where else the same stands: in the template that was generated from it; None where nothing was."""
        return None

    def committed(self, place: Place) -> Place:
        """The place to show to those who see no generated file: `place` itself, or the settings of what generated it."""
        return place

    def deep(self, data: Any, path: Path, world: World) -> Any:
        """`data` resolved through and through: plain data in which markers stand for what is open."""
        data, path = self.resolve(data, path, world)
        if type(data) is dict:
            pairs = ((name, self.deep(item, (*path, name), world)) for name, item in data.items())
            return {name: item for name, item in pairs if item is not ABSENT}
        if type(data) is list:
            items = (self.deep(item, (*path, index), world) for index, item in enumerate(data))
            return [item for item in items if item is not ABSENT]
        return data


class Resource:
    """One resource as written.

    `address` is unique in the graph; `name` is the logical id or the Terraform address; `body` is all of it
    and `properties` the part that its type defines, both as written, at `path` and `properties_path` of the
    scope's document. `origins` says where else parts of the properties were written (SAM's ``Globals``).
    `construct` is the path of the CDK construct that makes it, or empty. `managed_by` names the tool that made it for
    its own purposes, so that nobody can configure it; empty for what a person asked for.
    """

    __slots__ = (
        "_places", "address", "body", "construct", "derived", "dialect", "managed_by", "name", "origins", "path",
        "properties", "properties_path", "scope", "type",
    )  # fmt: skip

    def __init__(
        self,
        scope: Scope,
        dialect: str,
        name: str,
        type: str,
        body: dict[str, Any],
        path: Path,
        properties: Any,
        properties_path: Path,
        *,
        origins: dict[Path, Path] | None = None,
        derived: bool = False,
        address: str | None = None,
    ) -> None:
        self.scope = scope
        self.dialect = dialect
        self.name = name
        self.address = address or (f"{scope.address}/{name}" if scope.address else name)
        self.type = type
        self.body = body
        self.path = path
        self.properties = properties
        self.properties_path = properties_path
        self.origins = origins
        self.derived = derived
        self.construct = ""
        self.managed_by = ""
        self._places: dict[Path, Place] | None = None

    @property
    def file(self) -> str:
        return self.place(self.path).file

    def place(self, path: Path) -> Place:
        """Where a person wrote what is at `path`; a property that is missing stands where its resource is named."""
        if self._places is None:
            self._places = {}
        found = self._places.get(path)
        if found is None:
            found = self._places[path] = self._place(path)
        return found

    def _place(self, path: Path) -> Place:
        if self.origins is not None and path[: len(self.properties_path)] == self.properties_path:
            inside = path[len(self.properties_path) :]
            for length in range(len(inside), 0, -1):
                if (origin := self.origins.get(inside[:length])) is not None:
                    return self.scope.document.place((*origin, *inside[length:]))
        return self.scope.place(self, path)

    def twin_place(self, path: Path) -> Place | None:
        """Where the same stands in the template that was generated from it, or in the code that generated it."""
        return self.scope.twin_place(self, path)

    def __repr__(self) -> str:
        return f"<{self.type} {self.address}>"


class Companions:
    """Satellites of a resource: those that name it, and those of which nobody can tell yet; `by_name` says that its
    explicit name led to one of them.
    """

    __slots__ = ("by_name", "certain", "open")

    def __init__(self, certain: list[Resource], open: list[Resource], *, by_name: bool = False) -> None:
        self.certain = certain
        self.open = open
        self.by_name = by_name


NOBODY = Companions([], [])


class Graph:
    """All resources of a scan and what leads from one to another."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []
        self.notes: list[Note] = []
        self.files: set[str] = set()
        """Files that were read on the way, beside the sources themselves."""
        self.acknowledged: list[Acknowledgement] = []
        """What the inputs themselves say that they accept."""
        self.removed: set[str] = set()
        """The types of which a deployment takes resources away."""
        self.resources: list[Resource] = []
        self._facts: dict[Hashable, Any] = {}
        self._by_type: dict[tuple[str, str], list[Resource]] | None = None
        self._beside: dict[tuple[str, str, str, bool], tuple[_Named, dict[Scope, list[Resource]]]] = {}

    def add(self, resource: Resource) -> None:
        self.resources.append(resource)

    def once(self, key: Hashable, find: Callable[[], Any]) -> Any:
        """What `find` finds, found once: a fact of all resources as they are written, which is the same in every world
        (what is not is for `World.once`).
        """
        if key not in self._facts:
            self._facts[key] = find()
        return self._facts[key]

    def of_type(self, type: str, scope: Scope) -> list[Resource]:
        """The resources of a type in the namespace of a scope."""
        if self._by_type is None:
            self._by_type = {}
            for resource in self.resources:
                self._by_type.setdefault((resource.scope.namespace, resource.type), []).append(resource)
        return self._by_type.get((scope.namespace, type), [])

    def has_companions(self, type: str, by: str, scope: Scope, *, inside: bool = False) -> bool:
        """Whether any resource of `type` in the namespace of a scope names, or may name, something at the path `by`."""
        named, open = self._index(scope, type, by, inside)
        return bool(named or open)

    def companions(
        self, target: Resource, type: str, by: str, name: Any, world: World, *, inside: bool = False
    ) -> Companions:
        """The resources of `type` whose attribute at the path `by` names `target`, or with `inside` names it as one
        segment of a path or ARN.

        They name it by reference or by its explicit `name` (`ABSENT` without one), be it the same literal or
        the same expression. One whose target is open counts as open only where it could still be this one:
        a generated name is not to be guessed from a parameter or an import, which are known by their identity.
        """
        named, open = self._index(target.scope, type, by, inside)
        explicit = symbol(name)
        found = [*named.get(("resource", target.address), ())]
        for known in dict.fromkeys((explicit, *target.scope.identifiers(target))):
            found += [satellite for satellite in named.get(known, ()) if target.scope.shares_names(satellite.scope)]
        by_name = explicit is not None and explicit in named
        unclear: list[Resource] = []
        if isinstance(name, (Unknown, Text)):
            # what is named by a literal may turn out to be this one
            for known, satellites in named.items():
                if isinstance(known, str) and (isinstance(name, Unknown) or could_be(name, known)):
                    unclear += [item for item in satellites if target.scope.shares_names(item.scope)]
        onlookers = target.scope.onlookers(target) if open else ()
        for satellite in (item for scope in onlookers for item in open.get(scope, ())):
            outer, world.noted = world.noted, []
            try:
                names, telling = _named(satellite, by, inside, world)
            finally:
                noted, world.noted = world.noted, outer
            for default in noted if name is not ABSENT else ():  # what has no name is not named by another value either
                world.note(default)
            same = explicit is not None and any(symbol(item) == explicit for item in names)
            if same or any(isinstance(item, Reference) and item.resource is target for item in names):
                found.append(satellite)
                by_name = by_name or same
                continue
            guessed = name is not ABSENT or target.dialect == "tf"
            if any(
                isinstance(data, (Unknown, Text))
                and not apart(data, name)
                and (guessed or (isinstance(data, Unknown) and data.identity is None))
                for data in telling
            ):
                unclear.append(satellite)
        there = {item: item.scope.exists(item, world) for item in (*found, *unclear)}
        return Companions(
            [item for item in dict.fromkeys(found) if there[item] is True],
            [
                item
                for item in dict.fromkeys((*found, *unclear))
                if there[item] is None or (item in unclear and there[item])
            ],
            by_name=by_name,
        )

    def _index(self, scope: Scope, type: str, by: str, inside: bool) -> tuple[_Named, dict[Scope, list[Resource]]]:
        """The satellites of a type in a namespace by what they name for sure, and the others by their scope."""
        key = (scope.namespace, type, by, inside)
        if key not in self._beside:
            named: _Named = {}
            open: dict[Scope, list[Resource]] = {}
            for satellite in self.of_type(type, scope):
                world = World(blurred=True)
                names, telling = _named(satellite, by, inside, world)
                if world.noted:  # with another value of a parameter it may name another
                    open.setdefault(satellite.scope, []).append(satellite)
                    continue
                for data in names:
                    if isinstance(data, Reference):
                        named.setdefault(("resource", data.resource.address), []).append(satellite)
                    elif not isinstance(data, (Unknown, Text)) and (name := symbol(data)) is not None:
                        named.setdefault(name, []).append(satellite)
                if any(isinstance(data, (Unknown, Text)) for data in telling):
                    open.setdefault(satellite.scope, []).append(satellite)
            self._beside[key] = named, open
        return self._beside[key]

    def __iter__(self) -> Iterator[Resource]:
        return iter(self.resources)


def _named(satellite: Resource, by: str, inside: bool, world: World) -> tuple[list[Any], list[Any]]:
    """What an attribute names, and which of it tells whom a satellite belongs to: all of a list, of the segments of a
    path the last one.
    """
    if "[*]" in by:
        names = [data for data, _ in read_all(satellite, by, world)]
        return names, names
    names = _segments(read(satellite, by, world)[0], inside)
    return names, names[-1:]


def _segments(data: Any, inside: bool) -> list[Any]:
    """`data` itself, or with `inside` the segments of a path or ARN, each known, a marker, or a mixture as text."""
    if not inside or not isinstance(data, (str, Text)):
        return [data]
    segments: list[list[str | Unknown | Reference]] = [[]]
    for part in data.parts if isinstance(data, Text) else (data,):
        pieces = part.replace(":", "/").split("/") if isinstance(part, str) else [part]
        segments[-1] += pieces[:1]
        segments += [[piece] for piece in pieces[1:]]
    return [assemble([*segment]) for segment in segments]
