from wascan.kinds.sharing import Shared
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC03-BP08", severity="medium")
def shared_actions(thing: Shared) -> Verdict:
    """Policies of {kinds} do not allow every action.

    Whoever may do all that can be done with it may also delete it, and change the policy itself.

    Fix: name the actions that are needed in the policy.
    """
    return ~thing.allows_every_action()


@shared_actions.applies
def own_affair(thing: Shared) -> Verdict:
    """A policy on its own is judged with what it belongs to where that is at hand."""
    return thing.decides_allowances()
