from wascan.kinds.families import Redundant
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL11-BP02", "REL11-BP05", severity="low")
def redundancy(thing: Redundant, *, instances: int = 2) -> Verdict:
    """{Kinds} keep running when one instance fails.

    While the only instance is replaced there is none, and so it is at every deployment. With a second one already
    running, nobody has to wait.

    Fix: {redundancy}.
    """
    return thing.runs_at_least(instances)


@redundancy.applies
def own_affair(thing: Redundant) -> Verdict:
    """Where something else decides how many run, it is asked."""
    return thing.decides_instances()
