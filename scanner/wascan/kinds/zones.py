"""Availability Zones: in how many of them something is, said with zones or with subnets, each of which lies in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Listed
from wascan.kind import Kind, view
from wascan.markers import MARKERS, Reference, Text, Unknown, reason, symbol
from wascan.value import Fact, Reading, Value, Values
from wascan.verdict import PASS, UNKNOWN, Truth, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wascan.world import World

_OPEN = ("join", "split", "import")
"""What makes unknowns that may hold several names with commas between them."""


class Places(Values):
    """The zones, or the subnets, that something is in."""

    __slots__ = ("_zones",)

    def __init__(self, whole: Value, items: list[Value], zones: list[Value], *, open: bool) -> None:
        super().__init__(whole, items, open=open)
        self._zones = zones

    def in_two_zones(self) -> Verdict:
        """Whether they are in at least two zones."""
        if isinstance(self.whole.data, Unknown) and self.whole.data.distinct is not None:
            return self._answer(PASS)  # all zones of a Region, and no Region has only one
        return self._answer(Values(self.whole, self._zones, open=self.open).distinct_at_least(2).truth)

    def in_two_subnets(self) -> Verdict:
        """The same where AWS takes no two subnets of one zone, so that two of them are two zones."""
        return self._answer(self.count_at_least(2).truth)

    def together(self, others: Iterable[Places], *, open: bool = False) -> Places:
        """These and others, as if they stood here; with `open` there may be more."""
        places = [self, *others]
        open = open or any(other.open for other in places)
        items = [item for place in places for item in place.items]
        return Places(self.whole, items, [zone for place in places for zone in place._zones], open=open)

    def _answer(self, truth: Truth) -> Verdict:
        whole = Fact(self.whole, "in_two_zones")
        if truth is UNKNOWN:
            open = [Fact(zone, "lies in") for zone in self._zones if isinstance(zone.data, MARKERS)]
            return Verdict(truth, (whole,) if self.open or not open else tuple(open))
        told = [zone for zone in self._zones if not isinstance(zone.data, MARKERS)] or [
            item for item in self.items if isinstance(item.data, Reference)
        ]
        return Verdict(truth, (whole, *(Fact(value, "lies in") for value in told)))


class Zones(Listed[Places]):
    """An attribute that says by name in which zones something is: a path with ``[*]``, or the path of the only one."""

    def of(self, kind: Kind) -> Places:
        found, whole = self.readings(kind)
        items = [Value(self, item) for item in found if not _several(item.data)]
        open = next((item for item in found if _several(item.data)), None)
        zones = [self._zone(item, kind._world) for item in items]
        return Places(Value(self, open or whole), items, zones, open=open is not None)

    def _zone(self, item: Value, world: World) -> Value:
        """The zone that an item is: what it refers to may say it."""
        kind = view(item.data.resource, world) if isinstance(item.data, Reference) else None
        zone = getattr(kind, "zone", None)
        if not isinstance(zone, Value):
            return item
        if not item.rests:
            return zone
        resting = Reading(zone.data, zone.path, zone.resource, (*item.rests, *zone.rests))
        resting.defaulted = zone.defaulted
        return Value(zone.attribute, resting)


class Subnets(Zones):
    """An attribute that names the subnets that something is in."""

    def _zone(self, item: Value, world: World) -> Value:
        zone = super()._zone(item, world)
        if zone is not item:
            return zone
        name = symbol(item.data)
        why = reason(item.data) if isinstance(item.data, MARKERS) else "nobody knows in which zone it is"
        data = Unknown(why, None if name is None else ("zone of", name))
        return Value(item.attribute, Reading(data, item.path, item.resource, item.rests))


def _several(data: object) -> bool:
    """Whether an item may stand for any number of them."""
    if isinstance(data, Unknown):
        return not data.filled or not isinstance(data.identity, tuple) or data.identity[0] in _OPEN
    pieces = data.parts if isinstance(data, Text) else (data,)
    return any(isinstance(piece, str) and "," in piece for piece in pieces)
