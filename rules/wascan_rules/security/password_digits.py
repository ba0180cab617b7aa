from wascan.kinds.iam import PasswordPolicy
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="low")
def password_digits(policy: PasswordPolicy) -> Verdict:
    """{Kinds} require digits.

    Each sort of character makes guessing longer.

    Fix: set {digits}.
    """
    return policy.digits.is_true()
