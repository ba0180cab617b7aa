from wascan.kinds.eks import EKSNodeGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="high")
def node_remote_access(group: EKSNodeGroup) -> Verdict:
    """{Kinds} with an SSH key say who may use it.

    Where a key is given and nobody is named, EKS opens port 22 of every node to the whole internet.

    Fix: name the security groups of those who administer the nodes in {ssh_clients.name}, or remove {ssh_key.name} and
    use Session Manager.
    """
    return ~group.ssh_clients.is_empty()


@node_remote_access.applies
def takes_ssh(group: EKSNodeGroup) -> Verdict:
    """Without a key the port stays closed."""
    return group.ssh_key.is_present()
