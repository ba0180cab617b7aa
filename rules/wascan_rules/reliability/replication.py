from wascan.kinds.families import Replicates
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL13-BP02", "REL10-BP01", severity="medium")
def replication(store: Replicates, *, copies: int) -> Verdict:
    """{Kinds} replicate what they keep.

    A backup in the same Region is lost for as long as the Region is. Whether that matters is a question of recovery
    objectives, so this rule judges only where somebody says how many copies there should be.

    Fix: set {replicas.name} to a store in another Region.
    """
    return store.replicas.count_at_least(copies)
