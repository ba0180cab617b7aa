"""Prefix lists: blocks of addresses under one name, the customer's own or AWS's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wascan.attribute import Beside, Many
from wascan.kind import view
from wascan.kinds.addresses import is_anywhere
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.markers import Reference

if TYPE_CHECKING:
    from wascan.value import Value
    from wascan.verdict import Verdict
    from wascan.world import World

_OF_AWS = re.compile(r"pl-[0-9a-f]{8}")
"""The short ids of before 2018 (Amazon EC2 User Guide, "Resource IDs"). Customers have had lists of their own since 2020, so
these are AWS's, which have the addresses of its services.
"""


class PrefixList(Taggable):
    """A list of the customer's own."""

    types = ("AWS::EC2::PrefixList", "aws_ec2_managed_prefix_list")
    slug = "ec2-prefix-list"
    noun = "prefix list"
    blocks = Many(
        cfn="$.Entries[*].Cidr",
        tf=("$.entry[*].cidr", Beside("aws_ec2_managed_prefix_list_entry", "$.cidr", by="$.prefix_list_id")),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


def holds_everybody(named: Value, world: World) -> Verdict:
    """Whether the list that is named has all addresses in it; unknown of one that is not at hand."""
    if isinstance(named.data, Reference):
        found = view(named.data.resource, world)
        if isinstance(found, PrefixList):
            return found.blocks.any(is_anywhere)
    return named.satisfies(lambda name: False if _OF_AWS.fullmatch(name) else None, "a list with all addresses")
