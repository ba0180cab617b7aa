from wascan.kinds.exposure import Joinable
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC03-BP07", severity="medium", severities={"ec2-vpc-endpoint-service": "low"})
def manual_acceptance(gateway: Joinable) -> Verdict:
    """{Kinds} accept no connection automatically.

    Where every request is accepted, each account that may ask gets connected to the network, even one that was allowed
    by mistake or that somebody has broken into.

    Fix: {acceptance}.
    """
    return gateway.asks_before_joining()
