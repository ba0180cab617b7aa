from wascan.kinds.iam import User
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP05", severity="low")
def one_access_key(user: User) -> Verdict:
    """{Kinds} have at most one access key.

    A second key is for the hours of a rotation. One that stays is in use somewhere, or forgotten.

    Fix: remove the key that is not in use.
    """
    return ~(user.keys.count_at_least(2) & user.keys.every(lambda key: key.is_present()))
