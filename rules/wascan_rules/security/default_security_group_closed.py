from wascan.kinds.securitygroups import HasDefaultGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def default_security_group_closed(network: HasDefaultGroup) -> Verdict:
    """The default security group of a VPC lets nothing in and nothing out.

    Whatever is started without naming a group gets the default one, and whatever has it can talk to all others that have
    it. If it is closed, a forgotten group is an error that shows at once, and no open door.

    Fix: {default_rules}, and give resources that need rules a group of their own. In Terraform an
    aws_default_security_group without rules closes it, in the CDK restrictDefaultSecurityGroup.
    """
    return network.default_group_is_closed()


@default_security_group_closed.applies
def own_affair(network: HasDefaultGroup) -> Verdict:
    """A default group is judged with its VPC where that is at hand."""
    return network.decides_default_group()
