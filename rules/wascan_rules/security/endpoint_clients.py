from wascan.kinds.eks import EKSCluster
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="medium")
def endpoint_clients(cluster: EKSCluster) -> Verdict:
    """Public endpoints of {kinds} are open to known addresses only.

    The API server of a cluster that anybody can reach is found, and every flaw in Kubernetes and every token that leaks
    can then be used from anywhere.

    Fix: name the networks of those who administer the cluster in {endpoint_clients.name}, or switch
    {public_endpoint.name} off.
    """
    return cluster.names_endpoint_clients()


@endpoint_clients.applies
def is_public(cluster: EKSCluster) -> Verdict:
    """A private endpoint has no clients outside the network."""
    return cluster.public_endpoint.is_true()
