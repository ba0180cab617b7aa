"""Security groups: who may send what to network interfaces, and where these may send it.

A rule stands in its group or on its own. One on its own is judged with its group where that is at hand, and else alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wascan.attribute import Attribute, Beside, LinkTo, Many, One
from wascan.kind import Block, Kind, view
from wascan.kinds.addresses import is_anywhere
from wascan.kinds.families import Taggable
from wascan.kinds.prefixlists import holds_everybody
from wascan.kinds.tags import Tags
from wascan.markers import MARKERS, plain, symbol
from wascan.value import Fact, Value, Values
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict, all_of, known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wascan.attribute import Link

    Question = Callable[["Traffic"], Verdict]


class Traffic(Block):
    """What a rule lets through: the addresses of the other side, protocol and ports.

    ``-1`` is every protocol; protocols without ports are let through whole (Amazon EC2 API Reference,
    "IpPermission"). Where no port is named, all are.
    """

    addresses: Attribute[Values]
    prefix_lists: Attribute[Values]
    protocol: Attribute[Value]
    first: Attribute[Value]
    last: Attribute[Value]

    def is_open(self) -> Verdict:
        """Whether the other side may be anybody."""
        listed = self.prefix_lists.any(lambda one: holds_everybody(one, self._world))
        return self.addresses.any(is_anywhere) | listed

    def takes_every_protocol(self) -> Verdict:
        return self._speaks("-1", "all")

    def opens(self, port: int) -> Verdict:
        """Whether a port of TCP or UDP is among those let through."""
        within = self.first.at_most(port) & (self.last.at_least(port) | self.last.equals(-1))
        with_ports = self._has_ports()
        return self.takes_every_protocol() | (within if with_ports.truth is PASS else with_ports & within)

    def opens_more_than(self, ports: Iterable[int]) -> Verdict:
        """Whether anything but these ports is let through. ICMP, which has none, does not count."""
        with_ports = self._has_ports()
        others = ~(self.first.one_of(*ports) & ~self.opens_range())
        if with_ports.truth is PASS:
            return others
        icmp = self.protocol.satisfies(lambda name: name.lower() in ("icmp", "icmpv6", "1", "58"), "ICMP")
        return ~icmp & (~with_ports | others)

    def takes_every_port(self) -> Verdict:
        """Whether TCP or UDP is let through to all ports."""
        return self._has_ports() & self.first.at_most(1) & (self.last.at_least(65535) | self.last.equals(-1))

    def opens_range(self) -> Verdict:
        """Whether more than one port is let through."""
        first, last = symbol(self.first.data), symbol(self.last.data)
        open = isinstance(self.first.data, MARKERS) or isinstance(self.last.data, MARKERS)
        same = PASS if first is not None and first == last else UNKNOWN if open else FAIL
        several = ~Verdict(same, (Fact(self.last, "one_of", (plain(self.first.data),)),))
        with_ports = self._has_ports()
        return several if with_ports.truth is PASS else with_ports & several

    def _has_ports(self) -> Verdict:
        return self._speaks("tcp", "udp", "6", "17")

    def _speaks(self, *protocols: str) -> Verdict:
        return self.protocol.satisfies(lambda name: name.lower() in protocols, " or ".join(protocols))


class InlineRule(Traffic):
    """A rule that lets traffic in, written as groups have them; ``aws_security_group_rule`` is written so, too."""

    addresses = Many(cfn=("$.CidrIpv6", "$.CidrIp"), tf=("$.ipv6_cidr_blocks[*]", "$.cidr_blocks[*]"))
    prefix_lists = Many(cfn="$.SourcePrefixListId", tf="$.prefix_list_ids[*]")
    protocol = One(cfn="$.IpProtocol", tf="$.protocol")
    first = One(cfn="$.FromPort", tf="$.from_port", default=0)
    last = One(cfn="$.ToPort", tf="$.to_port", default=65535)
    description = One(cfn="$.Description", tf="$.description")


class InlineEgress(InlineRule):
    """One that lets traffic out."""

    prefix_lists = Many(cfn="$.DestinationPrefixListId", tf="$.prefix_list_ids[*]")


class LetsIn(Kind):
    """What says who gets in from the network. `inward` are its rules, for the remedy."""

    noun = "security group"
    inward: ClassVar[str]

    def lets_in(self, question: Question) -> Verdict:
        """Whether one of its rules for what comes in says yes to a question."""
        raise NotImplementedError

    def decides_traffic(self) -> Verdict:
        """Whether it speaks for itself, and not for a group that is judged with it."""
        return known(True)


class LetsOut(Kind):
    """What says where traffic may go. `outward` are its rules, for the remedy."""

    noun = "security group"
    outward: ClassVar[str]

    def lets_out(self, question: Question) -> Verdict:
        """Whether one of its rules for what goes out says yes to a question."""
        raise NotImplementedError

    def says_where(self) -> Verdict:
        """Whether it says anything of it."""
        return known(True)

    def decides_traffic(self) -> Verdict:
        """As for `LetsIn`."""
        return known(True)


class Described(Kind):
    """What may say of its rules what they are for."""

    noun = "security group"

    def is_described(self) -> Verdict:
        """Whether every rule says it."""
        raise NotImplementedError

    def decides_traffic(self) -> Verdict:
        """As for `LetsIn`."""
        return known(True)


class OfGroup(Described, Traffic):
    """A rule that stands on its own, for a group that it names."""

    group: Attribute[Link]
    description: Attribute[Value]

    def is_described(self) -> Verdict:
        return self.description.is_present()

    def decides_traffic(self) -> Verdict:
        """It is judged with its group where that is at hand."""
        target = self.group.target
        return known(target is None or not isinstance(view(target, self._world), Grouped))


class SecurityGroupRule(InlineRule, OfGroup, LetsIn, LetsOut):
    """A rule for either direction, as Terraform has it."""

    types = ("aws_security_group_rule",)
    slug = "security-group-rule"
    noun = "security group rule"
    inward = outward = "the rule"
    group = LinkTo(to="SecurityGroup", tf="$.security_group_id")
    direction = One(tf="$.type")

    def lets_in(self, question: Question) -> Verdict:
        return question(self) & self.direction.equals("ingress")

    def lets_out(self, question: Question) -> Verdict:
        return question(self) & self.direction.equals("egress")

    def says_where(self) -> Verdict:
        return self.direction.equals("egress")


class SecurityGroupIngress(OfGroup, LetsIn):
    """A rule that lets traffic in."""

    types = ("AWS::EC2::SecurityGroupIngress", "aws_vpc_security_group_ingress_rule")
    slug = "security-group-ingress"
    noun = "security group ingress rule"
    inward = "the rule"
    group = LinkTo(to="SecurityGroup", cfn=("$.GroupName", "$.GroupId"), tf="$.security_group_id")
    addresses = Many(cfn=("$.CidrIpv6", "$.CidrIp"), tf=("$.cidr_ipv6", "$.cidr_ipv4"))
    prefix_lists = Many(cfn="$.SourcePrefixListId", tf="$.prefix_list_id")
    protocol = One(cfn="$.IpProtocol", tf="$.ip_protocol")
    first = One(cfn="$.FromPort", tf="$.from_port", default=0)
    last = One(cfn="$.ToPort", tf="$.to_port", default=65535)
    description = One(cfn="$.Description", tf="$.description")

    def lets_in(self, question: Question) -> Verdict:
        return question(self)


class SecurityGroupEgress(OfGroup, LetsOut):
    """A rule that lets traffic out."""

    types = ("AWS::EC2::SecurityGroupEgress", "aws_vpc_security_group_egress_rule")
    slug = "security-group-egress"
    noun = "security group egress rule"
    outward = "the rule"
    group = LinkTo(to="SecurityGroup", cfn="$.GroupId", tf="$.security_group_id")
    addresses = Many(cfn=("$.CidrIpv6", "$.CidrIp"), tf=("$.cidr_ipv6", "$.cidr_ipv4"))
    prefix_lists = Many(cfn="$.DestinationPrefixListId", tf="$.prefix_list_id")
    protocol = One(cfn="$.IpProtocol", tf="$.ip_protocol")
    first = One(cfn="$.FromPort", tf="$.from_port", default=0)
    last = One(cfn="$.ToPort", tf="$.to_port", default=65535)
    description = One(cfn="$.Description", tf="$.description")

    def lets_out(self, question: Question) -> Verdict:
        return question(self)


class Grouped(LetsIn, LetsOut, Described, Taggable, Block):
    """A security group with its rules, wherever they stand.

    A group of CloudFormation's that names no egress lets everything out (CloudFormation, "AWS::EC2::SecurityGroup");
    Terraform takes that away.
    """

    inward = "{ingress.name}"
    outward = "{egress.name}"
    ingress: Attribute[Values]
    egress: Attribute[Values]
    rules: Attribute[Values]
    ingress_rules: Attribute[Values]
    egress_rules: Attribute[Values]
    own_name = One(cfn="$.GroupName", tf="$.name")

    def lets_in(self, question: Question) -> Verdict:
        among_all = self.rules.any(lambda rule: rule.lets_in(question))
        return self.ingress.any(question) | self.ingress_rules.any(question) | among_all

    def lets_out(self, question: Question) -> Verdict:
        among_all = self.rules.any(lambda rule: rule.lets_out(question))
        return self.egress.any(question) | self.egress_rules.any(question) | among_all

    def answers_for_egress(self) -> Verdict:
        """Whether it says where traffic may go, or lets everything out for want of that."""
        return known(self._resource.dialect != "tf" or self.says_where().truth is PASS)

    def says_where(self) -> Verdict:
        among_all = self.rules.any(lambda rule: rule.says_where())
        return ~self.egress.is_empty() | ~self.egress_rules.is_empty() | among_all

    def is_described(self) -> Verdict:
        return all_of(
            rules.every(lambda rule: rule.description.is_present())
            for rules in (self.ingress, self.egress, self.rules, self.ingress_rules, self.egress_rules)
        )


class SecurityGroup(Grouped):
    """A security group."""

    types = ("AWS::EC2::SecurityGroup", "aws_security_group")
    slug = "security-group"
    noun = "security group"
    ingress = Many(
        block=InlineRule,
        cfn=(
            Beside("AWS::EC2::SecurityGroupIngress", "$", by="$.GroupId"),
            Beside("AWS::EC2::SecurityGroupIngress", "$", by="$.GroupName"),
            "$.SecurityGroupIngress[*]",
        ),
        tf="$.ingress[*]",
    )
    egress = Many(
        block=InlineEgress,
        cfn=(Beside("AWS::EC2::SecurityGroupEgress", "$", by="$.GroupId"), "$.SecurityGroupEgress[*]"),
        tf="$.egress[*]",
    )
    rules = Many(block=SecurityGroupRule, tf=Beside("aws_security_group_rule", "$", by="$.security_group_id"))
    ingress_rules = Many(
        block=SecurityGroupIngress, tf=Beside("aws_vpc_security_group_ingress_rule", "$", by="$.security_group_id")
    )
    egress_rules = Many(
        block=SecurityGroupEgress, tf=Beside("aws_vpc_security_group_egress_rule", "$", by="$.security_group_id")
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class HasDefaultGroup(Kind):
    """A VPC, or the group of it that whatever names no other gets. `default_rules` is where its rules are, for the remedy."""

    noun = "VPC"

    default_rules: ClassVar[str]

    def default_group_is_closed(self) -> Verdict:
        """Whether that group lets nothing in and nothing out."""
        raise NotImplementedError

    def decides_default_group(self) -> Verdict:
        """Whether it is judged itself, and not with its VPC."""
        return known(True)


class DefaultSecurityGroup(Grouped, HasDefaultGroup):
    """The group of a VPC that whatever names no other gets. Terraform takes from it all rules but those that it is given."""

    types = ("aws_default_security_group",)
    slug = "default-security-group"
    noun = "default security group"
    default_rules = "take all rules out of {ingress.name} and {egress.name}"
    vpc = LinkTo(to="VPC", tf="$.vpc_id")
    ingress = Many(block=InlineRule, tf="$.ingress[*]")
    egress = Many(block=InlineEgress, tf="$.egress[*]")
    rules = Many(block=SecurityGroupRule, tf=Beside("aws_security_group_rule", "$", by="$.security_group_id"))
    ingress_rules = Many(
        block=SecurityGroupIngress, tf=Beside("aws_vpc_security_group_ingress_rule", "$", by="$.security_group_id")
    )
    egress_rules = Many(
        block=SecurityGroupEgress, tf=Beside("aws_vpc_security_group_egress_rule", "$", by="$.security_group_id")
    )
    tags = Tags(tf="$.tags")

    def decides_default_group(self) -> Verdict:
        return known(self.vpc.target is None)

    def default_group_is_closed(self) -> Verdict:
        return all_of(
            rules.is_empty() for rules in (self.ingress, self.egress, self.rules, self.ingress_rules, self.egress_rules)
        )
