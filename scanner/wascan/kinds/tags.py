"""Tags, in whatever form a type takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.kind import Attribute, Kind, Reading
from wascan.value import ABSENT, MARKERS, Unknown, Value, plain, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wascan.verdict import Verdict


class Tag:
    """One tag, as the attribute that its value belongs to."""

    __slots__ = ("name",)
    secret = False

    def __init__(self, name: str) -> None:
        self.name = name

    def label(self, dialect: str) -> str:
        return f"tag {self.name}"


class TagSet:
    """The tags of one resource: a list of keys and values, or a map; what its deployment adds counts too."""

    def __init__(self, attribute: Tags, kind: Kind, found: Reading) -> None:
        self._attribute = attribute
        self._world = kind._world
        self._where = found
        self._items: dict[str, tuple[Any, Any]] = {}
        self._open: Unknown | None = None
        for key, value in found.resource.scope.tags.items():
            self._items[key] = (value, found.path)
        if isinstance(found.data, MARKERS):
            self._open = Unknown(reason(found.data))
        elif type(found.data) is dict:
            for key, value in found.data.items():
                self._items[key] = (value, (*found.path, key))
        elif type(found.data) is list:
            for index, item in enumerate(found.data):
                self._file(item, (*found.path, index))

    def _file(self, item: Any, path: Any) -> None:
        """Index one entry of a list of tags."""
        scope = self._where.resource.scope
        item, path = scope.resolve(item, path, self._world)
        if isinstance(item, MARKERS):
            self._open = Unknown(reason(item))
        elif type(item) is dict:
            name, content = ("Key", "Value") if "Key" in item else ("key", "value")
            key, _ = scope.resolve(item.get(name, ABSENT), (*path, name), self._world)
            if isinstance(key, MARKERS):
                self._open = Unknown(reason(key))
            elif key is not ABSENT:
                self._items[plain(key)] = (item.get(content, ABSENT), (*path, content))

    def get(self, key: str) -> Value:
        """The value of the tag `key`: known, absent or unknown. Keys are case-sensitive (AWS: "Tagging AWS resources")."""
        where = self._where
        data, path = ABSENT if self._open is None else self._open, where.path
        if key in self._items:
            data, path = where.resource.scope.resolve(*self._items[key], self._world)
        return Value(Tag(key), Reading(data, path, where.resource, where.rests))

    def has(self, key: str) -> Verdict:
        """Whether the tag `key` is there with some value."""
        return self.get(key).is_present()

    def has_any(self) -> Verdict:
        """Whether there is any tag."""
        where = self._where
        keys = [key for key in self._items if self.get(key).data is not ABSENT]
        data = dict.fromkeys(keys, "") if keys else ABSENT if self._open is None else self._open
        return Value(self._attribute, Reading(data, where.path, where.resource, where.rests)).is_present()

    def allow(self, key: str, values: Sequence[str]) -> Verdict:
        """Whether the tag `key`, if it is there, has one of these values."""
        value = self.get(key)
        return value.is_absent() if value.data is ABSENT else value.one_of(*values)


class Tags(Attribute[TagSet]):
    """Where a kind keeps its tags."""

    def of(self, kind: Kind) -> TagSet:
        return TagSet(self, kind, self.read(kind))
