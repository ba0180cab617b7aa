from wascan.kinds.iam import PasswordPolicy
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="low")
def password_lowercase(policy: PasswordPolicy) -> Verdict:
    """{Kinds} require lower-case letters.

    Each sort of character makes guessing longer.

    Fix: set {lower}.
    """
    return policy.lower.is_true()
