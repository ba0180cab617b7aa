"""What a template's sections have to look like: whatever does not cannot be read, and is said in a note.

Source: AWS CloudFormation Template Reference Guide, "Template sections" and "Condition functions"; AWS SAM Developer
Guide, "Globals section of the AWS SAM template".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.dialects import spelling
from wascan.dialects.intrinsics import HOLE
from wascan.dialects.loops import LOOP
from wascan.markers import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.dialects.stack import Stack
    from wascan.document import Path

_MAKERS = (LOOP, "Fn::Transform")
"""The beginnings of names that are none: what they stand for comes later."""


def check(stack: Stack) -> None:
    """Complains of what cannot be read in all sections but the resources."""
    for name, body in _entries(stack, "Parameters"):
        if not isinstance(body, dict) or not isinstance(body.get("Type"), str):
            stack.complain(("Parameters", name), f"the parameter {name} has no Type, so nobody knows its value")
        elif not isinstance(body.get("AllowedValues", []), list):
            stack.complain(("Parameters", name, "AllowedValues"), f"the AllowedValues of {name} are no list")
        elif _refused(stack, name, body):
            stack.complain(("Parameters", name), f"the value given to {name} is none of its AllowedValues", "warning")
    for name, body in _entries(stack, "Mappings"):
        for key, inside in body.items() if isinstance(body, dict) else ((None, None),):
            if not isinstance(inside, dict) and key != "Fn::Transform":
                path = ("Mappings", name) if key is None else ("Mappings", name, key)
                stack.complain(path, f"the mapping {name} is no mapping of mappings")
    for name, body in _entries(stack, "Conditions"):
        if wrong := _wrong(body):
            stack.complain(("Conditions", name), f"the condition {name} cannot be decided: {wrong}")
    for name, body in _entries(stack, "Outputs"):
        if not isinstance(body, dict) or "Value" not in body:
            stack.complain(("Outputs", name), f"the output {name} has no Value")
    for name, body in _entries(stack, "Globals"):
        if not isinstance(body, dict):
            stack.complain(("Globals", name), f"the Globals of {name} are no mapping")


def _refused(stack: Stack, name: str, body: dict[str, Any]) -> bool:
    """Whether a deployment would refuse the value that a parameter is given. In a list each item counts."""
    given = stack.workload.settings.parameters.get(name) if stack.parent is None else None
    if given is None or not body.get("AllowedValues"):
        return False
    allowed = [plain(value) for value in body["AllowedValues"]]
    return not all(item.strip() in allowed for item in (given.split(",") if "List" in body["Type"] else [given]))


def check_resources(stack: Stack) -> None:
    """Complains of resources whose type or condition there is not."""
    next(_entries(stack, "Resources"), None)
    for name, resource in stack.resources.items():
        if meant := spelling.meant(resource.type):
            message = f"there is no resource type {resource.type}, so it is not judged. Did you mean {meant}?"
            stack.complain((*resource.path, "Type"), message, "warning")
        condition = resource.body.get("Condition")
        if condition is None or (isinstance(condition, str) and condition in stack.conditions):
            continue
        if not stack.macro and not any(key.startswith(_MAKERS) for key in stack.conditions):
            message = f"the template has no condition for {name}, so it is judged as if it had none"
            stack.complain((*resource.path, "Condition"), message, "warning" if isinstance(condition, str) else "error")


def check_references(stack: Stack) -> None:
    """Warns of names in resources and outputs that the template does not have, nor gets from what is not read yet."""
    if stack.partial or LOOP in stack.document.text:
        return
    known = {*stack.parameters, *stack.resources}
    # SAM and modules make resources whose names begin with those of what makes them
    makers = [
        name for name, found in stack.resources.items() if found.dialect == "sam" or found.type.endswith("::MODULE")
    ]
    made = (*makers, "Serverless") if makers else ()
    found: list[tuple[str, str, Path]] = []
    for resource in stack.resources.values():
        _gather(resource.body.get("Properties"), (*resource.path, "Properties"), found)
    for name, body in stack.section("Outputs").items():
        _gather(body, ("Outputs", name), found)
    for function, name, path in found:
        if name not in known and not name.startswith(made):
            stack.complain(path, f"{function} names {name}, which the template does not have", "warning")


def _gather(data: Any, path: Path, found: list[tuple[str, str, Path]]) -> None:
    """Finds the functions in data that name something of the template: the function, the name, and where it stands."""
    if type(data) is dict:
        if len(data) == 1:
            ((function, argument),) = data.items()
            if function in ("Ref", "Fn::GetAtt", "Fn::Sub"):
                said, where = function.removeprefix("Fn::"), (*path, function)
                found += [
                    (said, name.partition(".")[0], where) for name in _named(function, argument) if ":" not in name
                ]
        for key, inside in data.items():
            if type(inside) is dict or type(inside) is list:
                _gather(inside, (*path, key), found)
    elif type(data) is list:
        for index, inside in enumerate(data):
            if type(inside) is dict or type(inside) is list:
                _gather(inside, (*path, index), found)


def _named(function: str, argument: Any) -> list[str]:
    """The names in the argument of a function."""
    if function == "Fn::Sub":
        text, own = argument if isinstance(argument, list) and len(argument) == 2 else (argument, {})
        holes = HOLE.findall(text) if isinstance(text, str) and isinstance(own, dict) else []
        return [name for hole in holes if (name := hole.strip()) not in own]
    name = argument[0] if isinstance(argument, list) and argument and function == "Fn::GetAtt" else argument
    return [name] if isinstance(name, str) else []


def _entries(stack: Stack, section: str) -> Iterator[tuple[str, Any]]:
    """The entries of a section as written."""
    found = stack.document.data.get(section)
    if isinstance(found, dict):
        yield from ((name, body) for name, body in found.items() if not name.startswith(_MAKERS))
    elif found is not None:
        stack.complain((section,), f"{section} is no mapping, so nothing of it can be read")


def _wrong(expression: Any) -> str:
    """What is wrong with a condition; empty where nothing is."""
    if not isinstance(expression, dict) or len(expression) != 1:
        return "it should be one condition function"
    ((function, argument),) = expression.items()
    if function == "Condition":
        return "" if isinstance(argument, str) else "Condition should name a condition"
    if function not in ("Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals"):
        return "" if function.startswith(_MAKERS) else f"{function} is no condition function"
    least, most = {"Fn::Equals": (2, 2), "Fn::Not": (1, 1)}.get(function, (1, 10))
    if not isinstance(argument, list) or not least <= len(argument) <= most:
        several = "one item" if most == 1 else "two items" if most == 2 else "at most ten items"
        return f"{function} should have a list of {several}"
    inside = () if function == "Fn::Equals" else argument
    return next((wrong for item in inside if (wrong := _wrong(item))), "")
