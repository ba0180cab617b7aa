from wascan.kinds.permissions import Allows
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="medium")
def not_resource(thing: Allows) -> Verdict:
    """{Kinds} name the resources that they give access to, not those that they leave out.

    NotResource allows it on everything else, also on what nobody has made yet.

    Fix: list what is needed under Resource.
    """
    return thing.allowances().none(lambda one: one.excepted_resources.is_present() & one.allows())


@not_resource.applies
def own_affair(thing: Allows) -> Verdict:
    """A policy on its own is judged with what it belongs to where that is at hand."""
    return thing.decides_allowances()
