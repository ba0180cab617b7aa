"""What the expressions of a plan refer to, followed through variables, outputs, ``each`` and ``count``.

The JSON of a plan holds no expressions. It holds the constant ones, and of the others the references that stand in
them, the longest first: ``["aws_kms_key.k.arn", "aws_kms_key.k"]`` (Terraform: "JSON Output Format", section
"Expression Representation"). One reference is taken for the whole of its expression. Where several mix, it is not
known how; only what holds however they mix is said.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from wascan.dialects.terraform import policies
from wascan.value import MARKERS, Reference, Text, Unknown, symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wascan.dialects.terraform.module import Module, PlanResource

Key = str | int | None
"""What tells the instances of a resource or module apart; None where there is only one."""

MAX_HOPS = 64
"""So many references are followed one after the other; people's modules need a handful."""

_STEP = re.compile(r'([^.\[\]"]+)|\[(?:("(?:[^"\\]|\\.)*")|(\d{1,9})|[^\]]*)\]')
_AROUND = Unknown("the plan does not show what stands around it")
_BESIDE = Unknown("the plan does not show what else is in it")
_CIRCLE = Unknown("its references go round in a circle")

Step = str | tuple[Key]
"""A name, or an index in a tuple."""


class Here:
    """Where an expression stands: its module, and the instance and the expression that ``each`` speaks of."""

    __slots__ = ("key", "module", "repeated")

    def __init__(self, module: Module, key: Key = None, repeated: Any = None) -> None:
        self.module = module
        self.key = key
        self.repeated = repeated


class Node:
    """What references lead through: a resource, a module, or all instances of one."""

    __slots__ = ()

    def below(self, path: list[Step]) -> tuple[Any, list[Step]]:
        """What the first steps of a path lead to from here, and the steps that are left."""
        raise NotImplementedError

    def settled(self) -> Any:
        """It as the value of an attribute, where the plan says no more than that it is in the expression."""
        raise NotImplementedError


class Instances(Node):
    """All instances of a resource or of a module call, by key."""

    __slots__ = ("members", "name")

    def __init__(self, name: str, members: Mapping[Key, Node]) -> None:
        self.name = name
        self.members = members

    def below(self, path: list[Step]) -> tuple[Any, list[Step]]:
        step = path[0]
        if isinstance(step, tuple):
            return self.members.get(step[0], Unknown(f"the plan has no such instance of {self.name}")), path[1:]
        return (self.only(), path) if len(self.members) == 1 else (self, [])

    def only(self) -> Node:
        """The one instance, where there is one."""
        (member,) = self.members.values()
        return member

    def settled(self) -> Any:
        return self.only().settled() if len(self.members) == 1 else self


GIVEN = object()
"""What is known when the plan is made, although the plan does not show it."""


class Built:
    """A document that wascan put together: plain data with markers in it."""

    __slots__ = ("data",)

    def __init__(self, data: Any) -> None:
        self.data = data


def steps(reference: str) -> list[Step]:
    """The names and indices of a reference or address."""
    found: list[Step] = []
    for name, text, number in _STEP.findall(reference):
        if name:
            found.append(name)
        elif text:
            try:
                found.append((json.loads(text),))
            except ValueError:
                found.append((text[1:-1],))
        else:
            found.append((int(number) if number else None,))
    return found


def maximal(expression: Any) -> list[str]:
    """The references of an expression as a person wrote them, in order, without those they begin with."""
    found: list[str] = []
    last = ""
    references = expression.get("references") if isinstance(expression, dict) else None
    for reference in references if isinstance(references, list) else ():
        if isinstance(reference, str) and reference:
            if not (last.startswith(reference) and last[len(reference) : len(reference) + 1] in (".", "[")):
                found.append(reference)
            last = reference
    return found


def marker(here: Here, expression: Any, *, document: bool = False) -> Any:
    """What stands for a scalar that is unknown and comes from `expression`: a marker, a document as it is put
    together, or `GIVEN` where all that the expression refers to is known. `document` says that the attribute holds
    one, so that a reference in it cannot be all of it.
    """
    answer = settled(value(here, expression))
    if isinstance(answer, Built):
        return answer.data
    if isinstance(answer, Reference) and document:
        return Text((_AROUND, answer, _AROUND))
    if isinstance(answer, Node):
        return Unknown(made_of(maximal(expression)))
    return answer if isinstance(answer, MARKERS) else GIVEN


def listed(here: Here, expression: Any) -> Any:
    """What stands for a list that is unknown and comes from `expression`: the references that are in it and an
    unknown for what may be beside them, `Unknown`, or `GIVEN` where all that the expression refers to is known.
    """
    references = maximal(expression)
    items: list[Any] = []
    given = False
    for reference in references:
        answer = settled(follow(here, reference))
        members = list(answer.members.values()) if isinstance(answer, Instances) else [answer]
        found = [settled(member) for member in members]
        if found and all(isinstance(item, Reference) for item in found):
            items += found
        elif isinstance(answer, (*MARKERS, Built)):
            alone = isinstance(answer, Unknown) and len(set(references)) == 1
            return answer if alone else Unknown(made_of(references))
        else:
            given = True
    if given and not items:
        return GIVEN
    # with something else in the expression, which of several are in the list may depend on it
    if not items or (given and len({symbol(item) for item in items}) > 1):
        return Unknown(made_of(references))
    return [*{symbol(item): item for item in items}.values(), _BESIDE]


