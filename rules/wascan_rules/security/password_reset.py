from wascan.kinds.iam import User
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="low")
def password_reset(user: User) -> Verdict:
    """{Kinds} must change their password at the first login.

    The first password is known to whoever set it, and to the template, the state and the mail that it went through.

    Fix: set {must_reset}.
    """
    return user.must_reset.is_true()


@password_reset.applies
def has_password(user: User) -> Verdict:
    """A user without a password cannot log in to the console."""
    return user.password.is_present()
