from wascan.kinds.iam import PasswordPolicy
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="low")
def changeable_passwords(policy: PasswordPolicy) -> Verdict:
    """{Kinds} let users change their passwords.

    Whoever suspects that a password has leaked must otherwise wait for somebody else to change it.

    Fix: set {changeable}.
    """
    return policy.changeable.is_true()
