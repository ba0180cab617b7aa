from wascan.kinds.permissions import HasMetadata
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", severity="low")
def imds_hops(machine: HasMetadata, *, hops: int = 1) -> Verdict:
    """{Kinds} serve metadata one network hop away at most.

    With a second hop, containers on the instance, and what they forward requests for, get the credentials of its role.

    Fix: set {hops.name} to 1, and give containers roles of their own.
    """
    return machine.hops.at_most(hops)


@imds_hops.applies
def has_metadata(machine: HasMetadata) -> Verdict:
    """Without a metadata service there are no keys to be had."""
    return machine.decides_metadata()
