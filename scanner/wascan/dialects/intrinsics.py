"""CloudFormation's intrinsic functions, as far as they can be decided before deploy.

Source: AWS CloudFormation Template Reference Guide, "Intrinsic function reference". Each function gets its
stack, its argument as written, the argument's path and the world, and answers with data and the path that a
person should look at.
"""

from __future__ import annotations

import ipaddress
import json
import re
from typing import TYPE_CHECKING, Any

from wascan.markers import (
    ABSENT,
    MARKERS,
    Reference,
    Text,
    Unknown,
    assemble,
    is_one,
    number,
    plain,
    present,
    reason,
    symbol,
)
from wascan.world import UNDECIDED, Impossible, Other, World

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from wascan.dialects.stack import Stack
    from wascan.document import Path

Answer = tuple[Any, "Path"]

HOLE = re.compile(r"\$\{([^}!][^}]*)\}")
"""A place in the text of ``Fn::Sub`` that a value is put into."""


def _misfit(path: Path) -> Answer:
    """What a function comes to whose arguments make no sense."""
    return Unknown(f"{path[-1]} has arguments that it cannot take"), path


def _open(*data: Any) -> Any:
    """The first marker among resolved data that may be no value at all, or several; None if there is none.

    What has an identity is known to be one value.
    """
    return next((item for item in data if isinstance(item, Unknown) and item.identity is None), None)


def _named(*names: Hashable) -> Hashable:
    """An identity made of others; None if one is missing."""
    return None if None in names else names


