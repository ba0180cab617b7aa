"""Attributes that stand within a document, which may be written as JSON text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Attribute, Flag, One, Switch, V_co
from wascan.kinds.jsontext import parsed
from wascan.kinds.keys import Key, KeyValue
from wascan.value import Reading, Value

if TYPE_CHECKING:
    from wascan.kind import Kind


class _Within(Attribute[V_co]):
    """An attribute within a document: `within` has the names down to it."""

    def __init__(self, *within: str, **options: Any) -> None:
        super().__init__(**options)
        self._within = within

    def _find(self, kind: Kind) -> Reading:
        return _below(super()._find(kind), self._within, kind)

    def label(self, dialect: str) -> str:
        return ".".join((super().label(dialect), *self._within))


class OneWithin(_Within[Value], One):
    """A value within a document."""


class FlagWithin(_Within[Switch], Flag):
    """A switch within a document."""


class KeyWithin(_Within[KeyValue], Key):
    """A key within a document."""


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
