"""What a plan marks as sensitive. The plan itself has it in plain text, so it is taken out when values are read.

Source: Terraform, "JSON Output Format", section "Change Representation", and "Manage sensitive data in your
configuration".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.markers import ABSENT, Reference, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.dialects.terraform.module import PlanResource

SENSITIVE = Unknown("its value is sensitive", filled=True)
"""What stands for a value that must not be shown."""

_NAMES = re.compile(r"password(?!_policy)|passphrase|secret_(?:string|binary|key)|private_key|auth_token|access_key$")
"""Attributes that are taken for sensitive in plans of versions that do not say (Terraform before 0.15)."""

_SHORTEST = 4
"""A secret of fewer characters would hide half of what it could be taken for."""


def masked(data: Any, flag: Any) -> Any:
    """`data` without what `flag` marks as sensitive. What is empty stays, and of blocks what they are made of: a set of
    them is sensitive as a whole where anything in it is.
    """
    if flag is True and isinstance(data, list) and data and all(isinstance(item, dict) for item in data):
        return [{name: masked(item, True) for name, item in block.items()} for block in data]
    if flag is True:
        if isinstance(data, (Unknown, Reference)):
            return data
        return data if data in (None, "", [], {}, ABSENT) else SENSITIVE
    if isinstance(flag, dict) and isinstance(data, dict):
        return {name: masked(item, flag[name]) if flag.get(name) else item for name, item in data.items()}
    if isinstance(flag, list) and isinstance(data, list):
        flags = [*flag, *[None] * len(data)]
        return [masked(item, inside) if inside else item for item, inside in zip(data, flags, strict=False)]
    return data


def is_secret(name: str, data: Any) -> bool:
    """Whether an attribute is taken for sensitive where a plan does not say. Switches and numbers are no secrets."""
    return not isinstance(data, (bool, int, float)) and _NAMES.search(name) is not None


def of_variables(configuration: dict[str, Any], given: dict[str, Any]) -> Iterator[str]:
    """The texts in the sensitive variables of the root module, their defaults included."""
    written = configuration.get("variables")
    for name, variable in written.items() if isinstance(written, dict) else ():
        if isinstance(variable, dict) and variable.get("sensitive") is True:
            yield from _texts(variable.get("default"), True)
            yield from _texts(given.get(name), True)


def of_resource(resource: PlanResource) -> Iterator[str]:
    """The sensitive texts among the attributes of a resource."""
    if resource.sensitive is None:
        for name, data in resource.after.items():
            yield from _texts(data, is_secret(name, data))
    else:
        yield from _texts(resource.after, resource.sensitive)


def _texts(data: Any, flag: Any) -> Iterator[str]:
    if isinstance(data, str):
        if flag is True and len(data) >= _SHORTEST:
            yield from (line for line in data.split("\n") if len(line) >= _SHORTEST)
    elif isinstance(data, dict):
        for name, item in data.items():
            yield from _texts(item, flag is True or (isinstance(flag, dict) and flag.get(name)))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _texts(item, flag is True or (isinstance(flag, list) and index < len(flag) and flag[index]))
