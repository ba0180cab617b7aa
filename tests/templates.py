"""Templates in a few lines, and what is in them, for the tests of what CloudFormation and SAM mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan import dialects, document
from wascan.engine import Engine
from wascan.path import read
from wascan.sources import Form, Source
from wascan.testing import OPTIONS
from wascan.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wascan.finding import Finding
    from wascan.graph import Graph, Resource
    from wascan.rule import Check


def graph_of(files: str | dict[str, str], **settings: Any) -> Graph:
    """The graph of one template, which is called t.yaml, or of several by their names."""
    named = {"t.yaml": files} if isinstance(files, str) else files
    documents = {name: document.read(name, text.encode()) for name, text in named.items()}
    sources = [Source(name, None, Form.TEMPLATE, read) for name, read in documents.items()]
    return dialects.read(sources, dialects.Settings(**settings))


def the(graph: Graph, name: str) -> Resource:
    """The resource of a name or address, of which there is one."""
    (found,) = (
        item for scope in graph.scopes for item in scope.resources.values() if name in (item.name, item.address)
    )
    return found


def worth(value: str, rest: str = "", *, world: World | None = None, **settings: Any) -> Any:
    """What `value`, as YAML, comes to through and through in the property of a resource; `rest` are other sections."""
    text = f"Resources:\n  It:\n    Type: AWS::Test::It\n    Properties:\n      Value: {value}\n{rest}"
    resource = the(graph_of(text, **settings), "t.yaml/It")
    world = world or World(blurred=True)
    return resource.scope.deep(*read(resource, "$.Value", world), world)


def engine_of(graph: Graph, checks: Callable[[type[Any]], Iterable[Check]]) -> Engine:
    """An engine with the options of the cases."""
    return Engine(
        graph,
        checks,
        lambda check: {name: OPTIONS[name] for name, option in check.rule.options.items() if option.required},
        lambda check: check.severity,
    )


def told(findings: Iterable[Finding]) -> dict[str, tuple[str, str]]:
    """The kind and case of each finding by its resource's address, without the template's name."""
    return {finding.resource.address.removeprefix("t.yaml/"): (finding.kind, finding.case) for finding in findings}
