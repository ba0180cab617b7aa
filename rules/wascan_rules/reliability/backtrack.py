from wascan.kinds.rds import DBCluster
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL09-BP01", severity="low")
def backtrack(cluster: DBCluster, *, hours: int = 1) -> Verdict:
    """Aurora MySQL clusters can be rewound.

    After a wrong statement or a bad release, backtracking takes the cluster back in minutes and in place. A restore
    makes a new cluster, takes hours for large ones, and needs its clients to be pointed at it.

    Fix: set {backtrack_seconds}; it can be switched on only when a cluster is made or restored.
    """
    return cluster.backtrack_seconds.at_least(hours * 3600)


@backtrack.applies
def rewindable(cluster: DBCluster) -> Verdict:
    """Only provisioned Aurora MySQL clusters outside of a global database can be."""
    return cluster.can_go_back()
