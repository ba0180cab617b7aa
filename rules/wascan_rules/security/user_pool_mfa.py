from wascan.kinds.cognito import UserPool
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="medium")
def user_pool_mfa(pool: UserPool) -> Verdict:
    """{Kinds} offer a second factor.

    Passwords are guessed, reused and phished. With a second factor a password alone opens nothing.

    Fix: set {mfa.name} to ON, or to OPTIONAL where users may choose.
    """
    return pool.mfa.one_of("ON", "OPTIONAL")
