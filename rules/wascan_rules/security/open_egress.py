from wascan.kinds.securitygroups import LetsOut
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def open_egress(gate: LetsOut, *, public_ports: tuple[int, ...] = (80, 443)) -> Verdict:
    """{Kinds} let traffic out to the internet on web ports only.

    Whoever breaks in wants to get data out, and to fetch tools. If only the ports that the workload needs are open to
    the world, much of that fails, and the attempt shows in the flow logs.

    Fix: in {outward}, name the ports, and where it can be done the addresses, prefix lists or groups, that the workload
    talks to.
    """
    return ~gate.lets_out(lambda traffic: traffic.is_open() & traffic.opens_more_than(public_ports))


@open_egress.applies
def says_where(gate: LetsOut) -> Verdict:
    """One that names no egress is asked for that by `explicit_egress`; a rule on its own is judged with its group."""
    return gate.says_where() & gate.decides_traffic()
