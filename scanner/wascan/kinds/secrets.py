"""Secrets: whether what holds one keeps it out of templates, and out of what a stack shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from wascan.attribute import Attribute, Listed
from wascan.kind import Kind
from wascan.kinds.jsontext import parsed
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, plain
from wascan.path import read, spoken
from wascan.value import Reading, Value, Values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import ClassVar

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
        return self._kept_from(_IN_CODE, "stays_out_of_code")

    def stays_out_of_sight(self) -> Verdict:
        """Whether what is passed or looked up is hidden from those who may look at the stack or plan.

        A parameter hides its value with ``NoEcho``. What is looked up in Secrets Manager, or is a secret of Systems Manager,
        never gets into the stack; a plain parameter of Systems Manager does (AWS CloudFormation User Guide, "Get values
        stored in other services using dynamic references"). Terraform shows a variable unless it is sensitive (Terraform,
        "Manage sensitive data in your configuration"). What stands in the code is no matter of this.
        """
        return self._kept_from(_IN_THE_OPEN, "stays_out_of_sight")

    def _kept_from(self, place: str, question: str) -> Verdict:
        """Whether it comes from somewhere else; else the fact says what it comes from."""
        truth, source = _kept_from(place, self.data, self)
        return self._answer(truth, question, source)


_SAFE, _IN_CODE, _IN_THE_OPEN = "kept as a secret", "written in the code", "passed or looked up in the open"
"""Where a secret comes from, as far as that counts. None is for what nobody can tell."""

_Origin = tuple[str | None, str]
"""Where it comes from in that sense, and from what, in words."""


def _kept_from(place: str, data: Any, value: SecretValue) -> tuple[bool | None, str]:
    """Whether a secret comes from somewhere else than `place`, and from what it comes. In JSON that is asked of what stands
    behind names of secrets. In any other text nobody can tell which part is the secret: one that is kept will be it.
    """
    if isinstance(data, (str, Text)):
        answers = [_kept_from(place, part, value) for part in _behind_names(_data(data))]
        worst_first: tuple[bool | None, ...] = (False, None, True)
        if not answers and isinstance(data, Text):
            answers = [_kept_from(place, part, value) for part in data.parts if not isinstance(part, str)]
            worst_first = (True, None, False)
        if answers:
            return min(answers, key=lambda answer: worst_first.index(answer[0]))
    origin, source = _origin(data, value)
    return None if origin is None else origin != place, source


_SECRETS = re.compile(r"(?:password|passwd|passphrase|pwd|secret|token|key|credentials?)\Z")
"""How names end that secrets stand behind, without what stands between their words."""


def _data(text: str | Text) -> Any:
    head = text if isinstance(text, str) else text.parts[0]
    return parsed(text) if isinstance(head, str) and head.lstrip()[:1] in ("{", "[") else None


def _behind_names(data: Any) -> Iterator[Any]:
    """What stands behind names of secrets in data."""
    if isinstance(data, list):
        for item in data:
            yield from _behind_names(item)
    elif isinstance(data, dict):
        for name, item in data.items():
            if isinstance(item, (dict, list)):
                yield from _behind_names(item)
            elif isinstance(item, (str, *MARKERS)) and _SECRETS.search(re.sub("[^a-z]", "", name.lower())):
                yield item


def _origin(data: Any, value: SecretValue) -> _Origin:
    if data is ABSENT or data == "" or isinstance(data, Reference):
        return _SAFE, ""
    if isinstance(data, (dict, list)):
        return None, ""
    if not isinstance(data, Unknown):
        parameter, name = _passed(value, plain(data))
        written = "configuration" if value.resource.dialect == "tf" else "template"
        return (_IN_CODE, f"the {written}") if parameter is None else _of_parameter(parameter, name)
    match data.identity:
        case ("dynamic", source):
            shown = "{{resolve:ssm:" in str(source)
            return (_IN_THE_OPEN, "a plain parameter of Systems Manager") if shown else (_SAFE, "")
        case ("parameter", address, str(name)):
            stacks = value.resource.scope.line() if hasattr(value.resource.scope, "line") else ()
            stack = next((stack for stack in stacks if stack.address == address), None)
            return (None, "") if stack is None else _of_parameter(stack.parameters.get(name), name)
        case ("expression", str(origin), str(source)):
            return origin, source
        case _:
            return None, ""


def _passed(value: SecretValue, text: str) -> tuple[Any, str]:
    """The parameter whose value a text of the secret is, and its name, where whoever scans gives that; None where it stands
    in the code.
    """
    scope, path = value.resource.scope, value.path
    function = path[-1] if path else None
    if function not in ("Ref", "Fn::Join", "Fn::Sub") or getattr(scope, "parent", None) is not None:
        return None, ""
    written: Any = value.resource.properties
    for step in path[len(value.resource.properties_path) :]:
        written = _at(written, step)
    if function != "Ref" and any(f'"{text}"' in part for part in _strings(written)):
        return None, ""
    parameters = getattr(scope, "parameters", {})
    for name in [written] if function == "Ref" else _named_in(written):
        parameter = parameters.get(name) if isinstance(name, str) else None
        if isinstance(parameter, dict) and not parameter.get("Default"):
            return parameter, name
    return None, ""


def _strings(written: Any) -> Iterator[str]:
    """All strings in what is written."""
    if isinstance(written, str):
        yield written
    elif isinstance(written, (dict, list)):
        for item in written.values() if isinstance(written, dict) else written:
            yield from _strings(item)


def _named_in(written: Any) -> Iterator[str]:
    """The parameters that a text which is put together takes, and perhaps others."""
    for part in _strings(written):
        yield part  # as of a reference
        yield from re.findall(r"\$\{\s*([^}!\s]+)\s*\}", part)


def _of_parameter(parameter: Any, name: str) -> _Origin:
    """A default that is a value stands in the template; one that is the name to look a value up by does not."""
    if not isinstance(parameter, dict):
        return None, ""
    if str(parameter.get("Type")).startswith("AWS::SSM::Parameter::Value"):
        return _IN_THE_OPEN, f"the parameter {name}"
    if parameter.get("Default"):
        return _IN_CODE, f"the default of {name}"
    hides = plain(parameter.get("NoEcho")).lower() == "true"
    return (_SAFE, "") if hides else (_IN_THE_OPEN, f"the parameter {name}")


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
    origin, source = _of_expression(expression, resource.scope)
    return Unknown("nobody can tell where it comes from", None if origin is None else ("expression", origin, source))


def _of_expression(expression: Any, scope: Any) -> _Origin:
    """Where what an expression in a module gives comes from."""
    given = _at(expression, "constant_value")
    if given is not None:
        if isinstance(given, (dict, list)):
            return None, ""
        return (_IN_CODE, "the configuration") if given != "" else (_SAFE, "")
    names = _at(expression, "references") or ()
    origins = dict(_named(str(name), scope) for name in reversed(names))  # of those alike the first is told
    if _SAFE in origins:
        return _SAFE, ""
    return origins.popitem() if len(origins) == 1 else (None, "")


def _named(name: str, scope: Any) -> _Origin:
    """Where what a module names comes from: a resource, or a variable."""
    first, _, second = name.partition(".")
    if first != "var":
        return None if first in _NO_RESOURCES else _SAFE, ""
    name = second.partition(".")[0]
    parent = getattr(scope, "parent", None)
    if parent is not None:
        passed = _at(parent.calling(scope.call).get("expressions"), name)
        if passed is not None:
            return _of_expression(passed, parent)
    variable = _at(_at(getattr(scope, "configuration", None), "variables"), name)
    if not isinstance(variable, dict):
        return None, ""
    sensitive, default = variable.get("sensitive") is True, variable.get("default")
    if default is not None and not isinstance(default, str):
        return None, ""
    if default:
        return _IN_CODE, f"the default of var.{name}"
    return (_SAFE, "") if sensitive else (_IN_THE_OPEN, f"var.{name}")


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

    noun = "resource"
    secrets: Attribute[Values]
    kept: ClassVar[dict[str, str]] = {
        "cfn": "take {secrets} from Secrets Manager or a secret parameter by a dynamic reference, or from a parameter with "
        "NoEcho and without a default",
        "tf": "take {secrets} from another resource, an ephemeral value, or a sensitive variable without a default",
    }
    """How a secret is kept out of the code, and out of sight, in each dialect."""

    def holds_secrets(self) -> Verdict:
        """Whether it has any: some have them in one dialect and not in another."""
        return ~self.secrets.is_empty()
