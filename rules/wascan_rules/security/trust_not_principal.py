from wascan.kinds.iam import Role
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC03-BP02", severity="high")
def trust_not_principal(role: Role) -> Verdict:
    """{Kinds} name whom they trust, not whom they leave out.

    A trust policy with Allow and NotPrincipal lets everybody but a few assume the role, from any account of AWS.

    Fix: in {trust}, write Principal with those who need the role in the place of NotPrincipal.
    """
    return role.trust.none(lambda one: one.excepted.is_present() & one.allows())
