"""Secrets: whether what holds one keeps it out of templates, and out of what a stack shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from wascan.kind import Attribute, Kind, Listed, Reading
from wascan.path import read, spoken
from wascan.value import ABSENT, MARKERS, Reference, Text, Unknown, Value, Values, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.document import Path
    from wascan.verdict import Verdict

_KEYS = re.compile(
    r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])"
    r"|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"
    r"|(?i:aws_?secret_?access_?key)['\"]?\s*[=:]\s*['\"]?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])"
    r"|\A(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9/+]{40}\Z"
)
"""Access keys of AWS, with their secrets, and private keys (IAM User Guide, "IAM identifiers"; RFC 7468)."""


class SecretValue(Value):
    """The value of an attribute that holds a secret."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """What the dialect calls the one attribute that it stands in."""
        names = cast("Secrets", self.attribute).names(self.resource.dialect)
        return next((name for name in names if name.rpartition(".")[2] in self.path), super().name)

    def is_hidden(self) -> Verdict:
        """Whether nobody can read it in the template, in the configuration, or in what the stack shows of itself.

        A parameter hides its value with ``NoEcho``, and has no default that would show it. What is looked up in Secrets
        Manager, or is a secret of Systems Manager, never gets into the stack; a plain parameter of Systems Manager does
        (AWS CloudFormation User Guide, "Get values stored in other services using dynamic references").
        """
        return self._answer(_hidden(self.data, self.resource), "is_hidden")


def _hidden(data: Any, resource: Any) -> bool | None:
    if data is ABSENT or data == "" or isinstance(data, Reference):
        return True
    if isinstance(data, Text):
        parts = [_hidden(part, resource) for part in data.parts if not isinstance(part, str)]
        return False if False in parts else None if None in parts else True
    if not isinstance(data, Unknown):
        return False
    match data.identity:
        case ("dynamic", source):
            return "{{resolve:ssm:" not in str(source)
        case ("parameter", address, str(name)):
            stacks = resource.scope.line() if hasattr(resource.scope, "line") else ()
            stack = next((stack for stack in stacks if stack.address == address), None)
            return None if stack is None else _hides(stack.parameters.get(name))
        case _:
            return True if data is _EXPRESSION else None


def _hides(parameter: Any) -> bool | None:
    if not isinstance(parameter, dict):
        return None
    looked_up = str(parameter.get("Type")).startswith("AWS::SSM::Parameter::Value")
    return plain(parameter.get("NoEcho")).lower() == "true" and not looked_up and not parameter.get("Default")


_EXPRESSION = Unknown("it comes from an expression", filled=True)


class Secrets(Listed[Values]):
    """Attributes that hold secrets, as many as there are. In Terraform what the configuration writes down counts, for a
    plan hides the values.
    """

    def __init__(self, **places: Any) -> None:
        super().__init__(secret=True, **places)

    def of(self, kind: Kind) -> Values:
        found = self.readings(kind)
        return Values(Value(self, self.whole(kind, found)), [SecretValue(self, item) for item in found], open=False)

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
    """What stands for a secret that an expression gives: it is good if that is another resource, or a variable that is
    declared sensitive. Of other variables nobody can tell.
    """
    expression = getattr(resource, "expressions", None)
    for step in inside:
        expression = expression.get(step) if isinstance(expression, dict) else _at(expression, step)
    names = expression.get("references", ()) if isinstance(expression, dict) else ()
    if any(_keeps(str(name), resource) for name in names):
        return _EXPRESSION
    return Unknown("it comes from a variable or a local value" if names else "nobody can tell where it comes from")


def _keeps(name: str, resource: Any) -> bool:
    """Whether what an expression names is a resource, or a sensitive variable without a default."""
    first, _, second = name.partition(".")
    if first != "var":
        return first not in _NO_RESOURCES
    variables = (getattr(resource.scope, "configuration", None) or {}).get("variables")
    variable = variables.get(second.partition(".")[0]) if isinstance(variables, dict) else None
    return isinstance(variable, dict) and variable.get("sensitive") is True and "default" not in variable


def _at(expression: Any, step: Any) -> Any:
    return (
        expression[step] if isinstance(expression, list) and isinstance(step, int) and step < len(expression) else None
    )


_NO_RESOURCES = ("count", "each", "local", "module", "path", "self", "terraform", "var")
"""What names begin with that are no resources (Terraform, "References to Named Values")."""


_LITERAL = "a constant"


class HoldsSecrets(Kind):
    """What holds a secret: `secrets` are the attributes."""

    secrets: Attribute[Values]

    def holds_secrets(self) -> Verdict:
        """Whether it has any: some have them in one dialect and not in another."""
        return ~self.secrets.is_empty()


_DIGEST = re.compile("[0-9a-f]{40}")
"""What the Terraform provider keeps of user data (Terraform Registry, hashicorp/aws, "aws_instance")."""


class TextValue(Value):
    """A text in which somebody may have written a key."""

    __slots__ = ()

    def has_no_key(self) -> Verdict:
        """Whether no access key or private key is written in it."""
        digest = self.path[-1] == "user_data" and isinstance(self.data, str) and _DIGEST.fullmatch(self.data)
        return self._answer(None if digest else _keyless(self.data), "has_no_key")


def _keyless(data: Any) -> bool | None:
    if isinstance(data, Text):
        answers = [_keyless(part) for part in data.parts]
        return False if False in answers else None if None in answers else True
    if isinstance(data, Unknown):
        return True if isinstance(data.identity, tuple) and data.identity[0] in ("dynamic", "parameter") else None
    return isinstance(data, Reference) or _KEYS.search(plain(data)) is None


class Texts(Listed[Values]):
    """All texts in some attributes, also those in maps and lists."""

    def __init__(self, **places: Any) -> None:
        super().__init__(secret=True, **places)

    def of(self, kind: Kind) -> Values:
        found = self.readings(kind)
        items = [TextValue(self, text) for item in found for text in _texts(item, kind)]
        return Values(Value(self, self.whole(kind, found)), items, open=False)


def _texts(item: Reading, kind: Kind) -> Iterator[Reading]:
    if type(item.data) is dict or type(item.data) is list:
        inner = item.data.items() if type(item.data) is dict else enumerate(item.data)
        for name, data in inner:
            yield from _texts(item.inside(data, (*item.path, name), kind._world), kind)
    elif isinstance(item.data, (str, *MARKERS)):
        yield item


class CarriesText(Kind):
    """What is given texts of its owner's, such as variables or a script: `texts` are these."""

    texts: Attribute[Values]
