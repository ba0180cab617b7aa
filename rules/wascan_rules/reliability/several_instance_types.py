from wascan.kinds.autoscaling import AutoScalingGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL07-BP02", severity="low")
def several_instance_types(group: AutoScalingGroup) -> Verdict:
    """Auto Scaling groups can start more than one instance type.

    A zone may have no more instances of one type just when everybody asks for them, above all when another zone has
    failed. With a second type, or with requirements in place of types, the group still gets its capacity.

    Fix: list several types in {instance_types}, or say in {requirements} what an instance must have.
    """
    return group.takes_several_types()
