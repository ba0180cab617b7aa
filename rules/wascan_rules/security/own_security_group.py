from wascan.kinds.exposure import InGroups
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def own_security_group(thing: InGroups) -> Verdict:
    """{Kinds} name their security groups.

    A resource that names none gets the default group of its VPC, in which everything may talk to everything else.

    Fix: name a group that lets in what is needed in {groups.name}.
    """
    return thing.has_own_group()


@own_security_group.applies
def own_affair(thing: InGroups) -> Verdict:
    """Some take their groups from what they belong to, or have none."""
    return thing.decides_groups()
