from wascan.kinds.exposure import Isolates
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def network_isolation(thing: Isolates) -> Verdict:
    """Containers of {kinds} have no network access.

    A container that somebody else has built sees the data that it works on. Without a network it cannot send the data
    anywhere, and SageMaker still brings it what it needs from S3.

    Fix: set {isolated}.
    """
    return thing.isolated.is_true()