def ref(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """A parameter's value, or a reference to a resource. What was written is where a person looks."""
    argument = stack.deep(argument, path, world)  # with language extensions, functions may make the name
    if isinstance(argument, MARKERS):
        return Unknown(reason(argument)), path
    if not isinstance(argument, str):
        return _misfit(path)
    if argument == "AWS::NoValue":
        return ABSENT, path
    if argument.startswith("AWS::"):
        return stack.pseudo(argument, world), path
    if argument in stack.parameters:
        return stack.parameter(argument, world), path
    return stack.reference(argument, None), path


def get_att(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """An attribute of a resource."""
    if isinstance(argument, str):
        argument = argument.split(".", 1)
    if not isinstance(argument, list) or len(argument) != 2:
        return _misfit(path)
    name, attribute = (stack.deep(part, path, world) for part in argument)
    for part in (name, attribute):
        if not isinstance(part, str):
            return (Unknown(reason(part)), path) if isinstance(part, MARKERS) else _misfit(path)
    return stack.attribute(name, attribute, world), path


def sub(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """A string with its ``${}`` filled in as far as they are known."""
    template, variables = argument, {}
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
        template, variables = argument
    if not isinstance(template, str):
        return _misfit(path)
    pieces = HOLE.split(template)
    parts: list[Any] = []
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            parts.append(piece.replace("${!", "${"))
            continue
        name = piece.strip()
        if name in variables:
            value = stack.deep(variables[name], path, world)
        elif "." in name and name.split(".", 1)[0] not in stack.parameters:
            value = get_att(stack, name, path, world)[0]
        else:
            value = ref(stack, name, path, world)[0]
        parts.append(_part(value))
    return assemble(parts), path


def _part(value: Any) -> Any:
    """A value as a part of a string."""
    if isinstance(value, MARKERS):
        return value
    if isinstance(value, list):
        return assemble([part for item in value for part in (",", _part(item))][1:])
    return Unknown("it is no scalar") if isinstance(value, dict) or value is ABSENT else plain(value)


def join(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """The items of a list in one string."""
    if not isinstance(argument, list) or len(argument) != 2 or not isinstance(argument[0], str):
        return _misfit(path)
    items = stack.deep(argument[1], path, world)
    if isinstance(items, MARKERS):
        return Unknown(reason(items), _named("join", argument[0], symbol(items))), path
    if not isinstance(items, list):
        return _misfit(path)
    if argument[0] and (open := _open(*items)) is not None:
        return Unknown(reason(open)), path
    return assemble([part for item in items for part in (argument[0], _part(item))][1:]), path


def split(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """The pieces of a string."""
    if not isinstance(argument, list) or len(argument) != 2 or not isinstance(argument[0], str) or not argument[0]:
        return _misfit(path)
    text = stack.deep(argument[1], path, world)
    if isinstance(text, MARKERS):
        items = listed(text) if argument[0] == "," else None
        return (Unknown(reason(text), _named("split", argument[0], symbol(text))) if items is None else items), path
    if text is ABSENT or isinstance(text, (dict, list)):
        return _misfit(path)
    return plain(text).split(argument[0]), path


def listed(text: Any) -> list[Any] | None:
    """The items of a list that is written with commas and has references in it; None where these may be lists too."""
    items: list[list[Any]] = [[]]
    for part in text.parts if isinstance(text, Text) else (text,):
        if isinstance(part, str):
            first, *others = part.split(",")
            items[-1].append(first.rstrip() if others else first)
            items += [[item.lstrip()] for item in others]
        elif _is_identifier(part):
            items[-1].append(part)
        else:
            return None
    return [assemble(item) for item in items]


def _is_identifier(part: Unknown | Reference) -> bool:
    """Whether a marker is one identifier that AWS gives, which has no comma in it."""
    if not isinstance(part, Reference) or not part.resource.type.startswith("AWS::"):
        return False
    named = part.attribute is None or part.attribute.endswith(("Id", "Arn"))
    return named and not part.resource.type.startswith("AWS::CloudFormation::")


def select(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """One item of a list, counted from 0."""
    if not isinstance(argument, list) or len(argument) != 2:
        return _misfit(path)
    index, items = stack.deep(argument[0], path, world), stack.deep(argument[1], path, world)
    if isinstance(index, MARKERS) or isinstance(items, (Reference, Text)):
        return Unknown(reason(index if isinstance(index, MARKERS) else items)), path
    position = number(index)
    if position is None or position < 0 or not position.is_integer():
        return _misfit(path)
    if isinstance(items, Unknown):
        identity = _named("select", int(position), items.identity)
        return Unknown(items.reason, identity, distinct=items.distinct, filled=items.filled), path
    if not isinstance(items, list):
        return _misfit(path)
    if (open := _open(*items[: int(position) + 1])) is not None:
        return Unknown(reason(open)), path
    return (items[int(position)], path) if position < len(items) else _misfit(path)


def condition_if(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """The branch that its condition takes; the place is that of the branch."""
    if not isinstance(argument, list) or len(argument) != 3 or not isinstance(argument[0], str):
        return _misfit(path)
    truth = stack.condition(argument[0], world)
    if truth is not None:
        branch = 1 if truth else 2
        return stack.resolve(argument[branch], (*path, branch), world)
    why = f"the condition {argument[0]} is undecided"
    branches = [stack.resolve(branch, path, world)[0] for branch in argument[1:]]
    identity = _named("if", stack.address, argument[0], *map(symbol, branches))
    return Unknown(why, identity, filled=all(_filled(stack, branch, path, world) for branch in branches)), path


def _filled(stack: Stack, branch: Any, path: Path, world: World) -> bool:
    """Whether something is sure to be in a branch: of the items of a list some may come to nothing."""
    if type(branch) is list:
        return any(is_one(stack.resolve(item, path, world)[0]) for item in branch)
    return present(branch) is True


def find_in_map(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """A value of a mapping. An open key takes each key that the mapping has: with any other, a deployment fails."""
    if not isinstance(argument, list) or len(argument) not in (3, 4):
        return _misfit(path)
    options = argument[3] if len(argument) == 4 else {}
    if not isinstance(options, dict):
        return _misfit(path)
    fallback = options.get("DefaultValue", ABSENT)
    found: Any = stack.mappings
    for position, written in enumerate(argument[:3]):
        key = stack.deep(written, (*path, position), world)
        if isinstance(key, MARKERS):
            name = written.get("Ref") if isinstance(written, dict) else None
            choice = None
            if position and fallback is ABSENT and isinstance(found, dict) and "Fn::Transform" not in found:
                choice = stack.open_choice(name, [*found], world) if isinstance(name, str) else None
            if choice is None:
                return Unknown(reason(key)), path
            key = world.choose(choice)
            if key is UNDECIDED:
                return Unknown(f"{name} is undecided"), path
            if isinstance(key, Other):
                raise Impossible
        if isinstance(found, dict) and not isinstance(key, (dict, list)) and plain(key) in found:
            found = found[plain(key)]
        elif isinstance(found, dict) and "Fn::Transform" in found:
            return Unknown("a macro may add it at deploy"), path
        elif fallback is not ABSENT:
            return stack.resolve(fallback, (*path, 3, "DefaultValue"), world)
        elif world.labels:
            raise Impossible
        else:
            return Unknown(f"the mapping {argument[0]} has no {plain(key)}"), path
    return found, path


def get_azs(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """The zones of a Region: nobody knows how many, but each is another one."""
    region = stack.deep(argument, path, world)
    if region in ("", ABSENT):
        region = stack.region(world)
    identity = _named("zones", symbol(region))
    return Unknown("the account's zones are known at deploy", identity, distinct=identity, filled=True), path


def import_value(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """What another stack of this scan exports under the name; unknown if none does, or more than one."""
    name = stack.deep(argument, path, world)
    if isinstance(name, str):
        return stack.workload.exported(name, stack, world), path
    return Unknown("it is imported from another stack", _named("import", symbol(name))), path


def base64(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """The text itself: it is encoded for transport only, and rules ask for what was written."""
    return stack.resolve(argument, path, world)


def cidr(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """The address blocks that a block is cut into."""
    values = stack.deep(argument, path, world)
    if not isinstance(values, list) or len(values) not in (2, 3):
        return _misfit(path)
    if any(isinstance(value, MARKERS) for value in values):
        identity = _named("cidr", *map(symbol, values))
        return Unknown("its address block is known at deploy", identity, distinct=identity, filled=True), path
    try:
        block = ipaddress.ip_network(plain(values[0]))
        bits = int(values[2]) if len(values) == 3 else block.max_prefixlen // 4 if block.version == 4 else 64
        count = int(values[1])
        blocks = block.subnets(new_prefix=block.max_prefixlen - bits)
        return [str(cut) for cut, _ in zip(blocks, range(min(count, 256)), strict=False)], path
    except (OverflowError, TypeError, ValueError):
        return _misfit(path)


def length(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """The number of items in a list."""
    items = stack.deep(argument, path, world)
    if isinstance(items, MARKERS):
        return Unknown(reason(items), _named("length", symbol(items)), filled=True), path
    if not isinstance(items, list):
        return _misfit(path)
    open = _open(*items)
    return (len(items) if open is None else Unknown(reason(open), filled=True)), path


def to_json_string(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """The JSON text of an object or list."""
    data = stack.deep(argument, path, world)
    parts: list[Any] = []

    def write(item: Any) -> None:
        if isinstance(item, Unknown) and item.identity is None:
            parts.append(item)  # it may be anything
        elif isinstance(item, MARKERS):
            parts.extend(('"', item, '"'))
        elif isinstance(item, dict):
            for index, (name, inner) in enumerate(item.items()):
                parts.append(("," if index else "{") + json.dumps(name) + ":")
                write(inner)
            parts.append("}" if item else "{}")
        elif isinstance(item, list):
            for index, inner in enumerate(item):
                parts.append("," if index else "[")
                write(inner)
            parts.append("]" if item else "[]")
        else:
            parts.append(json.dumps(item))

    write(data)
    return assemble([Unknown(reason(part)) if isinstance(part, Text) else part for part in parts]), path


def transform(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    name = argument.get("Name") if isinstance(argument, dict) else None
    return Unknown(f"the macro {name if isinstance(name, str) else 'named here'} makes it at deploy"), path


def get_stack_output(stack: Stack, argument: Any, path: Path, world: World) -> Answer:
    """An output of a stack of this scan, wherever that is deployed; a role to read it with is in its account."""
    if not isinstance(argument, dict):
        return _misfit(path)
    parts = ("StackName", "OutputName", "Region", "RoleArn")
    name, output, region, role = (stack.deep(argument.get(part), (*path, part), world) for part in parts)
    if not isinstance(name, str) or not isinstance(output, str):
        return Unknown("it is an output of another stack", _named("output", symbol(name), symbol(output))), path
    if region is ABSENT:
        region = stack.region(world)
    if role is ABSENT:
        account = stack.account(world)
    else:
        account = role.split(":")[4] if isinstance(role, str) and role.count(":") >= 5 else role
    return stack.workload.output(name, output, region, account, world), path


FUNCTIONS: dict[str, Callable[[Stack, Any, Path, World], Answer]] = {
    "Ref": ref,
    "Fn::GetAtt": get_att,
    "Fn::Sub": sub,
    "Fn::Join": join,
    "Fn::Split": split,
    "Fn::Select": select,
    "Fn::If": condition_if,
    "Fn::FindInMap": find_in_map,
    "Fn::GetAZs": get_azs,
    "Fn::ImportValue": import_value,
    "Fn::Base64": base64,
    "Fn::Cidr": cidr,
    "Fn::Length": length,
    "Fn::ToJsonString": to_json_string,
    "Fn::Transform": transform,
    "Fn::GetStackOutput": get_stack_output,
}
