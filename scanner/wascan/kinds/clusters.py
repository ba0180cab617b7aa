"""Database clusters, and the instances that name them as theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Attribute, Kind, Many, Reading
from wascan.kinds.families import MultiAZ
from wascan.value import Unknown, Value, Values

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Members(Many):
    """Resources that name this one as theirs.

    That there is none proves something only in a declared whole, for they may be in another stack.
    """

    def of(self, kind: Kind) -> Values:
        found = super().of(kind)
        resource = kind._resource
        if found.items or found.open or resource.scope.whole:
            return found
        elsewhere = Reading(Unknown("what belongs to it may be in another stack"), resource.path, resource)
        return Values(Value(self, elsewhere), [], open=True)

    def label(self, dialect: str) -> str:
        return f"the list of its {self.name}"


class OfInstances(MultiAZ):
    """A cluster that keeps its data in several zones anyway, and computes in `instances`, each of them in one zone.

    `zones` are those of the instances that say theirs. AWS puts the others where there is none yet.
    """

    spread = "add an instance in another Availability Zone"
    instances: Attribute[Values]
    zones: Attribute[Values]

    def in_several_zones(self) -> Verdict:
        """Another instance takes over when one is lost with its zone."""
        all_named = self.zones.count_at_least(len(self.instances.items) or 1)
        return self.instances.count_at_least(2) & (self.zones.distinct_at_least(2) | ~all_named)
