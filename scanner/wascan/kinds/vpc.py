"""Amazon Virtual Private Cloud: networks, their subnets, and what leads out of them."""

from __future__ import annotations

from typing import ClassVar

from wascan.attribute import Beside, Flag, LinkTo, Many, One, depends
from wascan.kind import Block, Kind, view
from wascan.kinds.addresses import is_anywhere
from wascan.kinds.exposure import InGroups, Joinable, TakesAddress
from wascan.kinds.families import MultiAZ, Taggable
from wascan.kinds.securitygroups import DefaultSecurityGroup, HasDefaultGroup
from wascan.kinds.tags import Tags
from wascan.kinds.zones import Subnets
from wascan.markers import Unknown
from wascan.value import Fact
from wascan.verdict import Verdict


class VPC(HasDefaultGroup, Taggable):
    """A virtual network. CloudFormation cannot say what its default security group lets through; the CDK has a custom
    resource that closes it (AWS CDK, feature flag "restrictDefaultSecurityGroup").
    """

    types = ("AWS::EC2::VPC", "aws_vpc", "aws_default_vpc")
    slug = "vpc"
    noun = "VPC"
    default_rules = "close its default group"
    default_groups = Many(
        block=DefaultSecurityGroup,
        cfn=Beside("Custom::VpcRestrictDefaultSG", "$", by="$.DefaultSecurityGroupId"),
        tf=Beside("aws_default_security_group", "$", by="$.vpc_id"),
    )
    flow_logs = Flag(
        by_presence=True,
        cfn=Beside("AWS::EC2::FlowLog", "$.ResourceId", by="$.ResourceId"),
        tf=Beside("aws_flow_log", "$.vpc_id", by="$.vpc_id"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def default_group_is_closed(self) -> Verdict:
        return self.default_groups.any(
            lambda group: group.default_group_is_closed(), "a default security group without rules"
        )


class Subnet(TakesAddress, Taggable):
    """A range of addresses of a VPC, in one Availability Zone."""

    types = ("AWS::EC2::Subnet", "aws_subnet", "aws_default_subnet")
    slug = "subnet"
    noun = "subnet"
    zone = One(
        cfn=("$.AvailabilityZoneId", "$.AvailabilityZone"),
        tf=("$.availability_zone_id", "$.availability_zone"),
        default=depends,
    )
    public_address = Flag(cfn="$.MapPublicIpOnLaunch", tf="$.map_public_ip_on_launch")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class LeadsToPeers(Kind):
    """What may send traffic to the VPC of another through a peering connection. `ways` is where, for the remedy."""

    noun = "route"
    ways: ClassVar[str]

    def sends_everything_to_peer(self) -> Verdict:
        """Whether all addresses are sent there that have no route of their own."""
        raise NotImplementedError

    def leads_to_peer(self) -> Verdict:
        """Whether anything is sent there."""
        raise NotImplementedError


class InlineRoute(Block):
    """A route that stands in its table, as Terraform has it."""

    destinations = Many(tf=("$.ipv6_cidr_block", "$.cidr_block"))
    peer = One(tf="$.vpc_peering_connection_id")
    others = Many(
        tf=(
            "$.carrier_gateway_id",
            "$.core_network_arn",
            "$.egress_only_gateway_id",
            "$.gateway_id",
            "$.local_gateway_id",
            "$.nat_gateway_id",
            "$.network_interface_id",
            "$.transit_gateway_id",
            "$.vpc_endpoint_id",
        )
    )

    def leads_to_peer(self) -> Verdict:
        """What a route leads to is often known only after it is made, but one target it has, and no more (Terraform's AWS
        provider, "aws_route_table", section "route Argument Reference").
        """
        if not isinstance(self.peer.data, Unknown):
            return self.peer.is_present()
        alone = self.others.every(lambda other: other.is_absent())
        return Verdict(alone.truth, (Fact(self.peer, "is_present"),))

    def sends_everything_to_peer(self) -> Verdict:
        return self.leads_to_peer() & self.destinations.any(is_anywhere)


class RouteTable(LeadsToPeers, Taggable):
    """Where the traffic of some subnets goes."""

    types = ("AWS::EC2::RouteTable", "aws_route_table", "aws_default_route_table")
    slug = "route-table"
    noun = "route table"
    subnets = Subnets(
        cfn=Beside("AWS::EC2::SubnetRouteTableAssociation", "$.SubnetId", by="$.RouteTableId"),
        tf=Beside("aws_route_table_association", "$.subnet_id", by="$.route_table_id"),
    )
    ways = "{routes.name}"
    routes = Many(block=InlineRoute, tf="$.route[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def sends_everything_to_peer(self) -> Verdict:
        return self.routes.any(lambda route: route.sends_everything_to_peer())

    def leads_to_peer(self) -> Verdict:
        return self.routes.any(lambda route: route.leads_to_peer())


class Route(Block):
    """A route, by the route table that it stands in."""

    table = LinkTo(to="RouteTable", cfn="$.RouteTableId", tf="$.route_table_id")


class LoneRoute(LeadsToPeers):
    """A route on its own."""

    types = ("AWS::EC2::Route", "aws_route")
    slug = "route"
    noun = "route"
    ways = "{destinations.name}"
    destinations = Many(
        cfn=("$.DestinationIpv6CidrBlock", "$.DestinationCidrBlock"),
        tf=("$.destination_ipv6_cidr_block", "$.destination_cidr_block"),
    )
    peer = One(cfn="$.VpcPeeringConnectionId", tf="$.vpc_peering_connection_id")

    def sends_everything_to_peer(self) -> Verdict:
        return self.destinations.any(is_anywhere)

    def leads_to_peer(self) -> Verdict:
        return self.peer.is_present()


class Routes(Block):
    """A route table with routes of its own."""

    subnets = RouteTable.subnets


class NATGateway(Taggable):
    """A gateway through which subnets without public addresses reach the internet, in the zone of its own subnet.

    A regional one is in all zones (Amazon VPC User Guide, "Regional NAT gateways").
    """

    types = ("AWS::EC2::NatGateway", "aws_nat_gateway")
    slug = "nat-gateway"
    noun = "NAT gateway"
    mode = One(cfn="$.AvailabilityMode", default="zonal")
    subnet = Subnets(cfn="$.SubnetId", tf="$.subnet_id")
    routes = Many(
        block=Route,
        cfn=Beside("AWS::EC2::Route", "$", by="$.NatGatewayId"),
        tf=Beside("aws_route", "$", by="$.nat_gateway_id"),
    )
    tables = Many(block=Routes, tf=Beside("aws_route_table", "$", by="$.route[*].nat_gateway_id"))
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def serves_only_its_zone(self) -> Verdict:
        """Whether the subnets that are routed to it lie in its own zone."""
        tables = [view(route.table.target, self._world) for route in self.routes.items if route.table.target]
        served = [table.subnets for table in (*tables, *self.tables.items) if isinstance(table, (RouteTable, Routes))]
        open = self.routes.open or self.tables.open or len(served) < len(self.routes.items) + len(self.tables.items)
        return ~self.subnet.together(served, open=open).in_two_zones() | self.mode.equals("regional")

    def serves(self) -> Verdict:
        """Whether anything is routed to it."""
        return ~self.routes.is_empty() | ~self.tables.is_empty()


class VPCEndpoint(MultiAZ, InGroups, Taggable):
    """A private way to a service. One with network interfaces has them in the zones of its subnets, one subnet a zone
    (AWS PrivateLink, "Access an AWS service using an interface VPC endpoint"); a gateway belongs to no zone.
    """

    types = ("AWS::EC2::VPCEndpoint", "aws_vpc_endpoint")
    slug = "vpc-endpoint"
    noun = "VPC endpoint"
    spread = "put subnets of two Availability Zones into {subnets}"
    form = One(cfn="$.VpcEndpointType", tf="$.vpc_endpoint_type", default="Gateway")
    groups = Many(
        cfn="$.SecurityGroupIds[*]",
        tf=(
            "$.security_group_ids[*]",
            Beside("aws_vpc_endpoint_security_group_association", "$.security_group_id", by="$.vpc_endpoint_id"),
        ),
    )
    subnets = Subnets(
        cfn="$.SubnetIds[*]",
        tf=(
            "$.subnet_ids[*]",
            Beside("aws_vpc_endpoint_subnet_association", "$.subnet_id", by="$.vpc_endpoint_id"),
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_zones(self) -> Verdict:
        """An endpoint of a Gateway Load Balancer has one subnet; each zone gets an endpoint of its own."""
        return self.form.equals("Interface")

    def decides_groups(self) -> Verdict:
        """Others have none."""
        return self.form.equals("Interface")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_subnets()


class VPCEndpointService(Joinable, Taggable):
    """A service of one's own that others reach through endpoints in their VPCs. Somebody accepts each of these, unless it is
    told otherwise (Amazon EC2 API Reference, "CreateVpcEndpointServiceConfiguration"). Nobody may ask but those that are
    allowed to (same, "ModifyVpcEndpointServicePermissions").
    """

    types = ("AWS::EC2::VPCEndpointService", "aws_vpc_endpoint_service")
    slug = "ec2-vpc-endpoint-service"
    noun = "VPC endpoint service"
    acceptance = "set {accepts.name} to true"
    accepts = Flag(cfn="$.AcceptanceRequired", tf="$.acceptance_required", default=True)
    allowed = Many(
        cfn=Beside("AWS::EC2::VPCEndpointServicePermissions", "$.AllowedPrincipals[*]", by="$.ServiceId"),
        tf=(
            "$.allowed_principals[*]",
            Beside("aws_vpc_endpoint_service_allowed_principal", "$.principal_arn", by="$.vpc_endpoint_service_id"),
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def asks_before_joining(self) -> Verdict:
        """Where all is seen, one that nobody may ask needs nobody who accepts."""
        asked = self.accepts.is_true()
        return asked | self.allowed.is_empty() if self._resource.scope.whole else asked


class TransitGatewayAttachment(MultiAZ, Taggable):
    """What connects a VPC with a transit gateway, through one subnet in each zone that it serves (Amazon VPC, "VPC
    attachments in Amazon VPC Transit Gateways").
    """

    types = (
        "AWS::EC2::TransitGatewayVpcAttachment",
        "AWS::EC2::TransitGatewayAttachment",
        "aws_ec2_transit_gateway_vpc_attachment",
    )
    slug = "transit-gateway-attachment"
    noun = "transit gateway attachment"
    spread = "put subnets of two Availability Zones into {subnets}"
    subnets = Subnets(cfn="$.SubnetIds[*]", tf="$.subnet_ids[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        """Traffic from a zone without such a subnet does not get to the gateway."""
        return self.subnets.in_two_subnets()
