from wascan.kinds.securitygroups import LetsIn
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="high")
def open_ingress(gate: LetsIn, *, public_ports: tuple[int, ...] = (80, 443)) -> Verdict:
    """{Kinds} open only public ports to the internet.

    Web servers are there for everybody; databases, caches, queues and consoles are not, and whatever listens on an open
    port is found and probed. A port that is open for all protocols opens everything that is ever started behind it.

    Fix: in {inward}, name the security group or the addresses that need to get in, in the place of 0.0.0.0/0 and ::/0.
    """
    return ~gate.lets_in(lambda traffic: traffic.is_open() & traffic.opens_more_than(public_ports))


@open_ingress.applies
def own_affair(gate: LetsIn) -> Verdict:
    """A rule on its own is judged with its group where that is at hand."""
    return gate.decides_traffic()
