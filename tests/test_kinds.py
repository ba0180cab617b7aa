"""Kinds say the truth about the dialects: every path exists, every name is unique, every kind has its fixtures."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from wascan.attribute import Attribute, Beside, LinkTo, Many
from wascan.kind import Kind, kind_named
from wascan.packs import every_kind
from wascan.path import steps

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
KINDS = every_kind()
PROVIDER: dict[str, Any] = json.loads(
    gzip.decompress((ROOT / "tests/data/terraform-aws-5.100-schema.json.gz").read_bytes())
)


def attributes(kind: type[Kind]) -> dict[str, Attribute[Any]]:
    found: dict[str, Attribute[Any]] = {}
    for base in reversed(kind.__mro__):
        found.update((name, value) for name, value in vars(base).items() if isinstance(value, Attribute))
    return found


def places(kind: type[Kind], dialect: str) -> Iterator[tuple[str, str, str]]:
    """Every (attribute, type, path) of a kind in one dialect, the paths in blocks behind those of the blocks."""
    for name, attribute in attributes(kind).items():
        source = attribute.sources[dialect]
        for place in source if isinstance(source, tuple) else (source,):
            if place is None:
                continue
            types = (
                [place.type] if isinstance(place, Beside) else [type for type in kind.types if spoken(type) == dialect]
            )
            for type in types:
                path = place.path if isinstance(place, Beside) else place
                yield name, type, path
                if isinstance(place, Beside):
                    yield f"{name} by", type, place.by
                if isinstance(attribute, Many) and attribute.block is not None:
                    for inner, part in attributes(attribute.block).items():
                        below = part.sources[dialect]
                        for step in below if isinstance(below, tuple) else (below,):
                            if isinstance(step, str):
                                yield f"{name}.{inner}", type, path + step[1:]


def spoken(type: str) -> str:
    if "::" not in type:
        return "tf"
    return "sam" if type.startswith("AWS::Serverless::") else "cfn"


@cache
def registry(type: str) -> dict[str, Any]:
    schema: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type).schema
    return schema


def in_registry(type: str, path: str) -> bool:
    """Whether a path leads to something in the resource type's schema (CloudFormation registry)."""
    schema = registry(type)
    return any(True for _ in _below(schema, [schema], list(steps(path) or ())))


def _below(schema: dict[str, Any], nodes: list[dict[str, Any]], todo: list[Any]) -> Iterator[dict[str, Any]]:
    nodes = [found for node in nodes for found in _opened(schema, node)]
    if not todo:
        yield from nodes
        return
    step, *rest = todo
    for node in nodes:
        if isinstance(step, str):
            if step in node.get("properties", {}):
                yield from _below(schema, [node["properties"][step]], rest)
            elif not node.get("properties") and "object" in _types(node):
                yield node  # free-form JSON
            for inner in node.get("patternProperties", {}).values():
                yield from _below(schema, [inner], rest)
        elif "items" in node:
            yield from _below(schema, [node["items"]], rest)


def _types(node: dict[str, Any]) -> list[str]:
    found = node.get("type", [])
    return found if isinstance(found, list) else [found]


def _opened(schema: dict[str, Any], node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in node:
        target: Any = schema
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        yield from _opened(schema, target)
        return
    yield node
    for name in ("anyOf", "oneOf", "allOf"):
        for inner in node.get(name, ()):
            yield from _opened(schema, inner)


ATTRIBUTES_AS_BLOCKS = {
    "aws_route_table": {"route"},
    "aws_default_route_table": {"route"},
    "aws_security_group": {"ingress", "egress"},
    "aws_default_security_group": {"ingress", "egress"},
    "aws_network_acl": {"ingress", "egress"},
}
"""Attributes whose type is a set of objects (Terraform: "Attributes as Blocks"): the schema at hand leaves out what is in
them."""


OBJECTS = {("aws_s3tables_table_bucket", "encryption_configuration"), ("aws_ssm_document", "permissions")}
"""Attributes that are objects or maps, whose insides the schema as kept here does not show."""


LATER = {"aws_wafv2_web_acl_rule": {"web_acl_arn"}, "aws_wafv2_web_acl_rule_group_association": {"web_acl_arn"}}
"""Types that came after the schema at hand, with those of their attributes that are used."""


def in_provider(type: str, path: str) -> bool:
    """Whether a path leads to an attribute or block of the AWS provider's schema."""
    if type in LATER:
        return set(steps(path) or ()) <= LATER[type]
    node: Any = PROVIDER.get(type)
    if any((type, step) in OBJECTS for step in steps(path) or ()):
        return True
    if (steps(path) or ("",))[0] in ATTRIBUTES_AS_BLOCKS.get(type, ()):
        return True
    for step in steps(path) or ():
        if node is None:
            return False
        if not isinstance(step, str):
            continue
        if not isinstance(node, dict):
            return False
        node = node.get(step)
    return node is not None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_path_of_a_kind_exists(kind: type[Kind]) -> None:
    found: dict[tuple[str, str, str], bool] = {}
    for dialect, exists in (("cfn", in_registry), ("tf", in_provider)):
        for name, type, path in places(kind, dialect):
            if not path.startswith("@") and steps(path) is not None:
                # of several types that are one kind, each may have attributes that the others lack
                key = name, "it" if type in kind.types else type, path
                found[key] = found.get(key, False) or exists(type, path)
    assert not [f"{name}: {type} has no {path}" for (name, type, path), there in found.items() if not there]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_type_of_a_kind_exists(kind: type[Kind]) -> None:
    for type in kind.types:
        if spoken(type) == "cfn":
            assert registry(type)
        elif spoken(type) == "tf":
            assert type in PROVIDER


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_link_leads_to_a_kind(kind: type[Kind]) -> None:
    for attribute in attributes(kind).values():
        if isinstance(attribute, LinkTo):
            assert kind_named(attribute.to)


def test_slugs_types_and_class_names_are_unique() -> None:
    for names in (
        [kind.slug for kind in KINDS],
        [kind.__name__ for kind in KINDS],
        [type for kind in KINDS for type in kind.types],
    ):
        assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_kind_has_a_bare_and_a_well_built_fixture_in_each_dialect(kind: type[Kind]) -> None:
    import yaml

    file = ROOT / "fixtures" / "kinds" / f"{kind.slug}.yaml"
    assert file.exists(), f"{file.name} is missing"
    fixture = yaml.safe_load(file.read_text(encoding="utf-8"))
    wanted = {{"cfn": "cloudformation", "sam": "sam", "tf": "terraform"}[spoken(type)] for type in kind.types}
    for form in ("bare", "well-built"):
        assert wanted <= fixture[form].keys(), f"{form} lacks {wanted - fixture[form].keys()}"


def test_the_indexes_are_current() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts/build_index.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
