"""Elastic Load Balancing: load balancers, what they listen for, and where they send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag, LinkTo, Many, One
from wascan.kind import Block
from wascan.kinds.exposure import InGroups
from wascan.kinds.families import Balances, MultiAZ, Protected, Taggable
from wascan.kinds.frontdoor import Filtered, SortsRequests
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import LogsAccess
from wascan.kinds.transit import EncryptsInTransit, SpeaksTLS
from wascan.kinds.zones import Subnets, Zones
from wascan.markers import ABSENT
from wascan.verdict import FAIL, known

if TYPE_CHECKING:
    from wascan.verdict import Verdict


_OLD_PROTOCOLS = ("Protocol-SSLv2", "Protocol-SSLv3", "Protocol-TLSv1", "Protocol-TLSv1.1")


def _negotiated(name: str) -> str:
    return f"$.Policies[?@.PolicyType=='SSLNegotiationPolicyType'].Attributes[?@.Name=='{name}'].Value"


def _negotiated_beside(name: str) -> Beside:
    return Beside("aws_load_balancer_policy", f"$.policy_attribute[?@.name=='{name}'].value", by="$.load_balancer_name")


class LoadBalancer(MultiAZ, Balances, Protected, LogsAccess, Filtered, SortsRequests, InGroups, Taggable):
    """An Application, Network or Gateway Load Balancer. It takes one subnet of a zone (Elastic Load Balancing User Guide,
    "How Elastic Load Balancing works"), and between the zones an Application Load Balancer always balances.
    """

    types = ("AWS::ElasticLoadBalancingV2::LoadBalancer", "aws_lb", "aws_alb")
    slug = "load-balancer"
    noun = "load balancer"
    spread = "put subnets of two Availability Zones into {subnets}"
    own_name = One(cfn="$.Name", tf="$.name")
    form = One(cfn="$.Type", tf="$.load_balancer_type", default="application")
    subnets = Subnets(
        cfn=("$.SubnetMappings[*].SubnetId", "$.Subnets[*]"), tf=("$.subnet_mapping[*].subnet_id", "$.subnets[*]")
    )
    deletion_protection = Flag(
        cfn="$.LoadBalancerAttributes[?@.Key=='deletion_protection.enabled'].Value", tf="$.enable_deletion_protection"
    )
    cross_zone = Flag(
        cfn="$.LoadBalancerAttributes[?@.Key=='load_balancing.cross_zone.enabled'].Value",
        tf="$.enable_cross_zone_load_balancing",
    )
    access_logs = Flag(
        cfn="$.LoadBalancerAttributes[?@.Key=='access_logs.s3.enabled'].Value", tf="$.access_logs[*].enabled"
    )
    filtering = "associate a web ACL of AWS WAF with the load balancer"
    scheme = Flag(on=("internet-facing",), cfn="$.Scheme", default=True)
    internal = Flag(tf="$.internal")
    web_acl = Flag(
        by_presence=True,
        cfn=(
            Beside("AWS::WAFRegional::WebACLAssociation", "$.WebACLId", by="$.ResourceArn"),
            Beside("AWS::WAFv2::WebACLAssociation", "$.WebACLArn", by="$.ResourceArn"),
        ),
        tf=(
            Beside("aws_wafregional_web_acl_association", "$.web_acl_id", by="$.resource_arn"),
            Beside("aws_wafv2_web_acl_association", "$.web_acl_arn", by="$.resource_arn"),
        ),
    )
    drops_invalid_headers = Flag(
        cfn="$.LoadBalancerAttributes[?@.Key=='routing.http.drop_invalid_header_fields.enabled'].Value",
        tf="$.drop_invalid_header_fields",
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    groups = Many(cfn="$.SecurityGroups[*]", tf="$.security_groups[*]")
    desync_mode = One(
        cfn="$.LoadBalancerAttributes[?@.Key=='routing.http.desync_mitigation_mode'].Value",
        tf="$.desync_mitigation_mode",
        default="defensive",
    )

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_subnets()

    def decides_cross_zone(self) -> Verdict:
        return self.form.one_of("network", "gateway")

    def decides_access_logs(self) -> Verdict:
        """A Gateway Load Balancer has none."""
        return ~self.form.equals("gateway")

    def has_web_acl(self) -> Verdict:
        return self.web_acl.is_true()

    def faces_internet(self) -> Verdict:
        """Only an Application Load Balancer understands requests."""
        return self.reads_http() & self.scheme.is_true() & ~self.internal.is_true()

    def reads_http(self) -> Verdict:
        return self.form.equals("application")

    def reads_requests(self) -> Verdict:
        return self.reads_http()

    def decides_groups(self) -> Verdict:
        """Others need none."""
        return self.reads_http()


class ClassicLoadBalancer(MultiAZ, Balances, EncryptsInTransit, LogsAccess, SpeaksTLS, SortsRequests, Taggable):
    """A Classic Load Balancer, in a VPC with one subnet of each of its zones. Its TLS policy is one of AWS's, or lists the
    protocols itself (Elastic Load Balancing, "SSL negotiation configurations for Classic Load Balancers").
    """

    types = ("AWS::ElasticLoadBalancing::LoadBalancer", "aws_elb")
    slug = "classic-load-balancer"
    noun = "Classic Load Balancer"
    spread = "put subnets of two Availability Zones into {subnets}"
    own_name = One(cfn="$.LoadBalancerName", tf="$.name")
    subnets = Subnets(cfn="$.Subnets[*]", tf="$.subnets[*]")
    zones = Zones(cfn="$.AvailabilityZones[*]", tf="$.availability_zones[*]")
    cross_zone = Flag(cfn="$.CrossZone", tf="$.cross_zone_load_balancing", default={"cfn": False, "tf": True})
    transit = "set {listeners.name} to HTTPS or SSL"
    listeners = Many(cfn="$.Listeners[*].Protocol", tf="$.listener[*].lb_protocol")
    access_logs = Flag(cfn="$.AccessLoggingPolicy.Enabled", tf="$.access_logs[*].enabled")
    tls_policy = One(
        cfn=_negotiated("Reference-Security-Policy"),
        tf=_negotiated_beside("Reference-Security-Policy"),
        default="ELBSecurityPolicy-2016-08",
    )
    draining = Flag(cfn="$.ConnectionDrainingPolicy.Enabled", tf="$.connection_draining")
    old_protocols = Many(
        cfn=tuple(_negotiated(protocol) for protocol in _OLD_PROTOCOLS),
        tf=tuple(_negotiated_beside(protocol) for protocol in _OLD_PROTOCOLS),
    )
    new_protocol = Flag(cfn=_negotiated("Protocol-TLSv1.2"), tf=_negotiated_beside("Protocol-TLSv1.2"))
    desync_mode = One(tf="$.desync_mitigation_mode", default="defensive")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_subnets() | (self.subnets.is_empty() & self.zones.in_two_zones())

    def encrypts_in_transit(self) -> Verdict:
        """A listener that hands TCP on leaves encryption to both ends."""
        return self.listeners.none(
            lambda protocol: protocol.satisfies(lambda name: name.upper() == "HTTP", "plain HTTP")
        )

    def speaks_modern_tls(self) -> Verdict:
        old = self.old_protocols.any(lambda protocol: protocol.equals(True))
        return ~old & (super().speaks_modern_tls() | self.new_protocol.is_true())

    def reads_requests(self) -> Verdict:
        """CloudFormation cannot set what it does with them."""
        reads = self.listeners.any(
            lambda protocol: protocol.satisfies(lambda name: name.upper() in ("HTTP", "HTTPS"), "HTTP or HTTPS")
        )
        return known(self._resource.dialect == "tf") & reads

    def decides_tls(self) -> Verdict:
        """Whether it ends TLS itself, so that its policy counts."""
        return self.listeners.any(
            lambda protocol: protocol.satisfies(lambda name: name.upper() in ("HTTPS", "SSL"), "HTTPS or SSL")
        )


class TargetGroup(Taggable):
    """Where a load balancer sends requests."""

    types = ("AWS::ElasticLoadBalancingV2::TargetGroup", "aws_lb_target_group", "aws_alb_target_group")
    slug = "target-group"
    noun = "target group"
    protocol = One(cfn="$.Protocol", tf="$.protocol")
    target_type = One(cfn="$.TargetType", tf="$.target_type", default="instance")
    health_check = Flag(cfn="$.HealthCheckEnabled", tf="$.health_check[*].enabled", default=True)
    health_path = One(cfn="$.HealthCheckPath", tf="$.health_check[*].path")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def answers_http(self) -> Verdict:
        """Whether its targets can be asked for a page. Functions are not checked unless somebody wants it (Application
        Load Balancers, "Lambda functions as targets").
        """
        return self.protocol.one_of("HTTP", "HTTPS") & ~self.target_type.equals("lambda")

    def is_checked(self) -> Verdict:
        """Whether somebody said where to ask them for their health."""
        return self.health_path.is_present() & self.health_check.is_true()


class Action(Block):
    """What is done with a request that no rule takes."""

    form = One(cfn="$.Type", tf="$.type")
    protocol = One(cfn="$.RedirectConfig.Protocol", tf="$.redirect[*].protocol", default="#{protocol}")

    def sends_to_https(self) -> Verdict:
        redirects = self.form.equals("redirect")
        return redirects if redirects.truth is FAIL else redirects & self.protocol.equals("HTTPS")


class Listener(EncryptsInTransit, SpeaksTLS, Taggable):
    """A listener of an Application, Network or Gateway Load Balancer.

    One that hands TCP or UDP on sees nothing of it, and leaves encryption to both ends. Without a policy it takes an old one
    (Elastic Load Balancing API Reference, "CreateListener").
    """

    types = ("AWS::ElasticLoadBalancingV2::Listener", "aws_lb_listener", "aws_alb_listener")
    slug = "load-balancer-listener"
    noun = "load balancer listener"
    transit = "set {protocol.name} to HTTPS or TLS, or redirect every request to HTTPS in {actions.name}"
    balancer = LinkTo(to="LoadBalancer", cfn="$.LoadBalancerArn", tf="$.load_balancer_arn")
    protocol = One(cfn="$.Protocol", tf="$.protocol", default={"cfn": ABSENT, "tf": "HTTP"})
    actions = Many(block=Action, cfn="$.DefaultActions[*]", tf="$.default_action[*]")
    tls_policy = One(cfn="$.SslPolicy", tf="$.ssl_policy", default="ELBSecurityPolicy-2016-08")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def encrypts_in_transit(self) -> Verdict:
        redirects = ~self.actions.is_empty() & self.actions.every(lambda action: action.sends_to_https())
        return self.protocol.one_of("HTTPS", "TLS") | redirects

    def decides_transit(self) -> Verdict:
        speaks_http = self.protocol.one_of("HTTP", "HTTPS", "TLS")
        if self.protocol.defaulted:  # that of a Gateway Load Balancer has none
            speaks_http &= ~self.balancer.ask(lambda balancer: balancer.form.equals("gateway"))
        return speaks_http

    def decides_tls(self) -> Verdict:
        return self.protocol.one_of("HTTPS", "TLS")
