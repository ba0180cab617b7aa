from wascan.kinds.exposure import Joinable
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC03-BP07", severity="medium")
def manual_acceptance(gateway: Joinable) -> Verdict:
    """{Kinds} accept no connection by themselves.

    Where every request is accepted, each account that may ask is connected with the network: also one that it was shared
    with by mistake, and one that somebody has broken into.

    Fix: {acceptance}.
    """
    return gateway.asks_before_joining()
