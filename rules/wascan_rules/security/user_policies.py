from wascan.kinds.permissions import ForUsers
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP06", "SEC03-BP02", severity="low")
def user_policies(thing: ForUsers) -> Verdict:
    """Permissions are granted to groups and roles, not to users.

    What is given to a person stays when the job changes, and nobody can say who may do what without asking each user.

    Fix: attach the policy to a group that the user is in, or to a role that people assume.
    """
    return ~thing.goes_to_users()
