from wascan.kinds.vpc import NATGateway
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL10-BP01", severity="low")
def nat_gateway_per_zone(gateway: NATGateway) -> Verdict:
    """Subnets reach the internet through a NAT gateway of their own Availability Zone.

    When the zone of a NAT gateway fails, every subnet that is routed to it is cut off, in whatever zone it lies. And
    traffic that crosses zones on its way out costs extra.

    Fix: give each zone a NAT gateway, and route the subnets of the zone to it.
    """
    return gateway.serves_only_its_zone()


@nat_gateway_per_zone.applies
def serves(gateway: NATGateway) -> Verdict:
    """A gateway to which nothing leads serves nobody."""
    return gateway.serves()
