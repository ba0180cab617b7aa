from wascan.kinds.securitygroups import LetsOut
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def egress_ports(gate: LetsOut) -> Verdict:
    """{Kinds} let traffic out to single ports, not to ranges.

    A range of ports lets out more than the connection that it was opened for, and nobody can say later which of them are
    in use.

    Fix: in {outward}, give each port that is needed a rule of its own, in the place of a range.
    """
    return ~gate.lets_out(lambda traffic: traffic.opens_range())


@egress_ports.applies
def says_where(gate: LetsOut) -> Verdict:
    """One that names no egress is asked for that by `explicit_egress`; a rule on its own is judged with its group."""
    return gate.says_where() & gate.decides_traffic()
