from wascan.kinds.permissions import Grants
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="high")
def wildcard_actions(thing: Grants) -> Verdict:
    """{Kinds} do not allow every action.

    An asterisk in the place of the actions includes deleting, sharing and whatever AWS adds next year, on each
    resource that the statement names.

    Fix: name the actions that are needed.
    """
    return thing.grants.none(lambda one: one.takes_every_action() & one.allows())
