"""A CloudFormation stack: what its template says, and what its parameters and conditions come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.dialects import loops
from wascan.dialects.conditions import compared, decide
from wascan.dialects.intrinsics import FUNCTIONS
from wascan.graph import UNDECIDED, Choice, Default, Graph, Other, Resource, Scope, World
from wascan.value import ABSENT, MARKERS, Reference, Unknown, assemble, plain, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.dialects import Settings
    from wascan.document import Document, Path

_PARTITIONS = {"cn": "aws-cn", "us-gov": "aws-us-gov", "us-iso": "aws-iso", "us-isob": "aws-iso-b", "eusc": "aws-eusc"}
"""The partition of Regions that are not in ``aws``, by the beginning of their name (AWS: "AWS Regions")."""


class Workload:
    """The stacks of one scan, and what they export to one another."""

    def __init__(self, graph: Graph, settings: Settings) -> None:
        self.graph = graph
        self.settings = settings
        self.stacks: list[Stack] = []
        self._exports: dict[str, list[tuple[Stack, str]]] | None = None

    def exported(self, name: str, importer: Stack, world: World) -> Any:
        """The value that a stack in the account and Region of `importer` exports under `name`."""
        if self._exports is None:
            self._exports = {}
            for stack in self.stacks:
                for output, body in stack.section("Outputs").items():
                    export = body.get("Export") if isinstance(body, dict) else None
                    if isinstance(export, dict) and "Name" in export:
                        known = stack.deep(export["Name"], (), World(blurred=True))
                        if isinstance(known, str):
                            self._exports.setdefault(known, []).append((stack, output))
        exporters = [found for found in self._exports.get(name, []) if importer.shares_names(found[0])]
        if len(exporters) == 1:
            return exporters[0][0].output(exporters[0][1], world)
        many = f"{len(exporters)} stacks of this scan export {name}"
        return Unknown(many if exporters else f"{name} is exported by a stack outside this scan", ("import", name))

    def output(self, stack: str, name: str, region: Any, account: Any, world: World) -> Any:
        """The output `name` of the stack that is called so in a Region and an account, as far as they are known."""
        called = [found for found in self.stacks if found.parent is None and found.stack_name == stack]
        found = [candidate for candidate in called if candidate.may_be_in(region, account)]
        if len(found) == 1:
            return found[0].output(name, world)
        many = f"{len(found)} stacks of this scan are called {stack}"
        return Unknown(many if found else f"the stack {stack} is not in this scan", ("output", stack, name))


class Stack(Scope):
    """One stack: a template with the values that its parameters are given.

    `arguments` are the values that a parent stack passes, as written there.
    """

    def __init__(
        self,
        workload: Workload,
        document: Document,
        address: str,
        *,
        parent: Resource | None = None,
        region: str | None = None,
        account: str | None = None,
        name: str | None = None,
        tags: dict[str, Any] | None = None,
        whole: bool = False,
    ) -> None:
        self.workload = workload
        self.graph = workload.graph
        self.document = document
        self.address = address
        self.name = name or address
        self.parent = parent
        self.tags = workload.settings.tags if tags is None else tags
        self.whole = whole or workload.settings.whole
        self.stack_name = name
        self._region = region or workload.settings.region
        self._account = account or workload.settings.account
        self.parameters = self.mappings = self.conditions = dict[str, Any]()
        self.resources: dict[str, Resource] = {}
        self.children: dict[str, Stack] = {}
        self.macro = ""
        """The first macro of the template that may change anything; empty if there is none."""
        self.unexpanded = ""
        """The first loop whose resources are known only at deploy; empty if there is none."""
        self._compared: dict[str, list[str]] | None = None
        # last, for loops in one section need what stands above it
        self.parameters = self.section("Parameters")
        self.mappings = self.section("Mappings")
        self.conditions = self.section("Conditions")

    def shares_names(self, other: Scope) -> bool:
        return not isinstance(other, Stack) or other.may_be_in(self._region, self._account)

    def may_be_in(self, region: Any, account: Any) -> bool:
        """Whether it may be deployed to a Region and an account, as far as they are strings."""
        both = ((self._region, region), (self._account, account))
        return all(not isinstance(one, str) or not isinstance(other, str) or one == other for one, other in both)

    def section(self, name: str) -> dict[str, Any]:
        """A section of the template; empty where it is missing or no mapping."""
        found = self.document.data.get(name)
        if isinstance(found, dict) and any(key.startswith(loops.LOOP) for key in found):
            return {key: body for key, body, _ in loops.entries(self, found, (name,))}
        return found if isinstance(found, dict) else {}

    def line(self) -> Iterator[Stack]:
        """The stack, its parent, the parent of that, and so on."""
        stack: Stack | None = self
        while stack is not None:
            yield stack
            above = stack.parent.scope if stack.parent is not None else None
            stack = above if isinstance(above, Stack) else None

    def resolve(self, data: Any, path: Path, world: World) -> tuple[Any, Path]:
        while type(data) is dict and len(data) == 1:
            ((name, argument),) = data.items()
            function = FUNCTIONS.get(name)
            if function is None:
                if name[:1] == "!":
                    return Unknown(f"{name} is no function of CloudFormation"), path
                break
            written = data
            data, path = function(self, argument, (*path, name), world)
            if world.trace is not None:
                world.trace.append((written, data))
        if data is None:
            return ABSENT, path
        if type(data) is str and "{{resolve:" in data:
            return Unknown("it is looked up at deploy (dynamic reference)", ("dynamic", data), filled=True), path
        return data, path

    def missing(self, container: dict[str, Any], world: World) -> Any:
        if "Fn::Transform" in container:
            return Unknown("a macro may add it at deploy")
        return Unknown(f"the macro {self.macro} may add it at deploy") if self.macro else ABSENT

    def exists(self, resource: Resource, world: World) -> bool | None:
        above = True if self.parent is None else self.parent.scope.exists(self.parent, world)
        if above is False:
            return False
        name = resource.body.get("Condition")
        own = True if not isinstance(name, str) else self.condition(name, world)
        return own if above else (False if own is False else None)

    def reference(self, name: str, attribute: str | None) -> Any:
        """A reference to a resource of this stack."""
        resource = self.resources.get(name)
        if resource is not None:
            return Reference(resource, attribute)
        if self.macro or self.unexpanded:
            return Unknown(
                f"{name} is made by {self.macro or self.unexpanded}", ("made", self.address, name, attribute)
            )
        return Unknown(f"there is no resource or parameter called {name}")

    def attribute(self, name: str, attribute: str, world: World) -> Any:
        """An attribute of a resource; an output of a nested stack that is part of the scan is followed."""
        child = self.children.get(name)
        if child is not None and attribute.startswith("Outputs."):
            return child.output(attribute.removeprefix("Outputs."), world)
        return self.reference(name, attribute)

    def condition(self, name: str, world: World, trail: tuple[str, ...] = ()) -> bool | None:
        """Whether a condition holds in a world; the defaults it rests on are noted each time it is asked."""
        key = ("condition", self.address, name)
        if key not in world.memo:
            if name not in self.conditions or name in trail:
                return None
            outer, world.noted = world.noted, []
            try:
                expression = self.conditions[name]
                truth = decide(self, name, expression, ("Conditions", name), world, (*trail, name))
                world.memo[key] = (truth, tuple(world.noted))
            finally:
                world.noted = outer
        known: bool | None
        known, noted = world.memo[key]
        for default in noted:
            world.note(default)
        return known

    def output(self, name: str, world: World) -> Any:
        """The value of an output."""
        body = self.section("Outputs").get(name)
        if not isinstance(body, dict) or "Value" not in body:
            return Unknown(f"the stack {self.name} has no output called {name}")
        return self.deep(body["Value"], ("Outputs", name, "Value"), world)

    def parameter(self, name: str, world: World) -> Any:
        """The value of a parameter: passed, pinned, decided in this world, its default, or open."""
        body = self.parameters[name]
        kind = body.get("Type") if isinstance(body, dict) else None
        if not isinstance(body, dict) or not isinstance(kind, str):
            return Unknown(f"the parameter {name} has no type")
        passed = self._passed(name, world)
        if passed is not ABSENT:
            return _typed(passed, kind)
        key = ("parameter", self.address, name)
        decided = world.decided.get(key, ABSENT)
        if decided is not ABSENT and not isinstance(decided, Other):
            return _typed(decided, kind)
        never = frozenset(decided.than) if isinstance(decided, Other) else frozenset[str]()
        filled = kind.startswith(("AWS::", "List<AWS::")) or plain(body.get("MinLength", 0)) not in ("0", "")
        unknown = Unknown(
            f"it is the parameter {name}, which has no default", key, never=never, filled=filled or "" in never
        )  # fmt: skip
        if kind.startswith("AWS::SSM::Parameter::Value"):
            return Unknown(f"it is looked up at deploy (parameter {name})", key, filled=True)
        if decided is ABSENT and "Default" in body:
            others = tuple(text for text in self._options(name) if text != plain(body["Default"]))
            if plain(body.get("NoEcho", "")) == "true":
                return Unknown(f"it is the parameter {name}, which hides its value", key, filled=body["Default"] != "")
            world.note(Default(Choice(key, name, others), plain(body["Default"])))
            return _typed(body["Default"], kind)
        allowed = body.get("AllowedValues")
        if decided is ABSENT and isinstance(allowed, list) and allowed:
            taken = world.choose(Choice(key, name, tuple(plain(item) for item in allowed)))
            return Unknown(f"{name} is undecided", key) if taken is UNDECIDED else _typed(taken, kind)
        return unknown

    def _passed(self, name: str, world: World) -> Any:
        """What the parent stack, or the person who scans, gives a parameter; `ABSENT` if neither does."""
        if self.parent is None:
            return self.workload.settings.parameters.get(name, ABSENT)
        properties = self.parent.properties if isinstance(self.parent.properties, dict) else {}
        arguments = properties.get("Parameters", {})
        if not isinstance(arguments, dict) or name not in arguments:
            return ABSENT
        path = (*self.parent.properties_path, "Parameters", name)
        return self.parent.scope.deep(arguments[name], path, world)

    def _options(self, name: str) -> list[str]:
        """The values that a parameter is allowed, or else compared with."""
        body = self.parameters.get(name)
        allowed = body.get("AllowedValues") if isinstance(body, dict) else None
        if isinstance(allowed, list) and allowed:
            return [plain(item) for item in allowed]
        if self._compared is None:
            self._compared = compared(self.conditions)
        return self._compared.get(name, [])

    def open_choice(self, name: str, keys: list[str], world: World) -> Choice | None:
        """The choice to be made for an open parameter or pseudo parameter; None if it is not open.

        `keys` bound it where it has to be one of them.
        """
        pseudo = name.startswith("AWS::")
        if pseudo:
            value = self.pseudo(name, world)
            key = ("parameter", self._root().address, name)
        elif name in self.parameters:
            value = self.parameter(name, world)
            key = ("parameter", self.address, name)
        else:
            return None
        if not isinstance(value, Unknown) or value.identity != key:
            return None
        options = self._options(name)
        if keys:
            left = tuple(item for item in keys if item not in value.never)
            return Choice((*key, *keys) if value.never else key, name, left) if left else None
        if key in world.decided:
            return None
        other = Other(tuple(options))
        return Choice(key, name, (*options, other)) if options else None

    def _root(self) -> Stack:
        return list(self.line())[-1]

    def pseudo(self, name: str, world: World) -> Any:
        """A pseudo parameter (AWS: "Pseudo parameters reference")."""
        root = self._root()
        key = ("parameter", root.address, name)
        decided = world.decided.get(key, ABSENT)
        if isinstance(decided, str):
            return decided
        if name == "AWS::Region" and self._region:
            return self._region
        if name == "AWS::AccountId" and self._account:
            return self._account
        if name == "AWS::StackName" and self.stack_name:
            return self.stack_name
        if name in ("AWS::Partition", "AWS::URLSuffix"):
            region = self.pseudo("AWS::Region", world)
            if isinstance(region, str):
                partition = next((p for head, p in _PARTITIONS.items() if region.startswith(f"{head}-")), "aws")
                if name == "AWS::Partition":
                    return partition
                if partition in ("aws", "aws-us-gov"):
                    return "amazonaws.com"
                if partition == "aws-cn":
                    return "amazonaws.com.cn"
        if name in ("AWS::StackName", "AWS::StackId"):
            key = ("parameter", self.address, name)
        never = frozenset(decided.than) if isinstance(decided, Other) else frozenset[str]()
        filled = name != "AWS::NotificationARNs"
        return Unknown(f"{name} is known at deploy", key, never=never, filled=filled)

    def region(self, world: World) -> Any:
        return self.pseudo("AWS::Region", world)

    def account(self, world: World) -> Any:
        return self.pseudo("AWS::AccountId", world)


def _typed(value: Any, kind: str) -> Any:
    """A parameter's value as its type has it: lists are written with commas."""
    if isinstance(value, MARKERS) or not (kind == "CommaDelimitedList" or kind.startswith("List<")):
        return assemble([reason(value)]) if isinstance(value, dict) else value
    if isinstance(value, list):
        return value
    return [item.strip() for item in plain(value).split(",")] if plain(value) else []
