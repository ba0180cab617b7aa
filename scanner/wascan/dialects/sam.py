"""SAM: `Globals` merged into the resources, and the resources that SAM derives and people refer to.

SAM is a dialect, not a transform: ``AWS::Serverless::Function`` stays what it is, and kinds know its paths.
Sources: AWS SAM Developer Guide, "Globals section of the AWS SAM template" and "Generated CloudFormation resources".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.graph import Resource
from wascan.markers import Unknown

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
    "StateMachine": {
        "Version": "AWS::StepFunctions::StateMachineVersion",
        "Alias": "AWS::StepFunctions::StateMachineAlias",
    },
    "Api": {"Stage": "AWS::ApiGateway::Stage", "Deployment": "AWS::ApiGateway::Deployment"},
    "HttpApi": {"Stage": "AWS::ApiGatewayV2::Stage"},
}
"""Derived resources that templates name as ``MyApi.Stage``; versions and aliases there are with ``AutoPublishAlias``."""


_AWS_POLICY = "arn:aws:iam::aws:policy/"
_MAKERS = ("Fn::If", "Fn::Transform", "!")
"""Functions that can come to a whole policy as well as to the name of one."""
_CHOSEN = Unknown("a condition or macro chooses its policies")


def expand(stack: Stack) -> None:
    """Merges `Globals` into a stack's resources and adds what SAM derives from them."""
    globals = stack.document.data.get("Globals")
    shared = globals if isinstance(globals, dict) else {}
    callers: dict[str, list[Resource]] = {}
    for resource in list(stack.resources.values()):
        if resource.dialect != "sam":
            continue
        name = resource.type.removeprefix(_PREFIX)
        _inherit(resource, name, shared.get(name))
        _parts(stack, resource, name)
        if name in ("Function", "StateMachine"):
            if "Role" not in resource.properties:
                _role(stack, resource)
            for api in _called_by(resource):
                callers.setdefault(api, []).append(resource)
    for event, (name, type, _) in _IMPLICIT.items():
        if event in callers and name not in stack.resources:
            _implicit_api(stack, name, type, callers[event], shared.get(event))


def _inherit(resource: Resource, name: str, shared: Any) -> None:
    """Merges what `Globals` say of a type into a resource; ``IgnoreGlobals`` names what it does without, or ``*``."""
    ignored = resource.body.get("IgnoreGlobals")
    if type(shared) is not dict or ignored == "*":
        return
    if type(ignored) is list:
        shared = {key: value for key, value in shared.items() if key not in ignored}
    resource.properties = _Merger(resource).merged(shared, resource.properties, ("Globals", name), ())


class _Merger:
    """What a resource says over what `Globals` say: maps are merged, lists put behind, all else replaced.

    The resource's `origins` learn where each part was written that stands elsewhere than it seems.
    """

    def __init__(self, resource: Resource) -> None:
        self._inside = resource.properties_path
        self._origins: dict[Path, Path] = {}
        resource.origins = self._origins

    def merged(self, shared: Any, own: Any, place: Path, path: Path) -> Any:
        if type(shared) is dict and type(own) is dict and not _is_function(shared) and not _is_function(own):
            result = {}
            for name, value in shared.items():
                if name in own:
                    result[name] = self.merged(value, own[name], (*place, name), (*path, name))
                else:
                    self._origins[(*path, name)] = (*place, name)
                    result[name] = value
            return {**result, **{name: value for name, value in own.items() if name not in shared}}
        if type(shared) is list and type(own) is list:
            for index in range(len(shared)):
                self._origins[(*path, index)] = (*place, index)
            for index in range(len(own)):
                self._origins[(*path, len(shared) + index)] = (*self._inside, *path, index)
            return shared + own
        return own


def _is_function(data: dict[str, Any]) -> bool:
    name = next(iter(data), "")
    return len(data) == 1 and (name in ("Ref", "Condition") or name.startswith(("Fn::", "!")))


