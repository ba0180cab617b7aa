from wascan.kinds.iam import PasswordPolicy
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="low")
def password_symbols(policy: PasswordPolicy) -> Verdict:
    """{Kinds} require symbols.

    Each sort of character makes guessing longer.

    Fix: set {symbols}.
    """
    return policy.symbols.is_true()
