from wascan.kinds.iam import PasswordPolicy
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP01", severity="low")
def password_age(policy: PasswordPolicy, *, days: int = 90) -> Verdict:
    """{Kinds} make passwords expire.

    A password that somebody else has learnt works until it is changed. (Where people sign in with a second factor,
    NIST SP 800-63B would rather not have it expire: switch this rule off.)

    Fix: set {days.name} to 90 or fewer.
    """
    return policy.days.at_least(1) & policy.days.at_most(days)
