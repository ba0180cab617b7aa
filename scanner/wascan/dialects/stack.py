"""A CloudFormation stack: what its template says, and what its parameters and conditions come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.dialects import loops
from wascan.dialects.conditions import compared, decide
from wascan.dialects.declaration import hides, typed, unsaid
from wascan.dialects.intrinsics import FUNCTIONS
from wascan.graph import Graph, Note, Resource, Scope
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, plain, reason
from wascan.path import read
from wascan.world import UNDECIDED, Choice, Default, Other, World

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from wascan.dialects import Settings
    from wascan.document import Document, Path

_PARTITIONS = {"cn": "aws-cn", "us-gov": "aws-us-gov", "us-iso": "aws-iso", "us-isob": "aws-iso-b", "eusc": "aws-eusc"}
"""The partition of Regions that are not in ``aws``, by the beginning of their name (AWS: "AWS Regions")."""

_FAR = 32
"""Through so many outputs, conditions and passed parameters a value is followed."""


class Workload:
    """The stacks of one scan, and what they export to one another."""

    def __init__(self, graph: Graph, settings: Settings) -> None:
        self.graph = graph
        self.settings = settings
        self.stacks: list[Stack] = []
        self.nested = 0
        """So many of the stacks are nested in others."""
        self.told: set[tuple[str, int, str]] = set()
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
        exporters = [
            found
            for found in self._exports.get(name, [])
            if importer.shares_names(found[0]) and found[0].has_output(found[1], world) is not False
        ]
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
        """The first macro of the template that may change anything, as "the macro Mine"; empty if there is none."""
        self.unexpanded = ""
        """The first loop whose resources are known only at deploy; empty if there is none."""
        self.turns = 0
        """So many turns its loops have made."""
        self._compared: dict[str, list[str]] | None = None
        self._sections: dict[str, dict[str, Any]] = {}
        # last, for loops in one section need what stands above it
        self.parameters = self.section("Parameters")
        self.mappings = self.section("Mappings")
        self.conditions = self.section("Conditions")

    def shares_names(self, other: Scope) -> bool:
        return not isinstance(other, Stack) or other.may_be_in(self._region, self._account)

    def takes(self) -> Iterable[str]:
        return self.parameters if self.parent is None else ()

    def may_be_in(self, region: Any, account: Any) -> bool:
        """Whether it may be deployed to a Region and an account, as far as they are strings."""
        both = ((self._region, region), (self._account, account))
        return all(not isinstance(one, str) or not isinstance(other, str) or one == other for one, other in both)

    def section(self, name: str) -> dict[str, Any]:
        """A section of the template; empty where it is missing or no mapping."""
        if name not in self._sections:
            found = self.document.data.get(name)
            if isinstance(found, dict) and any(key.startswith(loops.LOOP) for key in found):
                found = {key: body for key, body, _ in loops.entries(self, found, (name,))}
            self._sections[name] = found if isinstance(found, dict) else {}
        return self._sections[name]

    def complain(self, path: Path, message: str, level: str = "error") -> None:
        """Says, once, what cannot be read of the template."""
        place = self.document.place(path, key=True)
        told = (place.file, place.line, message)
        if told not in self.workload.told:
            self.workload.told.add(told)
            self.graph.notes.append(Note(level, message, place.file, place.line))

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
                if name.startswith(("!", "Fn::")) and not name.startswith(loops.LOOP):
                    return Unknown(f"{name} is no function that can stand here"), path
                break
            written = data
            data, path = function(self, argument, (*path, name), world)
            if world.trace is not None:
                world.trace.append((written, data))
        if data is None:
            return ABSENT, path
        if type(data) is str:
            if "{{resolve:" in data and "}}" in data:
                return _dynamic(data, ("dynamic", data)), path
        elif type(data) is Text and any(type(part) is str and "{{resolve:" in part for part in data.parts):
            return _dynamic(data, None if data.identity is None else ("dynamic", data.identity)), path
        return data, path

    def missing(self, container: dict[str, Any], world: World) -> Any:
        if "Fn::Transform" in container:
            return Unknown("a macro may add it at deploy")
        for name in container:
            if name.startswith(loops.LOOP):
                return Unknown(f"the loop {name.removeprefix(loops.LOOP)} may add it at deploy")
        return Unknown(f"{self.macro} may add it at deploy") if self.macro else ABSENT

    def exists(self, resource: Resource, world: World) -> bool | None:
        above = True if self.parent is None else self.parent.scope.exists(self.parent, world)
        if above is False:
            return False
        name = resource.body.get("Condition")
        own = True if name is None else self.condition(name, world) if isinstance(name, str) else None
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
        return Unknown(
            f"there is no resource or parameter called {name}",
            ("missing", self.address, name, attribute),
        )

    def attribute(self, name: str, attribute: str, world: World) -> Any:
        """An attribute of a resource; an output of a nested stack that is part of the scan is followed."""
        child = self.children.get(name)
        if child is not None and attribute.startswith("Outputs."):
            return child.output(attribute.removeprefix("Outputs."), world)
        part, _, rest = attribute.partition(".")
        if f"{name}.{part}" in self.resources:  # what SAM derives, as MyApi.Stage
            return self.reference(f"{name}.{part}", rest or None)
        return self.reference(name, attribute)

    def condition(self, name: str, world: World) -> bool | None:
        """Whether a condition holds in a world; None if that is open, also of one that asks for itself."""
        expression = self.conditions.get(name)
        path = ("Conditions", name)
        known: bool | None = self._once(
            ("condition", name), world, lambda: decide(self, name, expression, path, world), None
        )
        return known

    def has_output(self, name: str, world: World) -> bool | None:
        """Whether the condition of an output holds."""
        body = self.section("Outputs").get(name)
        condition = body.get("Condition") if isinstance(body, dict) else None
        return True if condition is None else self.condition(condition, world) if isinstance(condition, str) else None

    def output(self, name: str, world: World) -> Any:
        """The value of an output."""
        body = self.section("Outputs").get(name)
        if not isinstance(body, dict) or "Value" not in body:
            return Unknown(f"the stack {self.name} has no output called {name}")
        path = ("Outputs", name, "Value")
        circle = Unknown(f"the output {name} of {self.name} comes from itself, or from too far")
        return self._once(("output", name), world, lambda: self.deep(body["Value"], path, world), circle)

    def _once(self, key: tuple[str, str], world: World, find: Callable[[], Any], circle: Any) -> Any:
        """What `find` finds, asked once in each world; `circle` where that needs itself, or many others of its sort."""
        memo: Hashable = (key[0], self.address, key[1])
        if memo in world.pending or len(world.pending) == _FAR:
            return circle
        world.pending.add(memo)
        try:
            return world.once(memo, find)
        finally:
            world.pending.remove(memo)

    def parameter(self, name: str, world: World) -> Any:
        """The value of a parameter: passed, pinned, decided in this world, its default, or open."""
        body = self.parameters[name]
        kind = body.get("Type") if isinstance(body, dict) else None
        if not isinstance(body, dict) or not isinstance(kind, str):
            return Unknown(f"the parameter {name} has no type")
        key = ("parameter", self.address, name)
        decided = world.decided.get(key, ABSENT)
        if decided is not ABSENT and not isinstance(decided, Other):
            return typed(decided, name, kind)
        never = frozenset(decided.than) if isinstance(decided, Other) else frozenset[str]()
        if kind.startswith("AWS::SSM::Parameter::Value"):
            # what is passed, and the default, is the name to look it up by
            passed = self._passed(name, world)
            by = body.get("Default") if passed is ABSENT else passed
            by = by if isinstance(by, (str, Text)) else None
            why = f"it is looked up at deploy (parameter {name})"
            return Unknown(why, key, never=never, filled=True, looked_up=by)
        passed = self._passed(name, world)
        if passed is ABSENT and decided is ABSENT and "Default" in body:
            passed = body["Default"]
            others = tuple(text for text in self._options(name) if text != plain(passed))
            default = Default(Choice(key, name, others), plain(passed))
            world.note(default.hidden() if passed and hides(body) else default)
        if passed is not ABSENT:
            if hides(body) and passed != "" and not isinstance(passed, MARKERS):
                return Unknown(f"it is the parameter {name}, which hides its value", key, never=never, filled=True)
            return typed(passed, name, kind)
        allowed = body.get("AllowedValues")
        if decided is ABSENT and isinstance(allowed, list) and allowed:
            taken = world.choose(Choice(key, name, tuple(plain(item) for item in allowed)))
            return Unknown(f"{name} is undecided", key) if taken is UNDECIDED else typed(taken, name, kind)
        return unsaid(name, body, kind, key, never)

    def _passed(self, name: str, world: World) -> Any:
        """What the parent stack, or the person who scans, gives a parameter; `ABSENT` if neither does."""
        parent = self.parent
        if parent is None:
            return self.workload.settings.parameters.get(name, ABSENT)
        circle = Unknown(f"the parameter {name} of {self.name} comes from itself, or from too far")

        def find() -> Any:
            given, path = read(parent, "$.Parameters", world)
            if type(given) is not dict:
                return ABSENT if given is ABSENT else Unknown(reason(given))
            if name not in given:
                return parent.scope.missing(given, world)
            return parent.scope.deep(given[name], (*path, name), world)

        return self._once(("passed", name), world, find, circle)

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
        options = [item for item in self._options(name) if value.may_be(item)]
        if keys:
            left = tuple(filter(value.may_be, keys))
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
        word = name in ("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackName")
        return Unknown(f"{name} is known at deploy", key, never=never, filled=filled, word=word)

    def region(self, world: World) -> Any:
        return self.pseudo("AWS::Region", world)

    def account(self, world: World) -> Any:
        return self.pseudo("AWS::AccountId", world)


def _dynamic(data: str | Text, identity: Hashable) -> Unknown:
    """What a text with a dynamic reference comes to, which may have open parts."""
    return Unknown("it is looked up at deploy (dynamic reference)", identity, filled=True, looked_up=data)
