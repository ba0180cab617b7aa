"""Checks and findings of other engines, in the shape of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.graph import Resource, Scope
from wascan.kind import Kind
from wascan.markers import Unknown
from wascan.rule import Check, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wascan.document import Document, Place
    from wascan.rule import Severity
    from wascan.world import World

OTHER = "other"
"""The pillar, so to say, of what answers to no practice."""


class ForeignRule(Rule):
    """A rule of another engine, as far as the engine tells: its id begins with the engine's name."""

    def __init__(
        self, engine: str, id: str, title: str, why: str, url: str, practices: tuple[str, ...], severity: Severity
    ) -> None:
        super().__init__(_unasked, practices, severity, "here")
        self.id = f"{engine}:{id}"
        self.url = url
        self._title = title
        self._why = why

    @property
    def pillar(self) -> str:
        """The pillar of its practice."""
        from wascan.catalogue import practice

        return (practice(self.practices[0]).pillar if self.practices else None) or OTHER

    @property
    def options(self) -> dict[str, Any]:
        """None: how it is judged is the engine's business."""
        return {}

    @property
    def title(self) -> str:
        """The engine's title."""
        return self._title

    @property
    def why(self) -> str:
        """What the engine says beside it."""
        return self._why

    @property
    def fix(self) -> str:
        """Empty: engines do not say."""
        return ""


class ForeignCheck(Check):
    """A check of another engine."""

    __slots__ = ()

    def __init__(self, rule: ForeignRule) -> None:
        super().__init__(rule, Kind)
        self.id = rule.id

    @property
    def title(self) -> str:
        return self.rule.title

    @property
    def why(self) -> str:
        return self.rule.why

    def fix(self, dialect: str, wanted: Mapping[str, str] | None = None, alone: Collection[str] = ()) -> str:
        return ""


def _unasked(_kind: Kind) -> Any:
    raise NotImplementedError  # it has been answered


class Part(Scope):
    """Where what is no resource stands: the parameters and outputs of a template, the providers of a plan."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.graph = scope.graph
        self.address = scope.address
        self.name = scope.name
        self.document: Document = scope.document
        self.tags = {}
        self.whole = scope.whole

    @property
    def namespace(self) -> str:
        return self.scope.namespace

    def resolve(self, data: Any, path: tuple[str | int, ...], world: World) -> tuple[Any, tuple[str | int, ...]]:
        return data, path

    def missing(self, container: dict[str, Any], world: World) -> Any:
        return Unknown("nobody looked for it")

    def exists(self, resource: Resource, world: World) -> bool | None:
        return None

    def region(self, world: World) -> Any:
        return self.scope.region(world)

    def account(self, world: World) -> Any:
        return self.scope.account(world)

    def committed(self, place: Place) -> Place:
        return self.scope.committed(place)

    def resource(self, dialect: str, name: str, path: tuple[str | int, ...]) -> Resource:
        """A stand-in for the resource that a finding is not about."""
        return Resource(self, dialect, name, "template" if dialect == "cfn" else "plan", {}, path, {}, path)
