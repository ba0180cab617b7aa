from wascan.kinds.permissions import HasMetadata
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", "SEC02-BP02", severity="high")
def imds_tokens(machine: HasMetadata) -> Verdict:
    """{Kinds} give keys of their role only for a token.

    Without tokens whoever makes a program on the instance fetch a page for him, by a hole in a web application,
    fetches the keys of its role.

    Fix: set {tokens}.
    """
    return machine.tokens.is_true()


@imds_tokens.applies
def has_metadata(machine: HasMetadata) -> Verdict:
    """Without a metadata service there are no keys to be had."""
    return machine.decides_metadata()
