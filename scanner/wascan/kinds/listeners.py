"""Elastic Load Balancing: what load balancers listen for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import LinkTo, Many, One
from wascan.kind import Block
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.transit import EncryptsInTransit, SpeaksTLS
from wascan.markers import ABSENT

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Action(Block):
    """What is done with a request that no rule takes."""

    form = One(cfn="$.Type", tf="$.type")
    protocol = One(cfn="$.RedirectConfig.Protocol", tf="$.redirect[*].protocol", default="#{protocol}")

    def sends_to_https(self) -> Verdict:
        return self.form.equals("redirect") & self.protocol.equals("HTTPS")


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
