"""Tags, in whatever form a type takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Attribute
from wascan.markers import ABSENT, MARKERS, Unknown, plain, reason
from wascan.value import Reading, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wascan.kind import Kind
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
        self._items: dict[str, tuple[Reading, Any, Any]] = {}
        self._open: Unknown | None = None
        self._rests = found.rests
        if type(found.data) is dict and "Key" in found.data and "Value" in found.data:
            self._file(found)  # CloudFormation takes a single item where a list is due
        elif type(found.data) is dict:
            for key, value in found.data.items():
                self._items[key] = (found, value, (*found.path, key))
        elif type(found.data) is list:
            for index, item in enumerate(found.data):
                self._file(found.inside(item, (*found.path, index), self._world))
        elif found.data is not ABSENT:
            self._open = Unknown(reason(found.data) if isinstance(found.data, MARKERS) else "these are no tags")
        if found.data is not ABSENT and self._open is None:
            more = found.resource.scope.missing(found.data if type(found.data) is dict else {}, self._world)
            self._open = None if more is ABSENT else more

    def _file(self, entry: Reading) -> None:
        """Index one entry of a list of tags."""
        item, path = entry.data, entry.path
        if type(item) is dict:
            name, content = ("Key", "Value") if "Key" in item else ("key", "value")
            named = entry.inside(item.get(name, ABSENT), (*path, name), self._world)
            key, entry.rests = named.data, named.rests
            self._rests += named.rests
            if isinstance(key, MARKERS):
                self._open = Unknown(reason(key))
            elif key is not ABSENT:
                self._items[plain(key)] = (entry, item.get(content, ABSENT), (*path, content))
            elif "Fn::Transform" in item:
                self._open = Unknown("a macro may make a tag of it")
        elif item is not ABSENT:
            self._open = Unknown(reason(item) if isinstance(item, MARKERS) else "one of the tags is none")

    def get(self, key: str) -> Value:
        """The value of the tag `key`: known, absent or unknown. Keys are case-sensitive (AWS: "Tagging AWS resources")."""
        where = self._where
        if key in self._items:
            entry, data, path = self._items[key]
            return Value(Tag(key), entry.inside(data, path, self._world))
        data = where.resource.scope.tags.get(key, ABSENT)
        if self._open is not None:  # it may be among these, whatever the deployment gives
            data = self._open if data is ABSENT else Unknown(self._open.reason, filled=True)
        return Value(Tag(key), Reading(data, where.path, where.resource, self._rests))

    def has(self, key: str) -> Verdict:
        """Whether the tag `key` is there with some value."""
        return self.get(key).is_present()

    def has_any(self) -> Verdict:
        """Whether there is any tag."""
        where = self._where
        data: Any = ABSENT if self._open is None else self._open
        for key in (*where.resource.scope.tags, *self._items):
            value = self.get(key).data
            if isinstance(value, Unknown):
                data = Unknown(value.reason)
            elif value is not ABSENT:
                data = {key: ""}
                break
        return Value(self._attribute, Reading(data, where.path, where.resource, self._rests)).is_present()

    def allow(self, key: str, values: Sequence[str]) -> Verdict:
        """Whether the tag `key`, if it is there, has one of these values."""
        value = self.get(key)
        return value.is_absent() if value.data is ABSENT else value.one_of(*values)


class Tags(Attribute[TagSet]):
    """Where a kind keeps its tags."""

    def of(self, kind: Kind) -> TagSet:
        return TagSet(self, kind, self.read(kind))
