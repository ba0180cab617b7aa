from wascan.kinds.iam import PasswordPolicy
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="medium")
def password_length(policy: PasswordPolicy, *, characters: int = 14) -> Verdict:
    """{Kinds} require long passwords.

    Length is what makes a password hard to guess; the default of six characters is guessed in no time.

    Fix: set {length.name} to 14 or more.
    """
    return policy.length.at_least(characters)
