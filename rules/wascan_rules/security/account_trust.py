from wascan.kinds.iam import Role
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC03-BP09", severity="low")
def account_trust(role: Role) -> Verdict:
    """{Kinds} trust no whole account unconditionally.

    In an account that is trusted as a whole, whoever may grant permissions decides who assumes the role. A third party
    can be tricked into it on behalf of somebody else, unless an external id is asked for.

    Fix: name the roles in {trust}, or ask for sts:ExternalId, aws:PrincipalArn or multi-factor authentication.
    """
    return role.trust.none(
        lambda one: (
            one.is_for_account() & one.allows() & one.conditions.every(lambda condition: condition.asks_nothing())
        )
    )
