"""What the expressions of a plan refer to, followed through variables, outputs, ``each`` and ``count``.

The JSON of a plan holds no expressions. It holds the constant ones, and of the others the references that stand in
them, the longest first: ``["aws_kms_key.k.arn", "aws_kms_key.k"]`` (Terraform: "JSON Output Format", section
"Expression Representation"). One reference is taken for the whole of its expression. Where several mix, it is not
known how; only what holds however they mix is said. An expression that is `written` in a .tf file at hand is read
there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.dialects.terraform import policies
from wascan.dialects.terraform.answers import (
    GIVEN,
    MAX_HOPS,
    Built,
    Here,
    Instances,
    Node,
    Step,
    finished,
    into,
    is_open,
    settled,
    steps,
)
from wascan.dialects.terraform.expressions import UNREAD, Reader
from wascan.markers import Reference, Text, Unknown, symbol

if TYPE_CHECKING:
    from wascan.dialects.terraform.module import Module, PlanResource

_AROUND = Unknown("the plan does not show what stands around it")
_BESIDE = Unknown("the plan does not show what else is in it")
_CIRCLE = Unknown("its references go round in a circle")


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


def exact(here: Here, expression: Any) -> Any:
    """What an expression comes to as it is written in a .tf file; `UNREAD` where none is at hand or it says more than
    is read, or something else than was planned.
    """
    text = expression.get("written") if isinstance(expression, dict) else None
    if text is None:
        return UNREAD
    reader = Reader(expression.get("here", here), text, follow)
    found = reader.read()
    planned = {tuple(steps(reference)) for reference in maximal(expression)}
    return found if {tuple(steps(name)) for name in reader.names} == planned else UNREAD


def marker(here: Here, expression: Any, *, document: bool = False) -> Any:
    """What stands for what is unknown and comes from `expression`: a marker, data with markers in it, or `GIVEN` where
    all that the expression refers to is known. `document` says that the attribute holds a document, so that a reference
    in it cannot be all of it.
    """
    found = exact(here, expression)
    answer = value(here, expression) if found is UNREAD else found
    answer = (_policy(answer) if document else None) or settled(answer)
    if isinstance(answer, Reference) and document and found is UNREAD:
        return Text((_AROUND, answer, _AROUND))
    if isinstance(answer, Node):
        return Unknown(made_of(maximal(expression)))
    return finished(answer) if is_open(answer) else GIVEN


def _policy(answer: Any) -> Built | None:
    """The policy document that an attribute which holds a document is given by a data source of which the plan does not say
    what: old plans name no attributes, and with an index they are lost.
    """
    if isinstance(answer, Instances) and len(answer.members) == 1:
        answer = answer.only()
    named = getattr(answer, "type", None) == "data.aws_iam_policy_document"
    return Built(policies.document(answer)) if named else None


def listed(here: Here, expression: Any) -> Any:
    """What stands for a list that is unknown and comes from `expression`: the references that are in it and an
    unknown for what may be beside them, `Unknown`, or `GIVEN` where all that the expression refers to is known.
    """
    found = exact(here, expression)
    if isinstance(found, list):
        return finished(found) if is_open(found) else GIVEN
    references = maximal(expression)
    items: list[Any] = []
    given = False
    for reference in references:
        answer = settled(follow(here, reference))
        if isinstance(answer, Reference):
            items.append(answer)
        elif is_open(answer):
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


def value(here: Here, expression: Any, *, by_key: bool = False) -> Any:
    """What an expression comes to: data, a marker, `GIVEN`, `Built`, or resources and modules as they are. `by_key` says
    that one of several is meant, and which.
    """
    if not isinstance(expression, dict):
        return Unknown("the plan does not show where it comes from")
    if "constant_value" in expression:
        return expression["constant_value"]
    found = exact(here, expression)
    if found is not UNREAD:
        return found
    references = maximal(expression)
    if not references:
        return Unknown("it is known only when it is applied")
    answers = [follow(here, reference) for reference in references]
    if len(answers) == 1:
        # what may be a part of several is not all of them
        several = isinstance(settled(answers[0]), (Instances, list)) and is_open(answers[0])
        return Unknown(made_of(references)) if several and not by_key else answers[0]
    indexed = _indexed(here, references, answers)
    if indexed is not None:
        return indexed
    open = [answer for answer in map(settled, answers) if is_open(answer)]
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


def follow(here: Here, reference: str) -> Any:
    """What one reference leads to."""
    module = here.module
    if reference.startswith(("each.", "count.")):
        return _repeated(here, steps(reference))
    if reference.partition(".")[0] in here.iterators:
        return into(here.iterators, steps(reference))
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
        case ["local", str(name), *rest]:
            text = module.plan.places.local(module, name)
            found = UNREAD if text is None else Reader(Here(module), text, follow).read()
            if found is UNREAD:
                return Unknown(f"it comes from local.{name}, which is not part of a plan")
            return into(found, rest)
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
    source = value(Here(here.module), here.repeated, by_key=True)
    if isinstance(source, Instances):
        source = source.members.get(here.key)
        return Unknown("the plan does not show which instance it is") if source is None else into(source, path[2:])
    if isinstance(source, dict) and here.key in source:
        return into(source[here.key], path[2:])
    if isinstance(source, list) and here.key in source:
        return here.key
    return source if isinstance(source, Unknown) else Unknown("the plan does not show what each.value is")


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
    why = f"it is read from {resource.name} when it is applied" if data else f"it comes from {resource.name}"
    return Unknown(why, None if name is None else ("made", resource.address, name))
