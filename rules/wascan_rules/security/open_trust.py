from wascan.kinds.iam import Role
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC03-BP02", severity="high")
def open_trust(role: Role) -> Verdict:
    """{Kinds} cannot be taken on by everybody.

    A role that trusts all principals is one that every AWS customer can take on.

    Fix: name in {trust} who may, by account, role or service.
    """
    return role.trust.none(lambda one: one.is_for_everybody() & one.allows() & one.conditions.is_empty())
