"""What the declaration of a parameter says of its value (AWS CloudFormation Template Reference Guide, "Parameters")."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

from wascan.dialects.intrinsics import listed
from wascan.markers import MARKERS, Reference, Text, Unknown, number, plain

if TYPE_CHECKING:
    from collections.abc import Hashable

_ID = "[a-z]+-[0-9a-z]+"
"""The ids that EC2 gives (Amazon EC2 User Guide, "Resource IDs")."""


def hides(body: dict[str, Any]) -> bool:
    """Whether a parameter shows its value to nobody."""
    return plain(body.get("NoEcho")).lower() == "true"


def typed(value: Any, name: str, kind: str) -> Any:
    """A parameter's value as its type has it: lists are written with commas."""
    several = kind == "CommaDelimitedList" or kind.startswith("List<")
    if isinstance(value, dict) or (isinstance(value, list) and not several):
        return Unknown(f"the parameter {name} has a value that is no {kind}")
    if isinstance(value, (*MARKERS, list)) or not several:
        items = listed(value) if several and isinstance(value, (Text, Reference)) else None
        return value if items is None else items
    return [item.strip() for item in plain(value).split(",")] if plain(value) else []


def unsaid(name: str, body: dict[str, Any], kind: str, key: Hashable, never: frozenset[str]) -> Unknown:
    """The value of a parameter that nobody gives one, and that is none of those in `never`."""
    found = Unknown(
        f"it is the parameter {name}, which has no default",
        key,
        never=never,
        filled=kind == "Number" or kind.startswith(("AWS::", "List<AWS::")),
        looked_up="" if kind.startswith("AWS::") else None,  # a text may be a dynamic reference
        pattern=_pattern(body, kind),
    )
    shortest = number(body.get("MinLength")) if kind == "String" else None
    found.filled |= (shortest or 0) > 0 or not found.may_be("")
    return found


def _pattern(body: dict[str, Any], kind: str) -> re.Pattern[str] | None:
    """What a value has to match as a whole, where it is one text."""
    if kind.startswith("AWS::EC2::") and kind.endswith("::Id"):
        return _compiled(_ID)
    written = body.get("AllowedPattern")
    return _compiled(written) if kind == "String" and isinstance(written, str) else None


@cache
def _compiled(written: str) -> re.Pattern[str] | None:
    """A regular expression of Java, as far as Python reads it in the same way: it warns of what Java has and it has not."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return re.compile(written, re.ASCII)
        except (re.error, Warning, OverflowError, RecursionError):
            return None
