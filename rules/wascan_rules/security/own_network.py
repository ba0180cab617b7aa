from wascan.kinds.exposure import Placeable
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP01", severity="low")
def own_network(thing: Placeable) -> Verdict:
    """{Kinds} run in a network of your own.

    In your own network, subnets, security groups, endpoint policies and flow logs say and show who talks to whom. None
    of these covers what runs in AWS's network or in the default VPC.

    Fix: set {place.name}.
    """
    return thing.has_own_network()


@own_network.applies
def own_affair(thing: Placeable) -> Verdict:
    """A member is placed with its group."""
    return thing.decides_place()
