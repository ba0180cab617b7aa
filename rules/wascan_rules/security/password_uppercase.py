from wascan.kinds.iam import PasswordPolicy
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="low")
def password_uppercase(policy: PasswordPolicy) -> Verdict:
    """{Kinds} require upper-case letters.

    Each sort of character makes guessing longer.

    Fix: set {upper}.
    """
    return policy.upper.is_true()