def _parts(stack: Stack, resource: Resource, name: str) -> None:
    """Adds what SAM derives from a resource and others may refer to, by its part or by its logical id."""
    properties = resource.properties
    alias, stage = properties.get("AutoPublishAlias"), properties.get("StageName")
    published = name not in ("Function", "StateMachine") or alias is not None
    for part, type in _PARTS.get(name, {}).items() if published else ():
        _derive(stack, resource, f"{resource.name}.{part}", type)
        if part == "Alias" and isinstance(alias, str):
            _derive(stack, resource, f"{resource.name}Alias{alias}", type)
        if part == "Stage":
            default = "ApiGatewayDefault" if name == "HttpApi" else "Prod"
            given = stage if isinstance(stage, str) else default
            _derive(stack, resource, f"{resource.name}{given}Stage", type)
    if name == "Function" and "FunctionUrlConfig" in properties:
        _derive(stack, resource, f"{resource.name}Url", "AWS::Lambda::Url")


def _derive(stack: Stack, resource: Resource, name: str, type: str) -> None:
    """A resource to be referred to, with nothing of its own to be judged."""
    if name not in stack.resources:
        properties: dict[str, Any] = {}
        stack.resources[name] = Resource(
            stack, "cfn", name, type, resource.body, resource.path, properties, resource.properties_path, derived=True
        )


def _role(stack: Stack, resource: Resource) -> None:
    """The role that SAM makes for a function or state machine, with the policies that a person gave it.

    SAM's policy templates are scoped by SAM and left out, as is the basic execution policy that it always adds. The
    role has the tags and the permissions boundary of what it is made for.
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
            origins["Policies", len(inline)] = origins["Policies", len(inline), "PolicyDocument"] = place
            inline.append({"PolicyName": f"{resource.name}{index}", "PolicyDocument": entry})
        elif isinstance(entry, str) or (isinstance(entry, dict) and _is_function(entry)):
            origins["ManagedPolicyArns", len(managed)] = place
            # a name alone is that of one of AWS's own policies
            managed.append(f"{_AWS_POLICY}{entry}" if isinstance(entry, str) and ":" not in entry else entry)
            if not isinstance(entry, str) and next(iter(entry)).startswith(_MAKERS):
                inline.append(_CHOSEN)
    name = f"{resource.name}Role"
    if name not in stack.resources:
        properties: dict[str, Any] = {"ManagedPolicyArns": managed, "Policies": inline}
        for part in ("Tags", "PermissionsBoundary"):
            if part in resource.properties:
                properties[part] = resource.properties[part]
        shared = resource.origins or {}
        origins.update((path, place) for path, place in shared.items() if path[0] in properties)
        stack.resources[name] = Resource(
            stack, "sam", name, "AWS::IAM::Role", resource.body, resource.path, properties, inside, origins=origins
        )


def _called_by(resource: Resource) -> set[str]:
    """The events of a function or state machine that come from an API which it does not name."""
    events = resource.properties.get("Events")
    found: set[str] = set()
    for event in events.values() if isinstance(events, dict) else ():
        type = event.get("Type") if isinstance(event, dict) else None
        inside = event.get("Properties") if isinstance(event, dict) else None
        if isinstance(type, str) and type in _IMPLICIT:
            chosen = _IMPLICIT[type][2]
            if not (isinstance(inside, dict) and chosen in inside):
                found.add(type)
    return found


def _implicit_api(stack: Stack, name: str, type: str, callers: list[Resource], shared: Any) -> None:
    """The API that SAM makes for all events that name none. It exists where one of those does that it is made for."""
    path: Path = ("Globals", type.removeprefix(_PREFIX)) if isinstance(shared, dict) and shared else callers[0].path
    body: dict[str, Any] = {"Type": type}
    conditions = [caller.body.get("Condition") for caller in callers]
    if None not in conditions:
        stack.conditions = {
            **stack.conditions,
            f"{name}Condition": {"Fn::Or": [{"Condition": it} for it in conditions]},
        }
        body["Condition"] = f"{name}Condition"
    properties = dict(shared) if isinstance(shared, dict) else {}
    stack.resources[name] = resource = Resource(stack, "sam", name, type, body, path, properties, path)
    _parts(stack, resource, type.removeprefix(_PREFIX))
