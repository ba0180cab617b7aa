"""What an input leaves open, and what can be said of it all the same.

Data is plain, or a *marker*: `Unknown`, `Reference`, `Text` (a string with open parts) or `ABSENT`.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Hashable

    from wascan.graph import Resource


class _Absent:
    """Nothing was written here."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()


class Unknown:
    """What cannot be known before deploy.

    `reason` completes the sentence "is unknown: ...". `identity`, where there is one, is the same for two
    unknowns that are sure to be the same in the end. `distinct` names a family whose members are sure to
    differ where their identities do (the zones of one ``GetAZs``). `never` holds texts that it is sure not to
    be, and `pattern` matches all that it can be, which then is one text. `filled` says that it is sure not to be
    empty, `word` that it has only letters, digits and hyphens. `looked_up` is the name that it is looked up by
    at deploy, empty where it is not looked up, None where nobody can tell.
    """

    __slots__ = ("distinct", "filled", "identity", "looked_up", "never", "pattern", "reason", "word")

    def __init__(
        self,
        reason: str,
        identity: Hashable = None,
        *,
        distinct: Hashable = None,
        never: frozenset[str] = frozenset(),
        filled: bool = False,
        word: bool = False,
        looked_up: str | Text | None = None,
        pattern: re.Pattern[str] | None = None,
    ) -> None:
        self.reason = reason
        self.identity = identity
        self.distinct = distinct
        self.never = never
        self.filled = filled
        self.word = word
        self.looked_up = looked_up
        self.pattern = pattern

    def may_be(self, text: str) -> bool:
        """Whether it can turn out to be a text."""
        return text not in self.never and (self.pattern is None or self.pattern.fullmatch(text) is not None)

    def __repr__(self) -> str:
        return f"Unknown({self.reason})"


class Reference:
    """A reference to a resource of the graph: to its main identifier, or to the attribute named."""

    __slots__ = ("attribute", "resource")

    def __init__(self, resource: Resource, attribute: str | None = None) -> None:
        self.resource = resource
        self.attribute = attribute

    @property
    def identity(self) -> Hashable:
        return ("resource", self.resource.address, self.attribute)

    def __repr__(self) -> str:
        return f"Reference({self.resource.address}{'.' + self.attribute if self.attribute else ''})"


class Text:
    """A string of which some parts are open: `parts` holds strings, references and unknowns."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[str | Unknown | Reference, ...]) -> None:
        self.parts = parts

    @property
    def identity(self) -> Hashable:
        names = tuple(part if isinstance(part, str) else part.identity for part in self.parts)
        return None if None in names else ("text", *names)

    def __repr__(self) -> str:
        return "Text({})".format("".join(part if isinstance(part, str) else "${...}" for part in self.parts))


Marker = Unknown | Reference | Text
MARKERS = (Unknown, Reference, Text)


def reason(data: object) -> str:
    """Why a marker is not known, to complete "is unknown: ..."."""
    if isinstance(data, Unknown):
        return data.reason
    if isinstance(data, Text):
        return next((reason(part) for part in data.parts if not isinstance(part, str)), "")
    if isinstance(data, Reference):
        return f"it comes from {data.resource.name}"
    return "it is known"


def is_open(data: object) -> bool:
    """Whether there is a marker in resolved data, or it is one."""
    if isinstance(data, (dict, list)):
        return any(is_open(item) for item in (data.values() if isinstance(data, dict) else data))
    return isinstance(data, MARKERS)


def present(data: object) -> bool | None:
    """Whether data sets anything: all does but an empty string or list. None if that is open."""
    if isinstance(data, Unknown):
        return True if data.filled else None
    if isinstance(data, Text):
        return True if any(present(part) for part in data.parts) else None
    return data is not ABSENT and data != "" and data != []


def is_one(data: object) -> bool:
    """Whether a marker in a list is sure to come to one item at least: a parameter does, for it has a value, be it empty."""
    is_parameter = isinstance(data, Unknown) and isinstance(data.identity, tuple) and data.identity[0] == "parameter"
    return is_parameter or present(data) is True


def symbol(data: object) -> Hashable:
    """What stands for `data` where values are compared without being known; None where nothing can."""
    if isinstance(data, MARKERS):
        return data.identity
    return None if isinstance(data, (dict, list, _Absent)) else plain(data)


def plain(data: object) -> str:
    """A scalar as CloudFormation and Terraform write it in a string."""
    if data is True:
        return "true"
    if data is False:
        return "false"
    return "" if data is None else str(data)


def assemble(parts: list[str | Unknown | Reference | Text]) -> str | Text | Unknown | Reference:
    """One string from parts: known if all are, a lone marker as it is."""
    flat: list[str | Unknown | Reference] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Text) else (part,):
            if isinstance(piece, str) and flat and isinstance(flat[-1], str):
                flat[-1] += piece
            elif piece != "":
                flat.append(piece)
    if not flat:
        return ""
    return flat[0] if len(flat) == 1 else Text(tuple(flat))


def number(data: object) -> float | None:
    """`data` as a number, or None: CloudFormation takes numbers in strings."""
    if isinstance(data, bool) or not isinstance(data, (int, float, str)) or (isinstance(data, str) and "_" in data):
        return None
    try:
        found = float(data)
    except (ValueError, OverflowError):
        return None
    return found if isfinite(found) else None


def is_word(part: object) -> bool:
    """Whether a part of a text is open, but sure to be a word that is not empty."""
    return isinstance(part, Unknown) and part.word and part.filled


def could_be(text: Text, wanted: str) -> bool:
    """Whether the open parts of `text` can be filled so that it becomes `wanted`."""
    head, tail = text.parts[0], text.parts[-1]
    if isinstance(head, str) and not wanted.startswith(head):
        return False
    if isinstance(tail, str) and not wanted.endswith(tail):
        return False
    position = 0
    for part in text.parts:
        if isinstance(part, str):
            position = wanted.find(part, position)
            if position < 0:
                return False
            position += len(part)
    return True


def apart(one: object, other: object) -> bool:
    """Whether two strings, of which parts may be open, are sure to differ."""
    texts = [list(item.parts) if isinstance(item, Text) else [item] for item in (one, other)]
    if not all(isinstance(part, (str, *MARKERS)) for text in texts for part in text):
        return False
    if isinstance(one, str) and isinstance(other, Text):
        return not could_be(other, one)
    if isinstance(other, str) and isinstance(one, Text):
        return not could_be(one, other)
    for end in (0, -1):
        while all(texts) and symbol(texts[0][end]) is not None and symbol(texts[0][end]) == symbol(texts[1][end]):
            for text in texts:
                del text[end]
    if not all(texts):
        # one of them goes on where the other ends
        return any(isinstance(part, str) and part for text in texts for part in text)
    if all(len(text) == 1 and isinstance(text[0], str) for text in texts):
        return True  # were they equal, they would have been taken away
    return _clash(texts[0][0], texts[1][0], str.startswith) or _clash(texts[0][-1], texts[1][-1], str.endswith)


def _clash(one: object, other: object, fits: Callable[[str, str], bool]) -> bool:
    return isinstance(one, str) and isinstance(other, str) and not fits(one, other) and not fits(other, one)
