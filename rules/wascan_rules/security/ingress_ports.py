from wascan.kinds.securitygroups import LetsIn
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def ingress_ports(gate: LetsIn) -> Verdict:
    """{Kinds} let traffic in on single ports, not on ranges.

    A range of ports lets in more than the service that it was opened for, and nobody can say later which of them are in
    use.

    Fix: in {inward}, give each port that is needed a rule of its own, in the place of a range.
    """
    return ~gate.lets_in(lambda traffic: traffic.opens_range())


@ingress_ports.applies
def own_affair(gate: LetsIn) -> Verdict:
    """A rule on its own is judged with its group where that is at hand."""
    return gate.decides_traffic()
