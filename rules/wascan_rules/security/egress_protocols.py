from wascan.kinds.securitygroups import LetsOut
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def egress_protocols(gate: LetsOut) -> Verdict:
    """{Kinds} name the protocols that they let out.

    A workload talks to a few services on a few ports. With every protocol allowed, whatever gets in can also talk to
    whom it likes.

    Fix: in {outward}, name the protocol and the ports that are needed, in the place of -1.
    """
    return ~gate.lets_out(lambda traffic: traffic.takes_every_protocol())


@egress_protocols.applies
def says_where(gate: LetsOut) -> Verdict:
    """One that names no egress is asked for that by `explicit_egress`; a rule on its own is judged with its group."""
    return gate.says_where() & gate.decides_traffic()
