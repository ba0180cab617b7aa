from wascan.kinds.securitygroups import LetsIn
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def ingress_protocols(gate: LetsIn) -> Verdict:
    """{Kinds} name the protocols that they let in.

    With every protocol allowed, whoever is let in gets to every port of every service, also to those that are added
    later and that nobody meant to share.

    Fix: in {inward}, name the protocol and the ports that are needed, in the place of -1.
    """
    return ~gate.lets_in(lambda traffic: traffic.takes_every_protocol())


@ingress_protocols.applies
def own_affair(gate: LetsIn) -> Verdict:
    """A rule on its own is judged with its group where that is at hand."""
    return gate.decides_traffic()
