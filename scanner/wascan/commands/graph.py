"""``wascan graph``: the resources, and what leads from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wascan.cli import CLEAN, NOTHING, TROUBLE, leave
from wascan.commands.common import configured, misspelt, reading
from wascan.commands.scan import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.edges import Edge
    from wascan.graph import Graph, Resource


@click.command(epilog="Exit status: 0 all was read, 2 something could not be, 3 there is nothing to read.")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--format", "form", type=click.Choice(["json", "dot", "mermaid"]), default="json", help="How to draw it.")
@reading
def graph(paths: tuple[str, ...], form: str, config_file: str | None, **given: Any) -> None:
    """Draw the resources and the references between them.

    \b
    wascan graph template.yaml
    wascan graph cdk.out --format dot | dot -Tsvg > app.svg
    """
    from wascan import packs
    from wascan.edges import edges
    from wascan.scan import prepare

    found, engine = prepare(paths or (".",), configured(config_file, given), packs.Packs(), today="")
    report = read(found, engine.graph, misspelt(given["parameters"], engine.graph))
    draw = {"json": _json, "dot": _dot, "mermaid": _mermaid}[form]
    for line in draw(engine.graph, edges(engine.graph)):
        click.echo(line)
    failed = report.errors
    leave(TROUBLE if failed else CLEAN if report.sources else NOTHING)


def _json(graph: Graph, edges: list[Edge]) -> Iterator[str]:
    from wascan.reports._json import encode

    yield '{"resources":['
    yield ",\n".join(encode(_node(resource)) for resource in graph)
    yield '],"references":['
    yield ",\n".join(encode({"from": edge.source.address, "to": edge.target.address, "at": edge.at}) for edge in edges)
    yield "]}"


def _node(resource: Resource) -> dict[str, Any]:
    place = resource.place(resource.path)
    return {
        "address": resource.address,
        "name": resource.name,
        "type": resource.type,
        "construct": resource.construct or None,
        "file": place.file,
        "line": place.line,
    }


def _dot(graph: Graph, edges: list[Edge]) -> Iterator[str]:
    """In the language of Graphviz."""
    yield "digraph wascan {"
    yield "  rankdir=LR; node [shape=box, fontname=sans]; edge [fontname=sans, fontsize=9];"
    for resource in graph:
        yield f"  {_quoted(resource.address)} [label={_quoted(_name(resource), resource.type)}];"
    for edge in edges:
        ends = f"{_quoted(edge.source.address)} -> {_quoted(edge.target.address)}"
        yield f"  {ends} [label={_quoted(_last(edge))}];"
    yield "}"


def _quoted(*lines: str) -> str:
    from wascan.words import printable

    return '"{}"'.format("\\n".join(printable(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines))


def _mermaid(graph: Graph, edges: list[Edge]) -> Iterator[str]:
    """In the language of Mermaid, which GitHub draws in Markdown."""
    numbers = {resource.address: number for number, resource in enumerate(graph)}
    yield "flowchart LR"
    for resource in graph:
        yield f'  r{numbers[resource.address]}["{_plain(_name(resource))}<br>{_plain(resource.type)}"]'
    for edge in edges:
        yield f'  r{numbers[edge.source.address]} -- "{_plain(_last(edge))}" --> r{numbers[edge.target.address]}'


def _plain(text: str) -> str:
    """A text in which nothing is markup: Mermaid's entities are decimal and begin with a number sign."""
    from wascan.words import printable

    return "".join(char if char.isalnum() or char in " ._-:/" else f"#{ord(char)};" for char in printable(text))


def _name(resource: Resource) -> str:
    return resource.construct.removesuffix("/Resource") or resource.name


def _last(edge: Edge) -> str:
    return edge.at.rpartition(".")[2]
