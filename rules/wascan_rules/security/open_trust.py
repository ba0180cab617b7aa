from wascan.kinds.iam import Role
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC03-BP02", severity="high")
def open_trust(role: Role) -> Verdict:
    """{Kinds} cannot be assumed by everybody.

    Every customer of AWS can assume a role that trusts all principals.

    Fix: name in {trust} the accounts, roles or services that may assume it.
    """
    return role.trust.none(lambda one: one.is_for_everybody() & one.allows() & one.conditions.is_empty())
