from wascan.kinds.networkacls import FiltersSubnets
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC05-BP01", severity="low")
def network_acl_protocols(acl: FiltersSubnets) -> Verdict:
    """{Kinds} name the protocols that they let in.

    A network ACL that allows everything is no fence at all: it stops nothing that a security group would let through.

    Fix: in {inward}, allow the protocols and ports that the subnet needs, in the place of every protocol.
    """
    return ~acl.lets_in_everything()


@network_acl_protocols.applies
def own_affair(acl: FiltersSubnets) -> Verdict:
    """An entry on its own is judged with its ACL where that is at hand."""
    return acl.decides_traffic()
