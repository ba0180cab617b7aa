"""Attributes that stand within a document, which may be written as JSON text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Flag, One
from wascan.kinds.jsontext import parsed
from wascan.kinds.keys import Key
from wascan.value import Reading

if TYPE_CHECKING:
    from wascan.kind import Kind


class OneWithin(One):
    """A value within a document: `within` has the names down to it."""

    def __init__(self, *within: str, **places: Any) -> None:
        super().__init__(**places)
        self._within = within

    def _find(self, kind: Kind) -> Reading:
        return _below(super()._find(kind), self._within, kind)

    def label(self, dialect: str) -> str:
        return ".".join((super().label(dialect), *self._within))


class FlagWithin(Flag):
    """A switch within a document, likewise."""

    def __init__(self, *within: str, by_presence: bool = False, **places: Any) -> None:
        super().__init__(by_presence=by_presence, **places)
        self._within = within

    def _find(self, kind: Kind) -> Reading:
        return _below(super()._find(kind), self._within, kind)

    def label(self, dialect: str) -> str:
        return ".".join((super().label(dialect), *self._within))


class KeyWithin(Key):
    """A key within a document, likewise."""

    def __init__(self, *within: str, **places: Any) -> None:
        super().__init__(**places)
        self._within = within

    def _find(self, kind: Kind) -> Reading:
        return _below(super()._find(kind), self._within, kind)

    def label(self, dialect: str) -> str:
        return ".".join((super().label(dialect), *self._within))


def _below(document: Reading, names: tuple[str, ...], kind: Kind) -> Reading:
    """What stands at the end of some names in a document."""
    scope, world = document.resource.scope, kind._world
    data, path = parsed(document.data), document.path
    for name in names:
        if type(data) is not dict:
            break
        if name not in data:
            data = scope.missing(data, world)
            break
        data, path = scope.resolve(data[name], (*path, name), world)
    return Reading(data, path, document.resource)
