"""Ideas that many kinds share: a rule written for a family judges every kind that has the idea."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Attribute, Kind
from wascan.verdict import Verdict, known

if TYPE_CHECKING:
    from wascan.kinds.keys import KeyValue
    from wascan.kinds.tags import TagSet
    from wascan.value import Value


class Taggable(Kind):
    """A resource that takes tags."""

    tags: Attribute[TagSet]


class DataStore(Kind):
    """A resource that keeps data: where it lives is where the data lives."""


class Encrypts(DataStore):
    """A store that can, or always does, encrypt what it keeps.

    `encrypted` is the switch. Where the store is a part of another one that decides for it,
    `decides_encryption` fails.
    """

    encrypted: Attribute[Value]

    def decides_encryption(self) -> Verdict:
        return known(True)


class TakesKey(DataStore):
    """A store whose encryption key the customer can choose."""

    key: Attribute[KeyValue]

    def decides_encryption(self) -> Verdict:
        return known(True)


class MultiAZ(Kind):
    """A resource that can be spread over Availability Zones."""

    def in_several_zones(self) -> Verdict:
        """Whether it runs, or keeps a standby, in more than one zone."""
        raise NotImplementedError

    def decides_zones(self) -> Verdict:
        """Whether its zones are its own affair, and not those of a cluster or of a target that it belongs to."""
        return known(True)
