from wascan.kinds.families import ChoosesHealthy
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL11-BP02", "REL11-BP01", severity="medium")
def failover_health_check(thing: ChoosesHealthy) -> Verdict:
    """{Kinds} that have a stand-in have a health check.

    Route 53 goes to the second answer when the first is unhealthy. Without a health check the first always counts as
    healthy, and the second is never used.

    Fix: set {health_check.name} to a health check, or let an alias evaluate the health of its target.
    """
    return thing.knows_health()


@failover_health_check.applies
def chooses(thing: ChoosesHealthy) -> Verdict:
    """A record without others of its name is the answer in any case."""
    return thing.chooses()
