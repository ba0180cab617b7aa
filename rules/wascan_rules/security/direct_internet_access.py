from wascan.kinds.exposure import Surfs
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="medium")
def direct_internet_access(thing: Surfs) -> Verdict:
    """{Kinds} have no internet access that bypasses their network.

    Whoever works there handles data. Traffic that goes out past the network cannot be filtered or watched, and data
    leaves that way as easily as packages come in.

    Fix: {no_surfing}, and give it what it needs through VPC endpoints or a NAT gateway.
    """
    return ~thing.has_own_way_out()
