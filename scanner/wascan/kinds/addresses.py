"""Blocks of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.markers import Reference, Text, Unknown
from wascan.value import Fact
from wascan.verdict import FAIL, PASS, Verdict

if TYPE_CHECKING:
    from wascan.value import Value

_SIZED = frozenset(
    ("AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::EIP", "aws_vpc", "aws_default_vpc", "aws_subnet", "aws_eip")
)
"""Types whose addresses are never all addresses: a VPC has a /16 at most (Amazon VPC User Guide, "VPC CIDR blocks")."""


_EVERYWHERE = (
    "0.0.0.0/0", "::/0", "0.0.0.0/00", "0:0:0:0:0:0:0:0/0", "0000:0000:0000:0000:0000:0000:0000:0000/0",
    "1.1.1.1/0", "10.0.0.0/0", "172.16.0.0/0", "192.168.0.0/0", "255.255.255.255/0", "100.200.100.200/00", "2001:db8::/0",
)  # fmt: skip
"""All addresses as people, and AWS, may write them: a pattern that takes none of these takes no such block."""


def is_anywhere(block: Value) -> Verdict:
    """Whether a CIDR block is all addresses of IPv4 or IPv6: its prefix is of no length (RFC 4632, section 3.1)."""
    data = block.data
    if isinstance(data, Reference) and data.resource.type in _SIZED:
        return Verdict(FAIL, (Fact(block, "is_anywhere"),))
    if isinstance(data, Text) and isinstance(tail := data.parts[-1], str) and "/" in tail:
        return Verdict(PASS if _is_open(tail) else FAIL, (Fact(block, "is_anywhere"),))
    if isinstance(data, Unknown) and not any(map(data.may_be, _EVERYWHERE)):
        return Verdict(FAIL, (Fact(block, "is_anywhere"),))
    return block.satisfies(_is_open, "all addresses")


def _is_open(block: str) -> bool:
    _, slash, length = block.partition("/")
    return bool(slash) and length.strip("0 ") == "" and length.strip() != ""
