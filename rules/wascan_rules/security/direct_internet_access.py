from wascan.kinds.exposure import Surfs
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="medium")
def direct_internet_access(thing: Surfs) -> Verdict:
    """{Kinds} have no way to the internet past the network.

    Whoever works there handles data. A way out of its own cannot be filtered or watched, and carries data off as easily as
    it fetches packages.

    Fix: {no_surfing}, and give it what it needs through VPC endpoints or a NAT gateway.
    """
    return ~thing.has_own_way_out()
