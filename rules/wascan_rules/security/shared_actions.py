from wascan.kinds.sharing import Shared
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC03-BP08", severity="medium")
def shared_actions(thing: Shared) -> Verdict:
    """{Kinds} do not allow others every action.

    Whoever is allowed every action may also delete the resource, and change the policy itself.

    Fix: in the policy, name the actions that are needed.
    """
    return ~thing.allows_every_action()


@shared_actions.applies
def own_affair(thing: Shared) -> Verdict:
    """A policy on its own is judged with what it belongs to where that is at hand."""
    return thing.decides_allowances()
