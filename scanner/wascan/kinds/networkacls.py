"""Network ACLs: what may cross the border of a subnet, whatever its security groups say.

Entries are numbered, and the first that fits decides (Amazon VPC User Guide, "Network ACL rules").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wascan.attribute import Attribute, Beside, Flag, LinkTo, Many, One
from wascan.kind import Kind, view
from wascan.kinds.addresses import is_anywhere
from wascan.kinds.families import Taggable
from wascan.kinds.securitygroups import Traffic
from wascan.kinds.tags import Tags
from wascan.markers import number
from wascan.value import Fact
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict, known

if TYPE_CHECKING:
    from collections.abc import Callable

    from wascan.value import Values


class Entry(Traffic):
    """An entry that stands in its ACL, as Terraform has it."""

    addresses = Many(tf=("$.ipv6_cidr_block", "$.cidr_block"))
    prefix_lists = Many()
    protocol = One(tf="$.protocol")
    first = One(tf="$.from_port", default=0)
    last = One(tf="$.to_port", default=65535)
    action = One(tf="$.action")
    order = One(tf="$.rule_no")
    outgoing = Flag()

    def comes_in(self) -> Verdict:
        """Whether it is about what comes in."""
        return self.outgoing.is_false()

    def fits(self, port: int) -> Verdict:
        """Whether it is about what comes in to a port from anywhere."""
        return self.addresses.any(is_anywhere) & self.opens(port) & self.comes_in()

    def allows_everything(self) -> Verdict:
        """Whether it allows all protocols and ports to come in."""
        return self.allows() & self.takes_every_protocol() & self.comes_in()

    def allows_every_port(self) -> Verdict:
        """Whether it allows all ports of TCP or UDP to come in."""
        return self.allows() & self.takes_every_port() & self.comes_in()

    def comes_before(self, other: Entry) -> Verdict:
        first, second = number(self.order.data), number(other.order.data)
        truth = UNKNOWN if first is None or second is None else PASS if first < second else FAIL
        return Verdict(truth, (Fact(self.order, "at_most", other.order.data),))

    def allows(self) -> Verdict:
        return self.action.satisfies(lambda action: action.lower() == "allow", "allow")


class FiltersSubnets(Kind):
    """What says what may cross the border of a subnet. `inward` is where, for the remedy."""

    noun = "network ACL"
    inward: ClassVar[str | dict[str, str]]

    def lets_in(self, port: int) -> Verdict:
        """Whether anybody gets in to a port."""
        raise NotImplementedError

    def lets_in_everything(self) -> Verdict:
        """Whether it lets in all protocols and ports at once."""
        raise NotImplementedError

    def lets_in_every_port(self) -> Verdict:
        """Whether it lets in all ports of a protocol that has any."""
        raise NotImplementedError

    def decides_traffic(self) -> Verdict:
        """Whether it speaks for itself, and not for an ACL that is judged with it."""
        return known(True)


class NetworkAclEntry(Entry, FiltersSubnets):
    """An entry that stands on its own."""

    types = ("AWS::EC2::NetworkAclEntry", "aws_network_acl_rule")
    slug = "network-acl-entry"
    noun = "network ACL entry"
    inward = "the entry"
    acl = LinkTo(to="NetworkAcl", cfn="$.NetworkAclId", tf="$.network_acl_id")
    addresses = Many(cfn=("$.Ipv6CidrBlock", "$.CidrBlock"), tf=("$.ipv6_cidr_block", "$.cidr_block"))
    protocol = One(cfn="$.Protocol", tf="$.protocol")
    first = One(cfn="$.PortRange.From", tf="$.from_port", default=0)
    last = One(cfn="$.PortRange.To", tf="$.to_port", default=65535)
    action = One(cfn="$.RuleAction", tf="$.rule_action")
    order = One(cfn="$.RuleNumber", tf="$.rule_number")
    outgoing = Flag(cfn="$.Egress", tf="$.egress")

    def lets_in(self, port: int) -> Verdict:
        return self.allows() & self.fits(port)

    def lets_in_everything(self) -> Verdict:
        return self.allows_everything()

    def lets_in_every_port(self) -> Verdict:
        return self.allows_every_port()

    def decides_traffic(self) -> Verdict:
        target = self.acl.target
        return known(target is None or not isinstance(view(target, self._world), ListsEntries))


class ListsEntries(FiltersSubnets, Taggable):
    """An ACL with its entries, wherever they stand."""

    inward: ClassVar[str | dict[str, str]] = {"cfn": "its inbound entries", "tf": "{ingress.name}"}
    ingress: Attribute[Values]
    entries: Attribute[Values]

    def lets_in(self, port: int) -> Verdict:
        """An entry allows it, and none before it denies it."""
        return self._any(lambda entry: entry.allows() & entry.fits(port) & ~self._is_denied_before(entry, port))

    def lets_in_everything(self) -> Verdict:
        return self._any(lambda entry: entry.allows_everything())

    def lets_in_every_port(self) -> Verdict:
        return self._any(lambda entry: entry.allows_every_port())

    def _is_denied_before(self, entry: Entry, port: int) -> Verdict:
        return self._any(lambda other: ~other.allows() & other.fits(port) & other.comes_before(entry))

    def _any(self, question: Callable[[Entry], Verdict]) -> Verdict:
        return self.ingress.any(question) | self.entries.any(question)


class NetworkAcl(ListsEntries):
    """A network ACL."""

    types = ("AWS::EC2::NetworkAcl", "aws_network_acl")
    slug = "network-acl"
    noun = "network ACL"
    ingress = Many(block=Entry, tf="$.ingress[*]")
    entries = Many(
        block=NetworkAclEntry,
        cfn=Beside("AWS::EC2::NetworkAclEntry", "$", by="$.NetworkAclId"),
        tf=Beside("aws_network_acl_rule", "$", by="$.network_acl_id"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class DefaultNetworkAcl(ListsEntries):
    """The ACL of the subnets of a VPC that have no other. Terraform takes from it all entries but those that it is given."""

    types = ("aws_default_network_acl",)
    slug = "default-network-acl"
    noun = "default network ACL"
    ingress = Many(block=Entry, tf="$.ingress[*]")
    entries = Many(block=NetworkAclEntry, tf=Beside("aws_network_acl_rule", "$", by="$.network_acl_id"))
    tags = Tags(tf="$.tags")
