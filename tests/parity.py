"""Architectures that are written in CloudFormation and in Terraform, and what is said of both.

A folder of ``fixtures/parity`` holds ``template.yaml`` (with the templates that it nests), ``main.tf`` (with its modules
and its real ``plan.json``) and ``parity.yaml``, which may say:

- ``tags``, ``parameters``: of the CloudFormation deployment, as a person would give them; ``region`` likewise, without
  which it is the one that the tests allow;
- ``stacks``: further templates that are deployed on their own, with the Region of each;
- ``same``: by the path of a CloudFormation resource (``Network/Zone``), the Terraform address that corresponds, or several
  where one resource is several there. Others correspond by name: the same words in the same order, without those of
  their type (``OrdersTable`` and ``aws_dynamodb_table.orders``, ``Network/PublicSubnetA`` and
  ``module.network.aws_subnet.public["a"]``);
- ``alone``: what has no counterpart, and why;
- ``differences``: where the answers differ, and by whose word they may: ``rule`` and ``of`` (the path of a CloudFormation
  resource), each one or several, ``cloudformation``, ``terraform``, ``source``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

import wascan
from wascan import dialects, document, sources
from wascan.dialects.terraform.answers import steps
from wascan.engine import PASS, Engine
from wascan.finding import FAIL, OPEN, REVIEW, Finding
from wascan.kind import kind_of
from wascan.kinds.taggable import kind_in_tail
from wascan.packs import Packs
from wascan.testing import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wascan.graph import Resource
    from wascan.kind import Kind
    from wascan.rule import Check

ARCHITECTURES = Path(__file__).resolve().parent.parent / "fixtures" / "parity"
NOT_APPLICABLE = "not applicable"
RANKS = (FAIL, OPEN, PASS)
PACKS = Packs()

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_FILLERS = frozenset(("module", "stack", "main", "this"))


class Side:
    """One dialect of an architecture: the answers of every rule on every resource, by its name there, and the
    findings."""

    def __init__(self) -> None:
        self.resources: dict[str, Resource] = {}
        self.answers: dict[str, dict[str, str]] = {}
        self.findings: list[Finding] = []

    def scan(self, files: list[Path], **settings: Any) -> None:
        """Takes in what a scan of files as a declared whole says."""
        found = sources.find([str(file) for file in files])
        assert not found.unreadable, [(item.name, item.message) for item in found.unreadable]
        self.judge(found.sources, **settings)

    def judge(self, read: list[sources.Source], **settings: Any) -> None:
        """Takes in what is said of sources as a declared whole."""
        graph = dialects.read(read, dialects.Settings(whole=True, **settings))
        assert not graph.notes, graph.notes
        roots = {scope.address for scope in graph.scopes if getattr(scope, "parent", None) is None}
        for resource in graph.resources:
            if resource.derived:
                continue
            root = next(root for root in roots if resource.address.startswith(f"{root}/"))
            name = resource.name if resource.dialect == "tf" else resource.address.removeprefix(f"{root}/")
            assert name not in self.resources, f"{name} is there twice"
            self.resources[name] = resource
            self.answers[name] = {}
        names = {resource.address: name for name, resource in self.resources.items()}
        engine = Engine(graph, PACKS.checks, _options, lambda check: check.severity)
        for check, resource, (kind, facts, case, rests) in engine.answers():
            self.answers[names[resource.address]][check.rule.id] = PASS if kind == REVIEW else kind
            if kind is not PASS:
                self.findings.append(Finding(check, resource, kind, facts, check.severity, case, rests))
        assert not engine.broken, engine.broken

    def answer(self, names: Iterable[str], rule: str) -> str:
        """What a rule says of resources that are one in the other dialect."""
        given = {self.answers[name].get(rule) for name in names}
        return next((answer for answer in RANKS if answer in given), NOT_APPLICABLE)


class Pair:
    """Resources that correspond: the path of one in CloudFormation, the addresses in Terraform."""

    def __init__(self, path: str, addresses: list[str]) -> None:
        self.path = path
        self.addresses = addresses


class Architecture:
    """One folder."""

    def __init__(self, folder: Path) -> None:
        file = folder / "parity.yaml"
        said: dict[str, Any] = (yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else None) or {}
        self.same: dict[str, list[str]] = {path: _several(found) for path, found in said.pop("same", {}).items()}
        self.alone: dict[str, str] = said.pop("alone", {})
        self.sources: list[str] = []
        self.differences: dict[tuple[str, str], tuple[str, str]] = {}
        for item in said.pop("differences", ()):
            self.sources.append(item["source"])
            for path in _several(item["of"]):
                for rule in _several(item["rule"]):
                    self.differences[path, rule] = item["cloudformation"], item["terraform"]
        self._folder = folder
        self._tags = said.get("tags")
        self._stacks: dict[str, str] = said.pop("stacks", {})
        settings = {"region": OPTIONS["regions"][0], **said}
        self.cloudformation = Side()
        self.cloudformation.scan(self._templates(), **settings)
        for name, region in self._stacks.items():
            self.cloudformation.scan([folder / name], **{**settings, "region": region})
        self.terraform = Side()
        self.terraform.scan([folder / "plan.json"])

    def _templates(self) -> list[Path]:
        apart = {self._folder / name for name in self._stacks}
        return [path for path in self._folder.rglob("*.yaml") if path.name != "parity.yaml" and path not in apart]

    def unpinned(self) -> Side:
        """The templates where nobody says which parameters and Region they get."""
        side = Side()
        side.scan(self._templates(), tags=self._tags)
        return side

    def plan_alone(self) -> Side:
        """The plan where its .tf files are not at hand."""
        side = Side()
        read = document.read("plan.json", (self._folder / "plan.json").read_bytes())
        side.judge([sources.Source("plan.json", None, sources.Form.PLAN, read)])
        return side

    def pairs(self) -> list[Pair]:
        """All that corresponds, by what is said and by name. An AssertionError tells of what has no counterpart, or
        several."""
        told = {address for addresses in self.same.values() for address in addresses}
        by_name: dict[tuple[str, ...], list[str]] = {}
        for address, resource in self.terraform.resources.items():
            if address not in told:
                by_name.setdefault(_known_as(resource, _address_words(address)), []).append(address)
        pairs: list[Pair] = []
        single: list[str] = []
        for path, resource in self.cloudformation.resources.items():
            name = _known_as(resource, _path_words(path))
            addresses = self.same.get(path) or by_name.get(name, [])
            if path in self.same or len(addresses) == 1:
                pairs.append(Pair(path, addresses))
                by_name.pop(name, None)
            elif resource.type not in _ONE_SIDED and self.cloudformation.answers[path]:
                single.append(path)
        left = (address for addresses in by_name.values() for address in addresses)
        single += [
            address
            for address in left
            if self.terraform.resources[address].type not in _ONE_SIDED and self.terraform.answers[address]
        ]
        assert set(single) == set(self.alone), f"without counterpart: {single}"
        return pairs


def architectures() -> list[str]:
    """The names of the folders."""
    return sorted(path.parent.name for path in ARCHITECTURES.glob("*/template.yaml"))


@cache
def architecture(name: str) -> Architecture:
    return Architecture(ARCHITECTURES / name)


def _several(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else said


def _options(check: Check) -> dict[str, Any]:
    return {name: OPTIONS[name] if option.required else option.default for name, option in check.rule.options.items()}


def _known_as(resource: Resource, words: list[str]) -> tuple[str, ...]:
    """The slug of a resource's kind, and the words of its name that do not only repeat its type."""
    kind = _kind(resource.type)
    noise = set(_FILLERS)
    for type in (resource.type,) if kind is None else kind.types:
        noise.update(_split(type))
    slug = resource.type if kind is None else kind.slug
    return slug, *(word for word in words if word not in noise)


def _kind(type: str) -> type[Kind] | None:
    return kind_of(type) or kind_in_tail(type)


def _split(text: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(text)]


def _path_words(path: str) -> list[str]:
    return [word for part in path.split("/") for word in _split(part)]


def _address_words(address: str) -> list[str]:
    # the instance 0 is mostly the only one
    path = [step if isinstance(step, str) else str(step[0] or "") for step in steps(address)]
    return [word for part in path if not part.startswith("aws_") for word in _split(part)]


def _one_sided() -> Iterator[str]:
    """Types that there are in one of the dialects only, or that take tags in one only."""
    yield "AWS::CloudFormation::Stack"  # a module takes no tags
    table = Path(wascan.__file__).parent / "data" / "taggable.txt"
    for line in table.read_text(encoding="utf-8").splitlines():
        types = [entry.partition("=")[0] for entry in line.split()[1:]]
        if len({"::" in type for type in types}) == 1:
            yield from types


_ONE_SIDED = frozenset(_one_sided())
