from wascan.kinds.exposure import Joinable
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC03-BP07", severity="medium")
def manual_acceptance(gateway: Joinable) -> Verdict:
    """{Kinds} are connected with nobody whom nobody has accepted.

    Where requests are accepted by themselves, every account that may ask is connected with the network, also one that was
    shared with by mistake, or that somebody has broken into.

    Fix: {acceptance}.
    """
    return gateway.asks_before_joining()
