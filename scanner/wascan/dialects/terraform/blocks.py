"""Blocks that the configuration in a plan does not show one by one, as they stand in the .tf files.

What a ``dynamic`` block makes leaves no trace there. And a provider may take blocks for the list in an attribute, as for
the routes of a route table: then the plan has one expression for all of them. Source: Terraform, "dynamic Blocks" and
"Attributes as Blocks".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.dialects.terraform.answers import Here, Instances, settled, steps
from wascan.dialects.terraform.expressions import Reader
from wascan.dialects.terraform.references import follow, maximal
from wascan.markers import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.dialects.terraform.files import Block, File
    from wascan.dialects.terraform.module import PlanResource

_WHICH = Unknown("it is the key of something that may be a list or a set")


def shown(resource: PlanResource, name: str, expression: Any) -> list[dict[str, Any]] | None:
    """The blocks of a name in a resource, each as the plan would show it; None where no file is at hand that says, or
    where that speaks of others than were planned. `expression` is what the plan has in their place.
    """
    found = resource.scope.plan.places.block(resource)
    if found is None:
        return None
    blocks = written(resource.here, *found, name)
    if blocks is None or not isinstance(expression, dict):
        return blocks
    planned = {tuple(steps(reference)) for reference in maximal(expression)}
    return blocks if set(_names(blocks)) == planned else None


def written(here: Here, file: File, block: Block, name: str) -> list[dict[str, Any]] | None:
    """The blocks of a name in a block, also those that ``dynamic`` makes of them; None if nobody can tell how many it
    makes.
    """
    found: list[dict[str, Any]] = []
    for inner in block.blocks:
        if inner.type == name:
            found.append(_body(here, file, inner))
        elif inner.type == "dynamic" and inner.labels[:1] == (name,):
            made = _made(here, file, inner)
            if made is None:
                return None
            found += made
    return found


def _made(here: Here, file: File, block: Block) -> list[dict[str, Any]] | None:
    """What a ``dynamic`` block makes."""
    content = next((inner for inner in block.blocks if inner.type == "content"), None)
    if content is None or "for_each" not in block.attributes:
        return None
    items = settled(Reader(here, _text(file, block, "for_each"), follow).read())
    if isinstance(items, Instances):
        items = dict(items.members)
    if isinstance(items, list):
        pairs: list[tuple[Any, Any]] = [(_WHICH, item) for item in items]
    elif isinstance(items, dict):
        pairs = [*items.items()]
    else:
        return None
    name = _text(file, block, "iterator") if "iterator" in block.attributes else block.labels[0]
    made = []
    for key, value in pairs:
        iterators = {**here.iterators, name: {"key": key, "value": value}}
        made.append(_body(Here(here.module, here.key, here.repeated, iterators), file, content))
    return made


def _body(here: Here, file: File, block: Block) -> dict[str, Any]:
    """A block as the plan would show it."""
    found: dict[str, Any] = {name: _expression(here, _text(file, block, name)) for name in block.attributes}
    for inner in block.blocks:
        name = inner.labels[0] if inner.type == "dynamic" and inner.labels else inner.type
        if name not in found:
            blocks = written(here, file, block, name)
            found[name] = {"references": []} if blocks is None else blocks
    return found


def _expression(here: Here, text: str) -> dict[str, Any]:
    reader = Reader(here, text, follow)
    known = reader.read()
    if _is_known(known):
        return {"constant_value": known, "references": reader.names}
    return {"references": reader.names, "written": text, "here": here}


def _is_known(data: Any) -> bool:
    """Whether it is data through and through."""
    if isinstance(data, (dict, list)):
        return all(map(_is_known, data.values() if isinstance(data, dict) else data))
    return data is None or isinstance(data, (str, int, float))


def _names(blocks: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """The references in blocks."""
    for block in blocks:
        for part in block.values():
            if isinstance(part, list):
                yield from _names(part)
            else:
                yield from (tuple(steps(name)) for name in part["references"])


def _text(file: File, block: Block, name: str) -> str:
    start, end = block.attributes[name][1]
    return file.text[start:end].strip()
