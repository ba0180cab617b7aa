"""Actions of AWS's services, and whether they work on resources that can be named.

`data/actions.txt` has them, made by `scripts/build_actions.py` from the Service Authorization Reference: a line a service.
"""

from __future__ import annotations

import os
from fnmatch import filter as matching
from functools import cache, lru_cache


@lru_cache(1024)  # statements repeat each other
def takes_resource(pattern: str) -> bool:
    """Whether an action works on resources that can be named, or most of those that a pattern takes in do: else nothing but
    ``*`` can be written beside it. An action that is not known does.
    """
    service, _, name = pattern.lower().partition(":")
    without, named = _actions(service)
    if "*" in name or "?" in name:
        return len(matching(named, name)) >= len(matching(without, name))
    return name not in without


_LATER = frozenset(
    (
        "cloudwatch:getmetricdata",
        "cloudwatch:getmetricstatistics",
        "cloudwatch:listmetrics",
        "cloudwatch:putmetricdata",
        "ec2:assignprivateipaddresses",
        "ec2:createnetworkinterface",
        "ec2:deletenetworkinterface",
        "ec2:unassignprivateipaddresses",
        "comprehend:detectentities",
        "polly:synthesizespeech",
        "rekognition:detectmoderationlabels",
        "translate:translatetext",
    )
)
"""Actions that take a resource in some uses and not in the common one, and those that a function needs for its network
interfaces before they have names (Service Authorization Reference; AWS Lambda Developer Guide, "Giving Lambda functions access
to resources in an Amazon VPC").
"""


@cache
def _table() -> str:
    with open(os.path.join(os.path.dirname(__file__), "../data/actions.txt"), encoding="utf-8") as stream:
        return stream.read()


@cache
def _actions(service: str) -> tuple[list[str], list[str]]:
    """The actions of a service that take no resource, and those that do."""
    table = _table()
    begin = table.find(f"\n{service} ") + 1
    without, _, named = table[begin : table.find("\n", begin)].partition("|") if begin else ("", "", "")
    later = [name for name in named.split() if f"{service}:{name}" in _LATER]
    return without.split()[1:] + later, [name for name in named.split() if name not in later]
