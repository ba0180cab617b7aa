from wascan.kinds.transit import EncryptsBetweenNodes
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="medium")
def node_to_node_encryption(cluster: EncryptsBetweenNodes) -> Verdict:
    """{Kinds} encrypt traffic between their nodes.

    All data goes from node to node when it is copied and queried. In the clear, whoever gets into the network reads it
    there, however well clients are encrypted.

    Fix: set {between_nodes}.
    """
    return cluster.between_nodes.is_true()


@node_to_node_encryption.applies
def several(cluster: EncryptsBetweenNodes) -> Verdict:
    """A single node tells nobody anything."""
    return cluster.has_several_nodes()
