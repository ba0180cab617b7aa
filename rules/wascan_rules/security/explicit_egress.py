from wascan.kinds.securitygroups import SecurityGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def explicit_egress(group: SecurityGroup) -> Verdict:
    """{Kinds} say where traffic may go.

    A security group without egress rules lets everything out if CloudFormation makes it, and nothing if Terraform
    does. Neither shows what was meant.

    Fix: add to {egress.name} the ports and addresses that the workload talks to.
    """
    return group.says_where()
