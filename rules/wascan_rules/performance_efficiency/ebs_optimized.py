from wascan.kinds.ec2 import Instance
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("PERF03-BP02", "PERF02-BP02", severity="low")
def ebs_optimized(instance: Instance) -> Verdict:
    """{Kinds} have dedicated bandwidth to their volumes.

    Without it, reading from a disk and answering requests share one network. Types of the last ten years always have
    dedicated bandwidth; earlier ones only when asked.

    Fix: set {ebs_optimized}, or use a newer instance type.
    """
    return instance.ebs_optimized.is_true()


@ebs_optimized.applies
def is_optional(instance: Instance) -> Verdict:
    """Most types leave no choice."""
    return instance.has_optional_ebs_optimization()
