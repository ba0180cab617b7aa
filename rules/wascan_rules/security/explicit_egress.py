from wascan.kinds.securitygroups import SecurityGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def explicit_egress(group: SecurityGroup) -> Verdict:
    """{Kinds} say where traffic may go.

    A security group that CloudFormation makes without egress rules lets everything out, which nobody sees who reads the
    template.

    Fix: add to {egress.name} the ports and addresses that the workload talks to.
    """
    return group.says_where()


@explicit_egress.applies
def open_by_default(group: SecurityGroup) -> Verdict:
    """One that Terraform makes without egress rules lets nothing out."""
    return group.answers_for_egress()
