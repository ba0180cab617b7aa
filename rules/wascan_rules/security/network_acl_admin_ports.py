from wascan.kinds.networkacls import FiltersSubnets
from wascan.rule import rule
from wascan.verdict import Verdict, any_of


@rule("SEC05-BP02", "SEC05-BP01", severity="medium")
def network_acl_admin_ports(acl: FiltersSubnets, *, ports: tuple[int, ...] = (22, 3389)) -> Verdict:
    """{Kinds} close administration ports to the internet.

    A network ACL is the second fence, for when somebody opens a security group by mistake. One that lets in SSH and
    Remote Desktop from everywhere is none.

    Fix: in {inward}, allow only what the subnet needs, or deny ports 22 and 3389 from 0.0.0.0/0 and ::/0 in an earlier
    entry.
    """
    return ~any_of(acl.lets_in(port) for port in ports)


@network_acl_admin_ports.applies
def own_affair(acl: FiltersSubnets) -> Verdict:
    """An entry on its own is judged with its ACL where that is at hand."""
    return acl.decides_traffic()
