"""Secrets: whether what holds one keeps it out of templates, and out of what a stack shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from wascan.attribute import Attribute, Listed
from wascan.kind import Kind
from wascan.markers import ABSENT, Reference, Text, Unknown, plain
from wascan.path import read, spoken
from wascan.value import Reading, Value, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.document import Path
    from wascan.verdict import Verdict


class SecretValue(Value):
    """The value of an attribute that holds a secret."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """What the dialect calls the one attribute that it stands in."""
        names = cast("Secrets", self.attribute).names(self.resource.dialect)
        return next((name for name in names if name.rpartition(".")[2] in self.path), super().name)

    def stays_out_of_code(self) -> Verdict:
        """Whether it stands neither in the template nor in the configuration, be it as the default of a parameter or
        variable.
        """
        return self._answer(_kept_from(_IN_CODE, self.data, self), "is_hidden")

    def stays_out_of_sight(self) -> Verdict:
        """Whether what is passed or looked up is hidden from those who may look at the stack or plan.

        A parameter hides its value with ``NoEcho``. What is looked up in Secrets Manager, or is a secret of Systems Manager,
        never gets into the stack; a plain parameter of Systems Manager does (AWS CloudFormation User Guide, "Get values
        stored in other services using dynamic references"). Terraform shows a variable unless it is sensitive (Terraform,
        "Manage sensitive data in your configuration"). What stands in the code is no matter of this.
        """
        return self._answer(_kept_from(_IN_THE_OPEN, self.data, self), "is_hidden")


_SAFE, _IN_CODE, _IN_THE_OPEN = "kept as a secret", "written in the code", "passed or looked up in the open"
"""Where a secret comes from, as far as that counts. None is for what nobody can tell."""


def _kept_from(place: str, data: Any, value: SecretValue) -> bool | None:
    """Whether a secret, or each open part of it, comes from somewhere else."""
    if isinstance(data, Text):
        parts = [_kept_from(place, part, value) for part in data.parts if not isinstance(part, str)]
        return False if False in parts else None if None in parts else True
    origin = _origin(data, value)
    return None if origin is None else origin != place


def _origin(data: Any, value: SecretValue) -> str | None:
    if data is ABSENT or data == "" or isinstance(data, Reference):
        return _SAFE
    if isinstance(data, (dict, list)):
        return None
    if not isinstance(data, Unknown):
        parameter = _passed(value)
        return _IN_CODE if parameter is None else _of_parameter(parameter)
    match data.identity:
        case ("dynamic", source):
            return _IN_THE_OPEN if "{{resolve:ssm:" in str(source) else _SAFE
        case ("parameter", address, str(name)):
            stacks = value.resource.scope.line() if hasattr(value.resource.scope, "line") else ()
            stack = next((stack for stack in stacks if stack.address == address), None)
            return None if stack is None else _of_parameter(stack.parameters.get(name))
        case ("expression", str(origin)):
            return origin
        case _:
            return None


def _passed(value: SecretValue) -> Any:
    """The parameter whose value it is, where whoever scans gives that; None where it stands in the code."""
    scope, path = value.resource.scope, value.path
    if path[-1:] != ("Ref",) or getattr(scope, "parent", None) is not None:
        return None
    written: Any = value.resource.properties
    for step in path[len(value.resource.properties_path) :]:
        written = _at(written, step)
    parameters = getattr(scope, "parameters", {})
    parameter = parameters.get(written) if isinstance(written, str) else None
    return parameter if isinstance(parameter, dict) and not parameter.get("Default") else None


def _of_parameter(parameter: Any) -> str | None:
    """A default that is a value stands in the template; one that is the name to look a value up by does not."""
    if not isinstance(parameter, dict):
        return None
    if str(parameter.get("Type")).startswith("AWS::SSM::Parameter::Value"):
        return _IN_THE_OPEN
    if parameter.get("Default"):
        return _IN_CODE
    return _SAFE if plain(parameter.get("NoEcho")).lower() == "true" else _IN_THE_OPEN


class Secrets(Listed[Values]):
    """Attributes that hold secrets, as many as there are. In Terraform what the configuration writes down counts, for a
    plan hides the values.
    """

    def __init__(self, **places: Any) -> None:
        super().__init__(secret=True, **places)

    def of(self, kind: Kind) -> Values:
        found, whole = self.readings(kind)
        return Values(Value(self, whole), [SecretValue(self, item) for item in found], open=False)

    def _items(self, kind: Kind) -> list[Reading]:
        found = super()._items(kind)
        if kind._resource.dialect != "tf":
            return found
        return list(_written(found, kind, {name.rpartition(".")[2] for name in self.names("tf")}))

    def label(self, dialect: str) -> str:
        """All of the attributes."""
        return " or ".join(self.names(dialect)) or super().label(dialect)

    def names(self, dialect: str) -> list[str]:
        """What a dialect calls the attributes that hold the secrets."""
        source = self.sources[dialect]
        places = source if isinstance(source, tuple) else (source,)
        return [spoken(place) for place in places if isinstance(place, str)]


def _written(found: list[Reading], kind: Kind, leaves: set[str]) -> Iterator[Reading]:
    """The secrets of a resource of Terraform, those that are expressions as such."""
    for item in found:
        resource = item.resource
        inside = item.path[len(resource.properties_path) :]
        steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in inside]
        literal, _ = read(resource, "@.literal" + "".join(steps), kind._world)
        if literal is True or item.data is ABSENT or item.data == "":
            yield item if literal is not True else Reading(_LITERAL, item.path, resource, item.rests)
        elif not leaves.intersection(inside[-1:]):
            yield item  # the block that it stands in is open
        else:
            yield Reading(_comes_from(resource, inside), item.path, resource, item.rests)


def _comes_from(resource: Any, inside: Path) -> Unknown:
    """What stands for a secret that an expression gives: it is good if that is another resource. A variable is asked how it
    is declared, one of a module what it is given; of local values nobody can tell.
    """
    expression = getattr(resource, "expressions", None)
    for step in inside:
        expression = _at(expression, step)
    origin = _of_expression(expression, resource.scope)
    return Unknown("nobody can tell where it comes from", None if origin is None else ("expression", origin))


def _of_expression(expression: Any, scope: Any) -> str | None:
    """Where what an expression in a module gives comes from."""
    given = _at(expression, "constant_value")
    if given is not None:
        return None if isinstance(given, (dict, list)) else _IN_CODE if given != "" else _SAFE
    names = _at(expression, "references") or ()
    origins = {_named(str(name), scope) for name in names}
    return _SAFE if _SAFE in origins else origins.pop() if len(origins) == 1 else None


def _named(name: str, scope: Any) -> str | None:
    """Where what a module names comes from: a resource, or a variable."""
    first, _, second = name.partition(".")
    if first != "var":
        return None if first in _NO_RESOURCES else _SAFE
    name = second.partition(".")[0]
    parent = getattr(scope, "parent", None)
    if parent is not None:
        passed = _at(parent.calling(scope.call).get("expressions"), name)
        if passed is not None:
            return _of_expression(passed, parent)
    variable = _at(_at(getattr(scope, "configuration", None), "variables"), name)
    if not isinstance(variable, dict):
        return None
    sensitive, default = variable.get("sensitive") is True, variable.get("default")
    if default is not None and not isinstance(default, str):
        return None
    return _IN_CODE if default else _SAFE if sensitive else _IN_THE_OPEN


def _at(container: Any, step: Any) -> Any:
    """What stands at one step of a container; None where there is nothing."""
    if isinstance(container, dict):
        return container.get(step)
    inside = isinstance(container, list) and isinstance(step, int) and step < len(container)
    return container[step] if inside else None


_NO_RESOURCES = ("count", "each", "local", "module", "path", "self", "terraform", "var")
"""What names begin with that are no resources (Terraform, "References to Named Values")."""


_LITERAL = "a constant"


class HoldsSecrets(Kind):
    """What holds a secret: `secrets` are the attributes."""

    secrets: Attribute[Values]

    def holds_secrets(self) -> Verdict:
        """Whether it has any: some have them in one dialect and not in another."""
        return ~self.secrets.is_empty()
