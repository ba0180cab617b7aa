"""The modules of a plan and the resources in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.dialects.terraform import references, values
from wascan.dialects.terraform.answers import GIVEN, Here, Instances, Key, Node, Step, settled
from wascan.dialects.terraform.secrets import is_secret, masked
from wascan.graph import Resource, Scope
from wascan.markers import ABSENT, Reference, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wascan.dialects.terraform.plan import Plan
    from wascan.dialects.terraform.providers import Provider
    from wascan.document import Document, Path, Place
    from wascan.world import World

_LIFECYCLE = Unknown("a plan does not hold it; wascan reads it from the .tf files where it finds them")


def mapping(data: Any) -> dict[str, Any]:
    """`data` if it is a mapping; else an empty one, for what is malformed says nothing."""
    return data if isinstance(data, dict) else {}


class Module(Scope, Node):
    """One instance of a module; the root of a plan is one too.

    `name` is its address in the plan, empty for the root. `path` has the names of the calls that lead to it.
    """

    def __init__(
        self, plan: Plan, name: str, parent: Module | None, call: str, key: Key, configuration: dict[str, Any]
    ) -> None:
        self.plan = plan
        self.graph = plan.graph
        self.document = plan.document
        self.address = f"{plan.address}/{name}" if name else plan.address
        self.name = name
        self.tags = {}
        self.whole = plan.whole
        self.partial = plan.partial
        self.parent = parent
        self.call = call
        self.path: tuple[str, ...] = (*parent.path, call) if parent is not None else ()
        self.configuration = configuration
        self.key = key
        self.groups: dict[str, dict[Key, PlanResource]] = {}
        self.calls: dict[str, dict[Key, Module]] = {}
        self.followed: dict[str, Any] = {}
        self._entries: dict[str, dict[str, Any]] | None = None
        self._told: set[str] = set()
        self._subject: Any = ABSENT
        self._outside: tuple[Here, dict[str, Any]] | None = None

    @property
    def namespace(self) -> str:
        return self.plan.address

    def calling(self, call: str) -> dict[str, Any]:
        """What the configuration says of a module that is called here."""
        return mapping(mapping(self.configuration.get("module_calls")).get(call))

    def entry(self, own: str) -> dict[str, Any] | None:
        """What the configuration says of a resource by its address in the module, without an index."""
        if self._entries is None:
            written = self.configuration.get("resources")
            entries = [item for item in written if isinstance(item, dict)] if isinstance(written, list) else []
            self._entries = {address: item for item in entries if isinstance(address := item.get("address"), str)}
        found = self._entries.get(own)
        if found is not None and own not in self._told:
            type, _, name = own.rpartition(".")
            key = ("data", type[5:], name) if type.startswith("data.") else ("resource", type, name)
            self._entries[own] = found = self.plan.places.with_text(found, self, key)
            self._told.add(own)
        return found

    def instances(self, own: str) -> Any:
        """The instances of a resource of the module, by its address without an index."""
        found = self.groups.get(own)
        return Instances(own, found) if found else Unknown(f"{own} is not in the plan")

    def children(self, call: str) -> Any:
        """The instances of a module that is called here."""
        found = self.calls.get(call)
        if not found:
            calling = self.calling(call)
            if not calling or "count_expression" in calling or "for_each_expression" in calling:
                return Unknown(f"module.{call} is not in the plan")
            found = {None: self.plan.module(f"{self.name}.module.{call}" if self.name else f"module.{call}")}
        return Instances(f"module.{call}", found)

    def variable(self, name: str) -> Any:
        """What a variable of the module is given."""
        written = mapping(mapping(self.configuration.get("variables")).get(name))
        given: Any = written.get("default")
        if self.parent is None:
            here, arguments = None, mapping(self.plan.data.get("variables"))
        else:
            here, arguments = self._called(self.parent)
        if name in arguments and here is None:
            given = mapping(arguments[name]).get("value")
        elif name in arguments and here is not None:
            found = references.value(here, arguments[name])
            given = given if found is None else found
        elif "default" not in written:
            return Unknown(f"it is the variable {name}, which the plan has no value for")
        return masked(given, True) if written.get("sensitive") is True else given

    def _called(self, parent: Module) -> tuple[Here, dict[str, Any]]:
        """Where the arguments stand that the module is called with, and what they are."""
        if self._outside is None:
            calling = self.plan.places.with_text(parent.calling(self.call), parent, ("module", self.call))
            here = Here(parent, self.key, calling.get("for_each_expression"))
            self._outside = here, mapping(calling.get("expressions"))
        return self._outside

    def output(self, name: str) -> Any:
        """What an output of the module comes to."""
        written = mapping(mapping(self.configuration.get("outputs")).get(name))
        if not written:
            return Unknown(f"module.{self.call} has no output called {name}")
        expression = written.get("expression")
        text = self.plan.places.attribute(self, ("output", name), "value")
        if text is not None and isinstance(expression, dict) and "constant_value" not in expression:
            expression = {**expression, "written": text}
        return references.value(Here(self), expression)

    def below(self, path: list[Step]) -> tuple[Any, list[Step]]:
        return (self.output(path[0]) if isinstance(path[0], str) else GIVEN), path[1:]

    def settled(self) -> Any:
        """What the whole of a module stands for where one of its outputs is meant: the resource that all lead to."""
        if self._subject is ABSENT:
            self._subject = Unknown(f"it comes from {self.name}")
            found = [settled(self.output(name)) for name in mapping(self.configuration.get("outputs"))]
            leading = {item.resource.address: item.resource for item in found if isinstance(item, Reference)}
            if len(leading) == 1 and all(isinstance(item, Reference) or item is GIVEN for item in found):
                self._subject = Reference(next(iter(leading.values())))
        return self._subject

    def resolve(self, data: Any, path: Path, world: World) -> tuple[Any, Path]:
        # a list without items is how a plan says that there is no such block
        return (ABSENT if data is None or (type(data) is list and not data) else data), path

    def missing(self, container: dict[str, Any], world: World) -> Any:
        return self.plan.missing(container) if self.plan.values_only else ABSENT

    def exists(self, resource: Resource, world: World) -> bool | None:
        return None if isinstance(resource, PlanResource) and resource.deferred else True

    def region(self, world: World) -> Any:
        return self.plan.provider(self, "aws").region

    def account(self, world: World) -> Any:
        return self.plan.provider(self, "aws").account

    def region_of(self, resource: Resource, world: World) -> Any:
        """The Region of the resource itself (AWS provider 6: "Enhanced Region Support"), else of its provider."""
        assert isinstance(resource, PlanResource)
        own = resource.properties.get("region")
        if own is None or (isinstance(own, Unknown) and "region" not in resource.expressions):
            return resource.provider.region
        return own

    def identifiers(self, resource: Resource) -> tuple[str, ...]:
        assert isinstance(resource, PlanResource)
        found = (resource.written("id"), resource.written("arn"))
        return tuple(item for item in found if isinstance(item, str))

    def onlookers(self, resource: Resource) -> Iterable[Scope]:
        assert isinstance(resource, PlanResource)
        return self.plan.onlookers(self, resource.own)

    def documents(self) -> Iterable[Document]:
        return self.plan.documents() if self.parent is None else ()

    def place(self, resource: Resource, path: Path) -> Place:
        assert isinstance(resource, PlanResource)
        return self.plan.places.find(resource, path)

    def extent(self, resource: Resource) -> Place:
        assert isinstance(resource, PlanResource)
        return self.plan.places.extent(resource)


class PlanResource(Resource, Node):
    """One resource instance of a plan, managed or data; its properties are merged when they are first read.

    `own` is its address within the module, without an index. `after`, `unknown` and `sensitive` are what the plan
    says of its attributes; `sensitive` is None where the plan does not tell.
    """

    __slots__ = ("actions", "after", "deferred", "key", "own", "provider_name", "sensitive", "unknown")
    scope: Module

    def __init__(
        self,
        module: Module,
        entry: dict[str, Any],
        path: Path,
        inside: str,
        after: dict[str, Any],
        unknown: dict[str, Any],
        sensitive: Any,
        actions: tuple[str, ...],
        *,
        deferred: bool = False,
    ) -> None:
        address, type, data = entry["address"], entry["type"], entry.get("mode") == "data"
        inner = (*path, *inside.split("."))
        super().__init__(
            module,
            "tf",
            address,
            f"data.{type}" if data else type,
            {},
            path,
            None,
            inner,
            derived=data or not type.startswith("aws_"),
            address=f"{module.plan.address}/{address}",
        )
        del self.body, self.properties
        key = entry.get("index")
        self.key: Key = key if isinstance(key, (str, int)) else None
        self.own = f"data.{type}.{entry['name']}" if data else f"{type}.{entry['name']}"
        self.provider_name = entry.get("provider_name")
        self.after = after
        self.unknown = unknown
        self.sensitive = sensitive
        self.actions = actions
        self.deferred = deferred

    def __getattr__(self, name: str) -> Any:
        # a slot that is empty: filled once, when it is first asked for
        if name == "properties":
            self.properties = self.scope.plan.top(values.merged(self))
            return self.properties
        if name == "body":
            self.body = self._body()
            return self.body
        raise AttributeError(name)

    def _body(self) -> dict[str, Any]:
        entry = self.configuration or {}
        return {
            "address": self.name,
            "mode": "data" if self.type.startswith("data.") else "managed",
            "type": self.type.removeprefix("data."),
            "index": self.key,
            "provider": self.provider_name,
            "actions": list(self.actions),
            "depends_on": entry.get("depends_on"),
            "literal": _literals(self.expressions),
            "lifecycle": _LIFECYCLE if (lifecycle := self.scope.plan.places.lifecycle(self)) is None else lifecycle,
        }

    @property
    def configuration(self) -> dict[str, Any] | None:
        """What the configuration says of it; None where the plan has none."""
        return self.scope.entry(self.own)

    @property
    def expressions(self) -> dict[str, Any]:
        entry = self.configuration
        return mapping(entry.get("expressions")) if entry else {}

    @property
    def here(self) -> Here:
        """Where its expressions stand."""
        entry = self.configuration or {}
        return Here(self.scope, self.key, entry.get("for_each_expression"))

    @property
    def created(self) -> bool:
        """Whether it is made anew."""
        return "create" in self.actions

    @property
    def dynamic(self) -> frozenset[str]:
        """The names of the blocks that ``dynamic`` makes in it, as far as its .tf file is at hand."""
        return self.scope.plan.places.dynamic(self)

    @property
    def provider(self) -> Provider:
        entry = self.configuration or {}
        key = entry.get("provider_config_key")
        return self.scope.plan.provider(self.scope, key if isinstance(key, str) else "aws")

    def written(self, name: str) -> Any:
        """The value of an attribute if the plan knows it; None else."""
        known = self.after.get(name)
        if known is None or values.holds(self.unknown.get(name)):
            return None
        if isinstance(self.sensitive, dict):
            return masked(known, self.sensitive.get(name))
        return masked(known, self.sensitive is True or is_secret(name, known))

    def below(self, path: list[Step]) -> tuple[Any, list[Step]]:
        return references.attribute(self, path), []

    def settled(self) -> Any:
        return references.reference_to(self, None)


def _literals(expressions: dict[str, Any]) -> dict[str, Any]:
    """Which attributes the configuration writes as constants."""
    found: dict[str, Any] = {}
    for name, expression in expressions.items():
        if isinstance(expression, list):
            found[name] = [_literals(block) for block in expression if isinstance(block, dict)]
        elif isinstance(expression, dict) and expression.get("constant_value") is not None:
            found[name] = True
    return found
