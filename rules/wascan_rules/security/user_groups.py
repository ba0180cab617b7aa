from wascan.kinds.iam import User
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP06", severity="low")
def user_groups(user: User) -> Verdict:
    """{Kinds} belong to a group.

    Groups give permissions by job. A user without one has permissions that nobody else has, or none.

    Fix: put the user into a group that has the permissions of the job.
    """
    return ~user.groups.is_empty()
