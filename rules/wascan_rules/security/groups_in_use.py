from wascan.kinds.iam import Group
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP06", "SEC03-BP04", severity="low", evidence="elsewhere")
def groups_in_use(group: Group) -> Verdict:
    """{Kinds} have members.

    An empty group waits for a user, with permissions that nobody reviews.

    Fix: put users into the group, or delete it.
    """
    return ~group.users.is_empty()
