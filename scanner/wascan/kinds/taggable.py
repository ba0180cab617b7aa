"""The long tail: resource types that take tags, and of which nothing else is known here.

`data/taggable.txt` has them, made by `scripts/build_taggable.py` from the schemas of CloudFormation's registry and of the
Terraform provider: a line a kind, with its slug, its types, and where they keep their tags.
"""

from __future__ import annotations

import builtins
import os
import re
from functools import cache
from typing import TYPE_CHECKING

from wascan.kinds._index import MODULES
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.kind import Kind


class LongTail(Taggable):
    """A resource that takes tags."""

    rules_of = "taggable"


@cache
def _table() -> str:
    with open(os.path.join(os.path.dirname(__file__), "../data/taggable.txt"), encoding="utf-8") as stream:
        return stream.read()


def slugs() -> list[str]:
    """The slugs of the kinds that the tail has."""
    lines = (line.split() for line in _table().splitlines()[1:])
    return [slug for slug, *entries in lines if any(entry.partition("=")[0] not in MODULES for entry in entries)]


@cache
def kind_in_tail(type: str) -> builtins.type[Kind] | None:
    """The kind of a resource type that the table has and that has no class of its own."""
    line = "" if type in MODULES else _line(type)
    if not line:
        return None
    slug, *entries = line.split()
    places = dict(entry.partition("=")[::2] for entry in entries)
    path = next((path for path in places.values() if path), "$.Tags")
    body = {
        "types": tuple(name for name in places if name not in MODULES),
        "slug": slug,
        "noun": _noun(next(iter(places))),
        "tags": Tags(cfn=path, tf="$.tags"),
    }
    return builtins.type("".join(map(str.capitalize, slug.split("-"))), (LongTail,), body)


def _line(type: str) -> str:
    """The line of a type; empty if there is none."""
    table, at = _table(), -1
    while (at := table.find(f" {type}", at + 1)) >= 0:
        if table[at + len(type) + 1] in " =\n":
            return table[table.rfind("\n", 0, at) + 1 : table.find("\n", at)]
    return ""


def _noun(type: str) -> str:
    """What people may call one of it."""
    if "::" not in type:
        return type.removeprefix("aws_").replace("_", " ")
    _, service, name = type.split("::")[:3]
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).split()
    return " ".join([service, *(word if word.isupper() else word.lower() for word in words)])
