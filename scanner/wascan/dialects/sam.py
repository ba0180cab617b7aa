"""SAM: `Globals` merged into the resources, and the resources that SAM derives and people refer to.

SAM is a dialect, not a transform: ``AWS::Serverless::Function`` stays what it is, and kinds know its paths.
Sources: AWS SAM Developer Guide, "Globals section of the AWS SAM template" and "Generated CloudFormation resources".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.graph import Resource

if TYPE_CHECKING:
    from wascan.dialects.stack import Stack
    from wascan.document import Path

_PREFIX = "AWS::Serverless::"
_IMPLICIT = {
    "Api": ("ServerlessRestApi", "AWS::Serverless::Api", "RestApiId"),
    "HttpApi": ("ServerlessHttpApi", "AWS::Serverless::HttpApi", "ApiId"),
}
"""The APIs that SAM makes for events that name none: by event type, the logical id, the type and the property."""

_PARTS = {
    "Function": {"Version": "AWS::Lambda::Version", "Alias": "AWS::Lambda::Alias"},
    "Api": {"Stage": "AWS::ApiGateway::Stage", "Deployment": "AWS::ApiGateway::Deployment"},
    "HttpApi": {"Stage": "AWS::ApiGatewayV2::Stage"},
}
"""Derived resources that templates name as ``MyApi.Stage``."""


def expand(stack: Stack) -> None:
    """Merges `Globals` into a stack's resources and adds what SAM derives from them."""
    globals = stack.document.data.get("Globals")
    for resource in list(stack.resources.values()):
        if resource.dialect != "sam":
            continue
        name = resource.type.removeprefix(_PREFIX)
        shared = globals.get(name) if isinstance(globals, dict) else None
        if isinstance(shared, dict):
            resource.origins = {}
            resource.properties = _merged(shared, resource.properties, ("Globals", name), (), resource.origins)
        for part, type in _PARTS.get(name, {}).items():
            _derive(stack, resource, f"{resource.name}.{part}", type)
        if name in ("Function", "StateMachine") and "Role" not in resource.properties:
            _role(stack, resource)
        if name == "Function":
            _implicit_apis(stack, resource, globals if isinstance(globals, dict) else {})


def _merged(shared: Any, own: Any, place: Path, path: Path, origins: dict[Path, Path]) -> Any:
    """What the resource says over what `Globals` say: maps are merged, lists put behind, all else replaced.

    `origins` learns where each part that comes from `Globals` was written.
    """
    if type(shared) is dict and type(own) is dict and not _is_function(shared) and not _is_function(own):
        result = {}
        for name, value in shared.items():
            if name in own:
                result[name] = _merged(value, own[name], (*place, name), (*path, name), origins)
            else:
                origins[(*path, name)] = (*place, name)
                result[name] = value
        return {**result, **{name: value for name, value in own.items() if name not in shared}}
    if type(shared) is list and type(own) is list:
        for index in range(len(shared)):
            origins[(*path, index)] = (*place, index)
        return shared + own
    return own


def _is_function(data: dict[str, Any]) -> bool:
    return len(data) == 1 and next(iter(data)).startswith(("Fn::", "Ref"))


def _derive(stack: Stack, resource: Resource, name: str, type: str) -> None:
    """A resource to be referred to, with nothing of its own to be judged."""
    if name not in stack.resources:
        properties: dict[str, Any] = {}
        stack.resources[name] = Resource(
            stack, "cfn", name, type, resource.body, resource.path, properties, resource.properties_path, derived=True
        )


def _role(stack: Stack, resource: Resource) -> None:
    """The role that SAM makes for a function or state machine, with the policies that a person gave it.

    SAM's policy templates are scoped by SAM and left out, as is the basic execution policy that it always adds.
    """
    policies = resource.properties.get("Policies")
    entries = policies if isinstance(policies, list) else [] if policies is None else [policies]
    managed: list[Any] = []
    inline: list[Any] = []
    inside = resource.properties_path
    origins: dict[Path, Path] = {("Policies",): (*inside, "Policies"), ("ManagedPolicyArns",): (*inside, "Policies")}
    for index, entry in enumerate(entries):
        place = (*inside, "Policies", index) if isinstance(policies, list) else (*inside, "Policies")
        if isinstance(entry, dict) and "Statement" in entry:
            origins["Policies", len(inline), "PolicyDocument"] = place
            inline.append({"PolicyName": f"{resource.name}{index}", "PolicyDocument": entry})
        elif isinstance(entry, str) or (isinstance(entry, dict) and _is_function(entry)):
            origins["ManagedPolicyArns", len(managed)] = place
            managed.append(entry)
    name = f"{resource.name}Role"
    if name not in stack.resources:
        properties = {"ManagedPolicyArns": managed, "Policies": inline}
        stack.resources[name] = Resource(
            stack, "cfn", name, "AWS::IAM::Role", resource.body, resource.path, properties, inside, origins=origins
        )


def _implicit_apis(stack: Stack, function: Resource, globals: dict[str, Any]) -> None:
    events = function.properties.get("Events")
    for event in events.values() if isinstance(events, dict) else ():
        if not isinstance(event, dict) or not isinstance(event.get("Type"), str):
            continue
        name, type, chosen = _IMPLICIT.get(event["Type"], ("", "", ""))
        inside = event.get("Properties")
        if name and name not in stack.resources and not (isinstance(inside, dict) and chosen in inside):
            section = type.removeprefix(_PREFIX)
            shared = globals.get(section)
            properties = shared if isinstance(shared, dict) else {}
            path: Path = ("Globals", section) if properties else function.path
            stack.resources[name] = Resource(stack, "sam", name, type, {"Type": type}, path, properties, path)
