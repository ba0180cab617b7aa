from wascan.kinds.permissions import Identity
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="low")
def inline_policies(identity: Identity) -> Verdict:
    """{Kinds} have no inline policies.

    A policy that stands on its own has versions, can be attached to several identities and can be found by what it is
    attached to. One written into a role is seen only by those who look at that role.

    Fix: make a managed policy of it and attach that.
    """
    return identity.grants.is_empty()
