from wascan.kinds.elasticache import ReplicationGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL11-BP02", severity="medium")
def automatic_failover(group: ReplicationGroup) -> Verdict:
    """{Kinds} fail over automatically.

    When the primary is lost, somebody has to promote a replica. Done by hand, that takes as long as it takes to wake
    somebody up, and nothing is written until then.

    Fix: set {automatic_failover}, with at least one replica.
    """
    return group.automatic_failover.is_true()
