from wascan.kinds.permissions import HasMetadata
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", "SEC02-BP02", severity="high")
def imds_tokens(machine: HasMetadata) -> Verdict:
    """{Kinds} serve metadata only to requests with a token.

    Without tokens, a flaw in a web application that makes the instance fetch a page also gives away the credentials of
    its role. Images of Amazon Linux 2023 demand tokens where nobody says otherwise, others mostly do not.

    Fix: set {tokens}.
    """
    return machine.demands_tokens()


@imds_tokens.applies
def has_metadata(machine: HasMetadata) -> Verdict:
    """Without a metadata service there are no keys to be had."""
    return machine.decides_metadata()
