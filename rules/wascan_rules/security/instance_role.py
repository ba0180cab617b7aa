from wascan.kinds.ec2 import Instance
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP02", severity="low")
def instance_role(instance: Instance) -> Verdict:
    """{Kinds} have an IAM role.

    An instance without a role that needs AWS gets keys that somebody copies onto it and that never expire. Systems
    Manager, which makes logging in unnecessary, needs a role too.

    Fix: set {profile.name} to an instance profile.
    """
    return instance.profile.is_present()


@instance_role.applies
def decides(instance: Instance) -> Verdict:
    """A template may give it one."""
    return instance.template.is_absent()
