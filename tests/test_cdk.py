"""Cloud assemblies become one graph: every stack once, linked across stacks and Regions, broken parts told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wascan import dialects, sources
from wascan.graph import Graph, World
from wascan.sources import Form
from wascan.value import Reference

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "cdk"
APPS = sorted(CORPUS.iterdir()) if CORPUS.is_dir() else []


def read(assembly: Path, **settings: object) -> Graph:
    found = sources.find([str(assembly)])
    assert not found.unreadable
    assert [source.form for source in found.sources] == [Form.ASSEMBLY]
    return dialects.read(found.sources, dialects.Settings(**settings))  # type: ignore[arg-type]


def templates_of(folder: Path) -> list[Path]:
    """The templates that an assembly's manifests name, nested ones too, once for each time that they are named."""
    found: list[Path] = []
    for artifact in json.loads((folder / "manifest.json").read_text())["artifacts"].values():
        properties = artifact.get("properties", {})
        if artifact["type"] == "cdk:cloud-assembly":
            found += templates_of(folder / properties["directoryName"])
        elif artifact["type"] == "aws:cloudformation:stack":
            found += with_nested(folder, properties["templateFile"])
    return found


def with_nested(folder: Path, name: str) -> list[Path]:
    found = [folder / name]
    for body in json.loads((folder / name).read_text()).get("Resources", {}).values():
        if body["Type"] == "AWS::CloudFormation::Stack" and "aws:asset:path" in body.get("Metadata", {}):
            found += with_nested(folder, body["Metadata"]["aws:asset:path"])
    return found


@pytest.mark.skipif(not APPS, reason="the corpus is not here")
@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_stack_of_the_corpus_is_in_the_graph_exactly_once_with_all_its_resources(app: Path) -> None:
    graph = read(app)
    assert not [note for note in graph.notes if note.level == "error"]
    templates = templates_of(app)
    assert sorted(str(path) for path in templates) == sorted(scope.document.name for scope in graph.scopes)
    assert len({scope.address for scope in graph.scopes}) == len(graph.scopes)
    addresses = [resource.address for resource in graph]
    assert len(set(addresses)) == len(addresses)
    counts = [len(json.loads(path.read_text()).get("Resources", {})) for path in templates]
    assert sum(counts) == len(graph.resources)
    assert all(scope.whole for scope in graph.scopes)


@pytest.mark.skipif(not APPS, reason="the corpus is not here")
def test_a_reference_across_regions_leads_to_the_resource() -> None:
    graph = read(CORPUS / "event-driven-resilience-datazone")
    reader = next(scope for scope in graph.scopes if scope.name == "DzBackupStack")
    name = next(iter(reader.document.data["Resources"]["ExportsReader8B249524"]["Properties"]["ReaderProps"]["imports"]))
    value = reader.deep({"Fn::GetAtt": ["ExportsReader8B249524", name]}, (), World())
    assert isinstance(value, Reference)
    assert value.resource.name == "dzresiliencydynamoDBReplicaEncryptionKey"
    assert value.resource.scope.region(World()) == "us-east-2"
    assert reader.region(World()) == "us-east-1"
