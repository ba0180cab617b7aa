from wascan.kinds.families import MultiAZ
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL10-BP01", severity="medium")
def multi_az(thing: MultiAZ) -> Verdict:
    """{Kinds} run in more than one Availability Zone.

    A zone can fail as a whole, with its power or its network. What runs in one zone only is down with it.

    Fix: {spread}.
    """
    return thing.in_several_zones()


@multi_az.applies
def own_placement(thing: MultiAZ) -> Verdict:
    """A member of a cluster is placed by its cluster."""
    return thing.decides_zones()
