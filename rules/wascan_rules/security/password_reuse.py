from wascan.kinds.iam import PasswordPolicy
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="low")
def password_reuse(policy: PasswordPolicy, *, passwords: int = 24) -> Verdict:
    """{Kinds} do not accept old passwords again.

    Whoever has to change a password and may take the old one again has not changed it.

    Fix: set {remembers.name} to 24.
    """
    return policy.remembers.at_least(passwords)
