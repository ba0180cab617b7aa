"""Cloud assemblies for tests, written in a few lines; and scans of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wascan import config, dialects, sources
from wascan.dialects import Settings
from wascan.packs import Packs
from wascan.scan import scan as run

if TYPE_CHECKING:
    from pathlib import Path

    from wascan.finding import Report
    from wascan.graph import Graph, Resource

TODAY = "2026-01-01"
QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"SqsManagedSseEnabled": False}}


class Stack:
    """A stack of an assembly: what its template and its artifact hold."""

    def __init__(self, resources: dict[str, Any] | None = None, **artifact: Any) -> None:
        self.template: dict[str, Any] = {"Resources": resources if resources is not None else {"Jobs": QUEUE}}
        self.sections = artifact.pop("sections", {})
        self.metadata = artifact.pop("metadata", {})
        self.inline = artifact.pop("inline", False)
        self.properties = artifact.pop("properties", {})
        self.artifact = artifact


def assembly(folder: Path, stacks: dict[str, Stack], **manifest: Any) -> Path:
    """Write an assembly into a folder. A key of `manifest` replaces what the manifest has; artifacts are added."""
    folder.mkdir(parents=True, exist_ok=True)
    artifacts: dict[str, Any] = {}
    for name, stack in stacks.items():
        template, metadata = f"{name}.template.json", f"{name}.metadata.json"
        write(folder / template, {**stack.template, **stack.sections})
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "environment": "aws://unknown-account/unknown-region",
            "properties": {"templateFile": template, **stack.properties},
            "displayName": name,
            **stack.artifact,
        }
        if stack.inline:
            artifacts[name]["metadata"] = stack.metadata
        elif stack.metadata:
            write(folder / metadata, stack.metadata)
            artifacts[name]["additionalMetadataFile"] = metadata
    tree = manifest.pop("tree", None)
    if tree is not None:
        write(folder / "tree.json", {"version": "tree-0.1", "tree": tree})
        artifacts["Tree"] = {"type": "cdk:tree", "properties": {"file": "tree.json"}}
    artifacts |= manifest.pop("artifacts", {})
    write(folder / "manifest.json", {"version": "55.0.0", "artifacts": artifacts, **manifest})
    return folder


def write(file: Path, data: Any) -> None:
    file.write_text(json.dumps(data, indent=1))


def made(path: str, type: str = "AWS::SQS::Queue", **properties: Any) -> dict[str, Any]:
    """A resource as CDK writes it, with the path of its construct."""
    return {"Type": type, "Properties": properties, "Metadata": {"aws:cdk:path": path}}


def created(*frames: str) -> list[dict[str, Any]]:
    """The metadata of a construct that was made where a stack trace says."""
    return [{"type": "aws:cdk:creationStack", "data": list(frames)}]


def node(id: str, kind: str, *children: dict[str, Any], path: str = "") -> dict[str, Any]:
    """A construct of the tree, with the class `kind`, and those in it."""
    here = f"{path}/{id}".lstrip("/") if id != "App" else ""
    inside = {child["id"]: child for child in (_moved(child, here) for child in children)}
    return {"id": id, "path": here, "constructInfo": {"fqn": kind, "version": "2.0.0"}, "children": inside}


def _moved(child: dict[str, Any], path: str) -> dict[str, Any]:
    return node(child["id"], child["constructInfo"]["fqn"], *child["children"].values(), path=path)


def read(folder: Path, **settings: Any) -> Graph:
    """The graph of an assembly."""
    found = sources.find([str(folder)])
    assert not found.unreadable, found.unreadable
    return dialects.read(found.sources, Settings(**settings))


def scan(*paths: str) -> Report:
    """What the rules say of an assembly, under the wascan.yaml that is here."""
    return run(paths, config.load(None), Packs(), today=TODAY)


def resource(graph: Graph, name: str) -> Resource:
    """The one resource that ends in a logical id or a construct path."""
    (found,) = [item for item in graph if name in (item.name, item.construct, item.address)]
    return found
