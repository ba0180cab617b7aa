"""Plans for tests: those of the fixtures, as they are or with changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wascan import dialects, document
from wascan.path import read
from wascan.sources import Form, Source
from wascan.world import World

if TYPE_CHECKING:
    from wascan.graph import Graph, Resource

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures" / "terraform"


def fixture(name: str) -> dict[str, Any]:
    """The plan of a fixture as data, to be changed."""
    data: dict[str, Any] = json.loads((FIXTURES / name / "plan.json").read_text(encoding="utf-8"))
    return data


def load(plan: str | dict[str, Any] | bytes, **settings: Any) -> Graph:
    """The graph of a fixture's plan by name (its .tf files beside it), or of a plan that stands alone."""
    if isinstance(plan, str):
        file = FIXTURES / plan / "plan.json"
        return graph(file.read_bytes(), str(file), **settings)
    return graph(json.dumps(plan).encode() if isinstance(plan, dict) else plan, None, **settings)


def graph(raw: bytes, file: str | None, **settings: Any) -> Graph:
    read = document.read("plan.json", raw, duplicates=False)
    return dialects.read([Source("plan.json", file, Form.PLAN, read)], dialects.Settings(**settings))


def resource(graph: Graph, name: str) -> Resource:
    """The resource at a Terraform address."""
    found = [item for item in graph.resources if item.name == name]
    assert len(found) == 1, [item.name for item in graph.resources]
    return found[0]


def value(graph: Graph, name: str, path: str) -> Any:
    """What a path of a resource comes to."""
    return read(resource(graph, name), path, World(blurred=True))[0]


def said(data: Any) -> Any:
    """A value with its markers as text: ``-> address.attribute`` for references, ``? reason`` for unknowns."""
    from wascan.markers import ABSENT, Reference, Text, Unknown

    if data is ABSENT:
        return "absent"
    if isinstance(data, Reference):
        return f"-> {data.resource.name}{'.' + data.attribute if data.attribute else ''}"
    if isinstance(data, Text):
        return "".join(part if isinstance(part, str) else f"[{said(part)}]" for part in data.parts)
    if isinstance(data, Unknown):
        return f"? {data.reason}"
    if isinstance(data, dict):
        return {name: said(item) for name, item in data.items()}
    return [said(item) for item in data] if isinstance(data, list) else data
