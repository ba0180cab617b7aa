from wascan.kinds.securitygroups import LetsIn
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC06-BP03", severity="high")
def open_rdp(gate: LetsIn) -> Verdict:
    """{Kinds} close Remote Desktop to the internet.

    Remote Desktop that is open to the world is the first way in that extortionists try: they guess passwords, and
    worms have used vulnerabilities of the service. Fleet Manager of AWS Systems Manager opens desktops without any
    open port.

    Fix: close port 3389 to 0.0.0.0/0 and ::/0 in {inward}, and use Fleet Manager, or name the addresses from which
    people connect.
    """
    return ~gate.lets_in(lambda traffic: traffic.is_open() & traffic.opens(3389))


@open_rdp.applies
def own_affair(gate: LetsIn) -> Verdict:
    """A rule on its own is judged with its group where that is at hand."""
    return gate.decides_traffic()
