from wascan.kinds.athena import WorkGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP03", severity="medium")
def athena_workgroup_enforced(group: WorkGroup) -> Verdict:
    """{Kinds} enforce their settings on their clients.

    Where clients may override a work group, each of them decides on its own where results go and how they are
    encrypted.

    Fix: set {enforced}, or leave it out.
    """
    return group.enforced.is_true()
