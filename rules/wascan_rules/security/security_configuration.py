from wascan.kinds.emr import EMRCluster
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", "SEC03-BP02", severity="low")
def security_configuration(cluster: EMRCluster) -> Verdict:
    """{Kinds} have a security configuration.

    It says what is encrypted, how the nodes reach each other and S3, and with whose roles. Without one a cluster has
    EMR's defaults, and everybody who runs something on it has the permissions of its machines.

    Fix: set {configuration.name} to a security configuration.
    """
    return cluster.configuration.is_present()
