from wascan.kinds.exposure import TakesAddress
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP01", severity="medium")
def public_address(thing: TakesAddress) -> Verdict:
    """{Kinds} do not ask for a public address.

    What has a public address can be reached past load balancers and firewalls. Behind a load balancer, with a NAT
    gateway or VPC endpoints for outbound traffic, nothing needs one.

    Fix: switch {public_address.name} off.
    """
    return ~thing.asks_for_address()
