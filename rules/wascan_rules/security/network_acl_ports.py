from wascan.kinds.networkacls import FiltersSubnets
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC05-BP01", severity="low")
def network_acl_ports(acl: FiltersSubnets) -> Verdict:
    """{Kinds} name the ports that they let in.

    An entry for all ports of TCP or UDP stops next to nothing. Network ACLs keep no state, so answers need the upper ports
    to be open; those of servers are below them.

    Fix: in {inward}, allow the ports of your servers, and 1024 to 65535 for answers, in the place of all ports.
    """
    return ~acl.lets_in_every_port()


@network_acl_ports.applies
def own_affair(acl: FiltersSubnets) -> Verdict:
    """An entry on its own is judged with its ACL where that is at hand."""
    return acl.decides_traffic()
