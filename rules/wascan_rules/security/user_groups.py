from wascan.kinds.iam import User
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP06", severity="low")
def user_groups(user: User) -> Verdict:
    """{Kinds} are in a group.

    Groups say what somebody may do by what he does. A user without one has permissions of his own, or none.

    Fix: put the user into a group that has the permissions of the job.
    """
    return ~user.groups.is_empty()
