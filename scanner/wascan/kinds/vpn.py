"""AWS Site-to-Site VPN: gateways, and what connects them with other networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Beside, Flag, Many
from wascan.kinds.exposure import Joinable
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class VPNEnd(Taggable):
    """The end of VPN connections in AWS. `devices` are the customer gateways at the other ends: a connection has two
    tunnels, which lead to two zones here and to one device there (AWS Site-to-Site VPN User Guide, "Redundant AWS
    Site-to-Site VPN connections for failover").
    """

    devices: Many


class VPNGateway(VPNEnd):
    """A gateway of one VPC."""

    types = ("AWS::EC2::VPNGateway", "aws_vpn_gateway")
    slug = "vpn-gateway"
    noun = "VPN gateway"
    devices = Many(
        cfn=Beside("AWS::EC2::VPNConnection", "$.CustomerGatewayId", by="$.VpnGatewayId"),
        tf=Beside("aws_vpn_connection", "$.customer_gateway_id", by="$.vpn_gateway_id"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class TransitGateway(VPNEnd, Joinable):
    """A gateway between many VPCs, also of accounts that it is shared with."""

    types = ("AWS::EC2::TransitGateway", "aws_ec2_transit_gateway")
    slug = "transit-gateway"
    noun = "transit gateway"
    acceptance = "set {accepts_all.name} to disable"
    accepts_all = Flag(
        on=("enable",), cfn="$.AutoAcceptSharedAttachments", tf="$.auto_accept_shared_attachments", default=False
    )
    devices = Many(
        cfn=Beside("AWS::EC2::VPNConnection", "$.CustomerGatewayId", by="$.TransitGatewayId"),
        tf=Beside("aws_vpn_connection", "$.customer_gateway_id", by="$.transit_gateway_id"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def asks_before_joining(self) -> Verdict:
        return self.accepts_all.is_false()
