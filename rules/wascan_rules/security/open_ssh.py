from wascan.kinds.securitygroups import LetsIn
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC06-BP03", severity="high")
def open_ssh(gate: LetsIn) -> Verdict:
    """{Kinds} let nobody from the internet log in with SSH.

    Within minutes of going up, a port 22 that is open to the world is found, and passwords and old keys are tried on
    it. AWS Systems Manager Session Manager gives a shell without any open port.

    Fix: take 0.0.0.0/0 and ::/0 away from port 22 in {inward}, and use Session Manager, or name the addresses from
    which people log in.
    """
    return ~gate.lets_in(lambda traffic: traffic.is_open() & traffic.opens(22))


@open_ssh.applies
def own_affair(gate: LetsIn) -> Verdict:
    """A rule on its own is judged with its group where that is at hand."""
    return gate.decides_traffic()