def value(here: Here, expression: Any) -> Any:
    """What an expression comes to: data, a marker, `GIVEN`, `Built`, or resources and modules as they are."""
    if not isinstance(expression, dict):
        return Unknown("the plan does not show where it comes from")
    if "constant_value" in expression:
        return expression["constant_value"]
    references = maximal(expression)
    if not references:
        return Unknown("it is known only when it is applied")
    answers = [follow(here, reference) for reference in references]
    if len(answers) == 1:
        return answers[0]
    indexed = _indexed(here, references, answers)
    if indexed is not None:
        return indexed
    open = [answer for answer in map(settled, answers) if isinstance(answer, (*MARKERS, Built, Node))]
    if not open:
        return GIVEN
    first = open[0]
    if isinstance(first, Reference):
        if all(isinstance(item, Reference) and item.identity == first.identity for item in open):
            return Text((_AROUND, first, _AROUND))
    elif isinstance(first, (Text, Unknown)) and all(item is first for item in open):
        return first
    return Unknown(made_of(references))


def made_of(references: list[str]) -> str:
    """The reason for what is made of several references, to complete "is unknown: ..."."""
    names = list(dict.fromkeys(references))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"it is made of {', '.join(names[:3])}{more}" if names else "it is known only when it is applied"


def _indexed(here: Here, references: list[str], answers: list[Any]) -> Any:
    """The instance that ``resource[each.key]`` names: all that is left of it is the resource and ``each.key``."""
    if here.key is None or len(references) != 2:
        return None
    for group, index in ((0, 1), (1, 0)):
        instances, key = answers[group], answers[index]
        if references[index] in ("each.key", "each.value", "count.index") and isinstance(instances, Instances):
            return instances.members.get(key) if isinstance(key, (str, int)) else None
    return None


def is_open(here: Here, reference: str) -> bool:
    """Whether what a reference leads to is unknown."""
    return isinstance(settled(follow(here, reference)), (*MARKERS, Built, Node))


def follow(here: Here, reference: str) -> Any:
    """What one reference leads to."""
    module = here.module
    if reference.startswith(("each.", "count.")):
        return _repeated(here, steps(reference))
    if reference not in module.followed:
        plan = module.plan
        if plan.hops >= MAX_HOPS:
            return Unknown("it comes through too many references")
        module.followed[reference] = _CIRCLE
        plan.hops += 1
        try:
            module.followed[reference] = _follow(module, steps(reference))
        finally:
            plan.hops -= 1
    return module.followed[reference]


def _follow(module: Module, path: list[Step]) -> Any:
    match path:
        case ["var", str(name), *rest]:
            return into(module.variable(name), rest)
        case ["local", name, *_]:
            return Unknown(f"it comes from local.{name}, which is not part of a plan")
        case ["module", str(name), *rest]:
            return into(module.children(name), rest)
        case ["data", str(type), str(name), *rest]:
            return into(module.instances(f"data.{type}.{name}"), rest)
        case ["path" | "terraform", *_]:
            return GIVEN
        case [str(type), str(name), *rest] if type != "self":
            return into(module.instances(f"{type}.{name}"), rest)
    return Unknown("the plan does not show where it comes from")


def _repeated(here: Here, path: list[Step]) -> Any:
    """What ``each.key``, ``each.value`` and ``count.index`` are."""
    if here.key is None:
        return Unknown("the plan does not show which instance it is")
    if path[1:2] != ["value"]:
        return here.key
    source = value(Here(here.module), here.repeated)
    if isinstance(source, Instances):
        source = source.members.get(here.key)
        return Unknown("the plan does not show which instance it is") if source is None else into(source, path[2:])
    if isinstance(source, dict) and here.key in source:
        return into(source[here.key], path[2:])
    if isinstance(source, list) and here.key in source:
        return here.key
    return source if isinstance(source, Unknown) else Unknown("the plan does not show what each.value is")


def into(answer: Any, path: list[Step]) -> Any:
    """What stands at a path below an answer."""
    while path:
        if isinstance(answer, Node):
            answer, path = answer.below(path)
            continue
        if isinstance(answer, (*MARKERS, Built)):
            return answer
        step = path[0][0] if isinstance(path[0], tuple) else path[0]
        try:
            answer = answer[step]
        except (KeyError, IndexError, TypeError):
            return GIVEN
        path = path[1:]
    return answer


def attribute(resource: PlanResource, path: list[Step]) -> Any:
    """What an attribute of a resource is: its value where the plan knows it, or what it comes from in turn."""
    name = str(path[0][0] if isinstance(path[0], tuple) else path[0])
    known = resource.written(name)
    if known is not None:
        return into(known, path[1:])
    if resource.type == "data.aws_iam_policy_document" and name in ("json", "minified_json"):
        return Built(policies.document(resource))
    expression = resource.expressions.get(name)
    if isinstance(expression, dict):
        answer = settled(value(resource.here, expression))
        if isinstance(answer, (Reference, Text, Built)):
            return answer
    return reference_to(resource, _label(path))


def _label(path: list[Step]) -> str:
    return ".".join(step if isinstance(step, str) else str(step[0]) for step in path)


def reference_to(resource: PlanResource, name: str | None) -> Any:
    """A reference to a resource that AWS will make; what others come to is not known before they are applied."""
    if resource.type.startswith("aws_"):
        return Reference(resource, name)
    data = resource.type.startswith("data.")
    return Unknown(f"it is read from {resource.name} when it is applied" if data else f"it comes from {resource.name}")


def settled(answer: Any) -> Any:
    """An answer as the value of an attribute."""
    return answer.settled() if isinstance(answer, Node) else answer
