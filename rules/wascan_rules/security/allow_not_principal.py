from wascan.kinds.sharing import Shared
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC03-BP02", severity="high")
def allow_not_principal(store: Shared) -> Verdict:
    """{Kinds} name whom they allow, not whom they leave out.

    A statement with Allow and NotPrincipal lets in everybody but a few, among them whoever nobody thought of, and those who
    have not signed in.

    Fix: in {policy.name}, write Principal with those who need access in the place of NotPrincipal.
    """
    return ~store.is_shared_by_exception()


@allow_not_principal.applies
def own_affair(store: Shared) -> Verdict:
    """A policy on its own is judged with what it belongs to where that is at hand."""
    return store.decides_sharing()
