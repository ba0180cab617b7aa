"""Until when AWS supports which version of what.

The dates are in `data/lifecycle.json`, by product (RDS engines by their own names) and version, with the AWS page that
publishes them; ``null`` where a version is supported and no end is announced. They are the ends of *standard* support:
what comes after is paid extra, or no longer patched. `scripts/check_lifecycle.py` says what has become of them.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

from wascan.markers import MARKERS, plain
from wascan.value import Value
from wascan.verdict import Truth, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

Ends = dict[str, str | None]


@cache
def table() -> dict[str, Any]:
    """The table: ``asOf``, the day it was last held against AWS's pages, and ``products`` by name."""
    with open(os.path.join(os.path.dirname(__file__), "../data/lifecycle.json"), encoding="utf-8") as stream:
        found: dict[str, Any] = json.load(stream)
    return found


def is_listed(product: Value) -> Verdict:
    """Whether the table has a product, which is named, in any case, by an attribute such as an engine."""
    return product.satisfies(lambda name: name.lower() in table()["products"], "in the table of ends of support")


def supported(version: Value, product: str | Value, today: str) -> Verdict:
    """Whether a version is in standard support on a day (ISO 8601); unknown for a version that the table does not
    have. `product` is its name in the table, or the attribute that names it.
    """
    if isinstance(product, Value):
        listed = is_listed(product)
        if listed.truth is not Truth.PASS:
            return Verdict(Truth.UNKNOWN, listed.facts)
        product = plain(product.data).lower()
    end = "" if isinstance(version.data, MARKERS) else end_of_support(product, plain(version.data))
    wanted = f"in standard support since {end}" if end else "in standard support"
    return version.satisfies(lambda _: None if end == "" else end is None or today <= end, wanted)


def end_of_support(product: str, version: str) -> str | None:
    """The last day of standard support of a version; None if none is announced, empty if the table does not have it.

    A version belongs to the row that it begins with: 15.4 to 15, and 1.30 not to 1.3. What is older than all rows
    ended with the oldest, or before.
    """
    products: Mapping[str, Any] = table()["products"]
    engine, _, bare = version.partition("_")
    if engine.lower() in products:  # OpenSearch_2.11, Elasticsearch_7.10
        product, version = engine.lower(), bare
    ends: Ends = products[product]["ends"] if product in products else {}
    rows = [row for row in ends if version == row or version.startswith((f"{row}.", f"{row}-"))]
    if rows:
        return ends[max(rows, key=len)]
    oldest = min(filter(_number, ends), key=_number, default="")
    return ends[oldest] if oldest and () < _number(version) < _number(oldest) else ""


def _number(version: str) -> tuple[int, ...]:
    """The numbers that a version begins with; empty for one that is no row of numbers, such as a runtime's name."""
    numbers: list[int] = []
    for part in version.split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)
