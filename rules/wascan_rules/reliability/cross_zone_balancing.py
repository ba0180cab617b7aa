from wascan.kinds.families import Balances
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL11-BP02", "PERF04-BP04", severity="low")
def cross_zone_balancing(thing: Balances) -> Verdict:
    """{Kinds} spread requests over the targets of all zones alike.

    Otherwise each zone serves its own share with what it has. A zone whose targets are few or unhealthy is overloaded,
    while those of the next one are idle.

    Fix: set {cross_zone}.
    """
    return thing.cross_zone.is_true()


@cross_zone_balancing.applies
def own_affair(thing: Balances) -> Verdict:
    """An Application Load Balancer always does it."""
    return thing.decides_cross_zone()
