from wascan.kinds.securitygroups import LetsIn
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC06-BP03", severity="high")
def open_ssh(gate: LetsIn) -> Verdict:
    """{Kinds} close SSH to the internet.

    A port 22 that is open to the world is found within minutes, and passwords and old keys are tried on it. AWS
    Systems Manager Session Manager gives a shell without any open port.

    Fix: close port 22 to 0.0.0.0/0 and ::/0 in {inward}, and use Session Manager, or name the addresses from which
    people log in.
    """
    return ~gate.lets_in(lambda traffic: traffic.is_open() & traffic.opens(22))


@open_ssh.applies
def own_affair(gate: LetsIn) -> Verdict:
    """A rule on its own is judged with its group where that is at hand."""
    return gate.decides_traffic()
