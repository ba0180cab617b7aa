from wascan.kinds.permissions import Allows
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="medium")
def not_action(thing: Allows) -> Verdict:
    """{Kinds} name the actions that they allow, not those that they leave out.

    What NotAction allows is all the rest of AWS, with every service that is added later. It reads like a restriction
    and is the opposite.

    Fix: list what is needed under Action.
    """
    return thing.allowances().none(lambda one: one.excepted_actions.is_present() & one.allows())


@not_action.applies
def own_affair(thing: Allows) -> Verdict:
    """A policy on its own is judged with what it belongs to where that is at hand."""
    return thing.decides_allowances()
