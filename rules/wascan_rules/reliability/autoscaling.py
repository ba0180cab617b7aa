from wascan.kinds.families import Scales
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL07-BP01", "COST09-BP03", "SUS02-BP01", severity="low")
def autoscaling(thing: Scales) -> Verdict:
    """{Kinds} scale with demand.

    A fixed capacity is too small on the day that matters, and idle on all others.

    Fix: {scaling}.
    """
    return thing.follows_demand()


@autoscaling.applies
def has_capacity(thing: Scales) -> Verdict:
    """Where nothing is provisioned, there is nothing to scale."""
    return thing.has_fixed_capacity()
