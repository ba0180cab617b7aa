from wascan.kinds.iam import User
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP04", "SEC02-BP01", severity="low")
def console_users(user: User) -> Verdict:
    """{Kinds} have no password: people sign in through an identity provider.

    A password in IAM is one more to revoke when somebody leaves, in every account.

    Fix: remove the password, and let people sign in through IAM Identity Center or a provider of your own.
    """
    return user.password.is_absent()
