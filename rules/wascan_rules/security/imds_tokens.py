from wascan.kinds.permissions import HasMetadata
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", "SEC02-BP02", severity="high")
def imds_tokens(machine: HasMetadata) -> Verdict:
    """{Kinds} serve metadata only to requests with a token.

    Without tokens whoever makes a program on the instance fetch a page for him, by a hole in a web application,
    fetches the keys of its role. Images of Amazon Linux 2023 demand tokens where nobody says otherwise, others mostly do not.

    Fix: set {tokens}.
    """
    return machine.demands_tokens()


@imds_tokens.applies
def has_metadata(machine: HasMetadata) -> Verdict:
    """Without a metadata service there are no keys to be had."""
    return machine.decides_metadata()
