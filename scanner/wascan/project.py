"""What a folder is a project of, as far as its first settings follow from that: tools, Regions, tags."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.graph import Graph, Resource

_DEEPEST = 4
_NOT_ENTERED = frozenset(("node_modules", "cdk.out", "__pycache__", "dist", "build"))
_MOST_TAGS = 8
_USUAL = 0.8
"""So many of the resources that have tags at all must have one, for it to be a habit."""

_REGION = re.compile(r'"([a-z]{2}(?:-[a-z]+)+-\d)"')
_KEY = re.compile(r'(?:^|[{,\n])\s*"?([A-Za-z][\w:./-]*)"?\s*[=:](?!=)')


class Project:
    """`cdk` and `terraform` are folders, `templates` files; `language` is that of the CDK app, `regions` and `tags` are
    what it uses throughout.
    """

    def __init__(self) -> None:
        self.cdk: list[str] = []
        self.language = ""
        self.terraform: list[str] = []
        self.templates: list[str] = []
        self.regions: list[str] = []
        self.tags: list[str] = []


def look(folder: str = ".") -> Project:
    """Look through a folder; what is in it is read, never run."""
    from wascan.dialects import Settings, read
    from wascan.sources import find

    found = Project()
    regions: list[str] = []
    tags: list[str] = []
    for here, names in _folders(folder):
        if "cdk.json" in names:
            found.cdk.append(here)
            found.language = found.language or _language(os.path.join(here, "cdk.json"))
        if any(name.endswith(".tf") for name in names):
            found.terraform.append(here)
            for name in names:
                if name.endswith(".tf"):
                    _terraform(os.path.join(here, name), regions, tags)
        if "samconfig.toml" in names:
            regions += _regions(_text(os.path.join(here, "samconfig.toml")))
    sources = find([folder]).sources
    found.templates = [source.name for source in sources if source.form.value == "template"]
    graph = read(sources, Settings())
    found.regions = sorted({*regions, *_deployed_to(graph)})
    found.tags = list(dict.fromkeys([*tags, *_habits(graph)]))[:_MOST_TAGS]
    return found


def _folders(folder: str) -> Iterator[tuple[str, list[str]]]:
    """The folders that people write in, and their files."""
    for here, folders, names in os.walk(folder):
        depth = os.path.relpath(here, folder).count(os.sep)
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in _NOT_ENTERED)
        if depth >= _DEEPEST or "pyvenv.cfg" in names:
            folders.clear()
        if "pyvenv.cfg" not in names:
            yield os.path.normpath(here).replace(os.sep, "/"), sorted(names)


def _text(file: str) -> str:
    try:
        with open(file, encoding="utf-8", errors="replace") as stream:
            return stream.read(1 << 20)
    except OSError:
        return ""


def _language(file: str) -> str:
    """What an app is written in, by the command that its cdk.json runs it with."""
    import json

    try:
        command = str(json.loads(_text(file)).get("app", ""))
    except (ValueError, AttributeError):
        return ""
    for word, language in (("python", "python"), ("node", "node"), ("ts", "node"), ("bun", "node")):
        if word in command:
            return language
    return ""


def _regions(text: str) -> list[str]:
    return _REGION.findall(text)


def _terraform(file: str, regions: list[str], tags: list[str]) -> None:
    """What the AWS providers of a .tf file are given literally."""
    from wascan.dialects.terraform.files import File

    text = _text(file)
    for block in File(file, text, str).blocks:
        if (block.type, block.labels) == ("provider", ("aws",)):
            written = {name: text[start:end] for name, (_, (start, end)) in block.attributes.items()}
            regions += _regions(written.get("region", ""))
            for inner in block.blocks:
                if inner.type == "default_tags" and "tags" in inner.attributes:
                    _, (start, end) = inner.attributes["tags"]
                    tags += _KEY.findall(text[start:end])


def _deployed_to(graph: Graph) -> Iterator[str]:
    from wascan.world import World

    for scope in graph.scopes:
        region = scope.region(World(blurred=True))
        if isinstance(region, str):
            yield region


def _habits(graph: Graph) -> list[str]:
    """The tags that nearly every resource has which has any."""
    tagged = [keys for resource in graph if not resource.managed_by and (keys := _keys(resource))]
    counts = Counter(key for keys in tagged for key in keys)
    return [key for key, count in counts.items() if count >= _USUAL * len(tagged) and len(tagged) > 1]


def _keys(resource: Resource) -> list[str]:
    from wascan.path import read
    from wascan.world import World

    world = World(blurred=True)
    data: Any = None
    for path in ("$.tags_all", "$.tags", "$.Tags"):
        data, at = read(resource, path, world)
        if isinstance(data, (dict, list)):
            break
    if isinstance(data, dict):
        keys = list(data)
    else:
        items = (
            (resource.scope.deep(item, (*at, index), world) for index, item in enumerate(data))
            if isinstance(data, list)
            else ()
        )
        keys = [item["Key"] for item in items if isinstance(item, dict) and isinstance(item.get("Key"), str)]
    return [key for key in dict.fromkeys(keys) if key != "Name" and not key.startswith("aws:")]
