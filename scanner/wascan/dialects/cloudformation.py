"""CloudFormation and SAM templates: from documents to the stacks of one graph.

Source of the template's anatomy: AWS CloudFormation Template Reference Guide, "Template sections".
"""

from __future__ import annotations

import posixpath
from types import NoneType
from typing import TYPE_CHECKING, Any

from wascan.dialects import anatomy, loops
from wascan.dialects.stack import Stack, Workload
from wascan.graph import Resource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wascan.document import Document

_HARMLESS = ("AWS::Serverless-", "AWS::LanguageExtensions", "AWS::SecretsManager-", "AWS::CodeDeployBlueGreen")
"""Transforms that are understood here, or that leave alone what a person wrote."""

MAX_NESTED = 1000
"""So many nested stacks are followed in one scan."""

_NESTED = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}


def load(workload: Workload, documents: Iterable[Document]) -> None:
    """Adds the stack of each template to the workload's graph, nested stacks below the stacks that name them.

    A template that another one of the scan nests is no stack of its own.
    """
    by_name = {posixpath.normpath(document.name): document for document in documents}
    nested = {local for document in by_name.values() for local in _nested_by(document)}
    reached: set[str] = set()
    # those that only a circle of nested stacks leads to come last, and stand for themselves
    for name in sorted(by_name, key=lambda name: name in nested):
        if name not in reached:
            grow(workload, Stack(workload, by_name[name], name), by_name, reached)


def grow(workload: Workload, stack: Stack, documents: dict[str, Document], reached: set[str]) -> None:
    """Makes a stack, and the nested stacks whose templates are in `documents`, a part of the workload's graph."""
    adopt(workload, stack)
    reached.add(posixpath.normpath(stack.document.name))
    for name, resource in list(stack.resources.items()):
        local = _local(resource.type, resource.properties, stack.document)
        if local not in documents or any(above.document is documents[local] for above in stack.line()):
            continue
        workload.nested += 1
        if workload.nested > MAX_NESTED:
            stack.complain(resource.path, f"{name} is not followed, for more than {MAX_NESTED} stacks are nested here")
            continue
        child = Stack(workload, documents[local], f"{stack.address}/{name}", parent=resource, whole=stack.whole)
        stack.children[name] = child
        grow(workload, child, documents, reached)


def adopt(workload: Workload, stack: Stack) -> None:
    """Makes one stack a part of the workload's graph."""
    fill(stack)
    workload.stacks.append(stack)
    workload.graph.scopes.append(stack)
    for resource in stack.resources.values():
        workload.graph.add(resource)


def fill(stack: Stack) -> None:
    """Reads the resources of a stack's template. What cannot be read is said in a note."""
    data = stack.document.data
    transforms = _transforms(data.get("Transform"))
    stack.macro = next((f"the macro {name}" for name in transforms if not name.startswith(_HARMLESS)), "")
    if "Fn::Transform" in data:
        stack.macro = stack.macro or "the macro in the template"
    looped = loops.LOOP in stack.document.text
    anatomy.check(stack)
    for name, body, path in loops.entries(stack, data.get("Resources"), ("Resources",)):
        if name == "Fn::Transform":
            stack.macro = stack.macro or "the macro in Resources"
            continue
        if name.startswith(loops.LOOP):
            stack.unexpanded = stack.unexpanded or f"the loop {name.removeprefix(loops.LOOP)}"
            continue
        wrong = f"there is another resource called {name}" if name in stack.resources else _unreadable(name, body)
        if wrong:
            stack.complain(path, f"{wrong}, so nothing can be said of it")
            stack.partial = f"{name}, which cannot be read, may belong to it"
            continue
        properties = body.get("Properties")
        type, inside = body["Type"], (*path, "Properties")
        dialect = "sam" if type.startswith("AWS::Serverless::") else "cfn"
        if looped:
            properties = loops.unrolled(stack, properties, inside)
        resource = Resource(stack, dialect, name, type, body, path, properties or {}, inside)
        resource.construct = _construct(body)
        stack.resources[name] = resource
    if stack.macro or stack.unexpanded:
        stack.partial = f"{stack.macro or stack.unexpanded} may add what belongs to it at deploy"
    anatomy.check_resources(stack)
    if any(name.startswith("AWS::Serverless-") for name in transforms):
        from wascan.dialects import sam

        sam.expand(stack)
    anatomy.check_references(stack)


def _unreadable(name: str, body: Any) -> str:
    """What keeps a resource from being read; empty where nothing does."""
    type = body.get("Type") if isinstance(body, dict) else None
    tag = next(iter(type)) if isinstance(type, dict) and len(type) == 1 else ""
    if tag.startswith("!"):
        return f"the resource {name} has a Type made by {tag}, which is no part of CloudFormation (scan what comes out of it)"
    if not isinstance(type, str):
        return f"the resource {name} has no Type"
    return (
        "" if isinstance(body.get("Properties", {}), (dict, NoneType)) else f"the Properties of {name} are no mapping"
    )


def _construct(body: dict[str, Any]) -> str:
    """The path of the CDK construct that a resource comes from (AWS CDK Developer Guide: "Identifiers"), or empty."""
    metadata = body.get("Metadata")
    path = metadata.get("aws:cdk:path") if isinstance(metadata, dict) else None
    return path if isinstance(path, str) else ""


def _transforms(written: Any) -> list[str]:
    """The names of a template's transforms, however they are written."""
    items = written if isinstance(written, list) else [written]
    names = [item.get("Name") if isinstance(item, dict) else item for item in items]
    return [name for name in names if isinstance(name, str)]


def _nested_by(document: Document) -> list[str]:
    """The local templates that a template nests."""
    resources = document.data.get("Resources")
    found: list[str] = []
    for body in resources.values() if isinstance(resources, dict) else ():
        if isinstance(body, dict) and isinstance(body.get("Type"), str):
            local = _local(body["Type"], body.get("Properties"), document)
            found += [local] if local else []
    return found


def _local(type: str, properties: Any, document: Document) -> str:
    """The template that a nested stack is made from, by the name it would have in this scan; empty if it is remote."""
    place = _NESTED.get(type)
    url = properties.get(place) if place is not None and isinstance(properties, dict) else None
    if not isinstance(url, str) or "://" in url:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(posixpath.normpath(document.name)), url))
