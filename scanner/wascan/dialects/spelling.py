"""Resource types of AWS that there are not: whoever misspelt one is told, for such a resource is never judged.

`data/types.txt` has the types of CloudFormation's registry, made by `scripts/build_types.py`. AWS adds some every week, so
that a type is not in it proves nothing: one is called misspelt only if it is one slip of the pen away from a type that is.
No two types but four pairs among 1,900 are so near to each other, so hardly will a new one be taken for a slip; of all other
strangers nothing is said.
"""

from __future__ import annotations

import os
from functools import cache

from wascan.kinds._index import MODULES


@cache
def meant(type: str) -> str:
    """The type that somebody meant who wrote `type`; empty where that is a type, or may be one."""
    # AWS SAM has types of its own; a module's name ends so (AWS CloudFormation User Guide, "Module structure")
    if (
        type in MODULES
        or type[:5].upper() != "AWS::"
        or type.startswith("AWS::Serverless::")
        or type.endswith("::MODULE")
    ):
        return ""
    table = _table()
    if f"\n{type}\n" in table:
        return ""
    given = type.casefold()
    near = [name for name in table.split("\n")[1:-1] if _one_slip(given, name.casefold())]
    return min(near, key=lambda name: name.casefold() != given, default="")


@cache
def _table() -> str:
    with open(os.path.join(os.path.dirname(__file__), "../data/types.txt"), encoding="utf-8") as stream:
        return stream.read()


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter is too many, missing or another, or two have changed places; or nothing differs."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    if len(one) == len(other) and one[:2] == other[1::-1]:
        return one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:]
