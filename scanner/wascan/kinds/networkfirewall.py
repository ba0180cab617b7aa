"""AWS Network Firewall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag
from wascan.kinds.families import MultiAZ, Protected, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.kinds.zones import Subnets, Zones
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class _Keyed(TakesKey):
    """What AWS encrypts with a key that it owns, unless given another; CloudFormation cannot give any."""

    key = Key(tf="$.encryption_configuration[*].key_id")

    def decides_encryption(self) -> Verdict:
        return known(self._resource.dialect == "tf")


class NetworkFirewall(_Keyed, MultiAZ, Protected, Logs, Taggable):
    """A firewall, which has an endpoint in each of its subnets, one in a zone (AWS Network Firewall Developer Guide,
    "VPC subnets for firewall endpoints"), or behind a transit gateway in each of its zones.
    """

    types = ("AWS::NetworkFirewall::Firewall", "aws_networkfirewall_firewall")
    slug = "network-firewall"
    noun = "network firewall"
    spread = "put subnets of two Availability Zones into {subnets}"
    subnets = Subnets(cfn="$.SubnetMappings[*].SubnetId", tf="$.subnet_mapping[*].subnet_id")
    zones = Zones(cfn="$.AvailabilityZoneMappings[*].AvailabilityZone")
    deletion_protection = Flag(cfn="$.DeleteProtection", tf="$.delete_protection")
    logging = "send its alerts and flows to a log group, a bucket or Firehose"
    logs = Flag(
        by_presence=True,
        cfn=Beside("AWS::NetworkFirewall::LoggingConfiguration", "$.FirewallArn", by="$.FirewallArn"),
        tf=Beside("aws_networkfirewall_logging_configuration", "$.firewall_arn", by="$.firewall_arn"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_subnets() | (self.subnets.is_empty() & self.zones.in_two_zones())

    def is_logged(self) -> Verdict:
        return self.logs.is_true()


class FirewallPolicy(_Keyed, Taggable):
    """What a firewall does."""

    types = ("AWS::NetworkFirewall::FirewallPolicy", "aws_networkfirewall_firewall_policy")
    slug = "network-firewall-policy"
    noun = "network firewall policy"
    tags = Tags(cfn="$.Tags", tf="$.tags")


class FirewallRuleGroup(_Keyed, Taggable):
    """Rules for firewall policies."""

    types = ("AWS::NetworkFirewall::RuleGroup", "aws_networkfirewall_rule_group")
    slug = "network-firewall-rule-group"
    noun = "network firewall rule group"
    tags = Tags(cfn="$.Tags", tf="$.tags")
