from wascan.kinds.cognito import UserPool
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="medium")
def user_pool_passwords(pool: UserPool, *, characters: int = 8) -> Verdict:
    """{Kinds} require strong passwords.

    Short passwords of one sort of character are guessed in no time.

    Fix: set {length.name} to 8 or more, and require lower- and upper-case letters, digits and symbols.
    """
    return (
        pool.length.at_least(characters)
        & pool.lower.is_true()
        & pool.upper.is_true()
        & pool.digits.is_true()
        & pool.symbols.is_true()
    )
