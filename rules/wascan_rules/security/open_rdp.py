from wascan.kinds.securitygroups import LetsIn
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC06-BP03", severity="high")
def open_rdp(gate: LetsIn) -> Verdict:
    """{Kinds} let nobody from the internet open a remote desktop.

    Remote Desktop that is open to the world is the way in that extortionists try first: passwords are guessed, and
    holes in the service have been used by worms. Fleet Manager of AWS Systems Manager opens desktops without any open
    port.

    Fix: take 0.0.0.0/0 and ::/0 away from port 3389 in {inward}, and use Fleet Manager, or name the addresses from
    which people connect.
    """
    return ~gate.lets_in(lambda traffic: traffic.is_open() & traffic.opens(3389))


@open_rdp.applies
def own_affair(gate: LetsIn) -> Verdict:
    """A rule on its own is judged with its group where that is at hand."""
    return gate.decides_traffic()
