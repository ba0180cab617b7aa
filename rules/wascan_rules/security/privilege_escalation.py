from wascan.kinds.permissions import Grants
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC03-BP05", severity="high")
def privilege_escalation(thing: Grants) -> Verdict:
    """{Kinds} do not allow what amounts to every permission.

    Whoever may write policies, make keys for others, or run code with any role can give themselves the rest. It takes
    one of a few actions on every resource, and none of them looks like an administrator's. IAMFullAccess has most of
    them.

    Fix: name the resources that the action is for, or remove it, or the policy; a permissions boundary limits what can
    be made of it.
    """
    return ~thing.escalates()
