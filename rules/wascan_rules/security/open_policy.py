from wascan.kinds.sharing import Shared
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", severity="high")
def open_policy(store: Shared) -> Verdict:
    """{Kinds} do not give access to everybody.

    A policy that allows something to the principal "*", with no condition on who that is, allows it to every customer of
    AWS, and often to those who have not even signed in.

    Fix: in {policy.name}, name the accounts, roles or services that need access, or add a condition on their
    organization, account, network or source.
    """
    return ~store.is_shared_with_everybody()


@open_policy.applies
def own_affair(store: Shared) -> Verdict:
    """A policy on its own is judged with what it belongs to where that is at hand."""
    return store.decides_sharing()
