"""AWS Site-to-Site VPN: gateways, and what connects them with other networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag, Many
from wascan.kinds.exposure import Joinable
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class VPNEnd(Taggable):
    """The end of VPN connections in AWS. `devices` are the customer gateways at the other ends: a connection has two
    tunnels, which lead to two zones here and to one device there (AWS Site-to-Site VPN User Guide, "Redundant AWS
    Site-to-Site VPN connections for failover").
    """

    noun = "VPN gateway"
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
    """A gateway between many VPCs, also of accounts that it is shared with; these wait to be accepted unless somebody says
    otherwise (Amazon EC2 API Reference, "TransitGatewayRequestOptions").
    """

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


class VPNConnection(Logs, Taggable):
    """Two tunnels to another network, each of which may have a log (AWS Site-to-Site VPN User Guide, "AWS Site-to-Site VPN
    logs").
    """

    types = ("AWS::EC2::VPNConnection", "aws_vpn_connection")
    slug = "vpn-connection"
    noun = "VPN connection"
    logging = "switch on CloudWatch logs in the log options of both tunnels"
    logs = Many(
        cfn="$.VpnTunnelOptionsSpecifications[*].LogOptions.CloudwatchLogOptions.LogEnabled",
        tf=(
            "$.tunnel1_log_options[*].cloudwatch_log_options[*].log_enabled",
            "$.tunnel2_log_options[*].cloudwatch_log_options[*].log_enabled",
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_logged(self) -> Verdict:
        """Whether both tunnels write what became of them."""
        return self.logs.count_at_least(2) & self.logs.every(lambda log: log.is_true())


class ClientVPN(Logs, Taggable):
    """Where people connect to a network from their own machines."""

    types = ("AWS::EC2::ClientVpnEndpoint", "aws_ec2_client_vpn_endpoint")
    slug = "client-vpn-endpoint"
    noun = "Client VPN endpoint"
    logs = Flag(cfn="$.ConnectionLogOptions.Enabled", tf="$.connection_log_options[*].enabled")
    tags = Tags(tf="$.tags")

    def takes_tags(self) -> Verdict:
        """CloudFormation gives them in another way."""
        return known(self._resource.dialect == "tf")

    def is_logged(self) -> Verdict:
        """Whether it writes down who connects, and from where."""
        return self.logs.is_true()
