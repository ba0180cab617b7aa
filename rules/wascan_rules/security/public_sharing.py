from wascan.kinds.exposure import Given
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC08-BP04", severity="high")
def public_sharing(thing: Given) -> Verdict:
    """{Kinds} are not open to everybody.

    What is public is copied within minutes, with whatever was left in it: data, code, keys. Taking it back does not take
    back the copies.

    Fix: in {audience.name}, name the accounts or the organization that need it.
    """
    return ~thing.is_given_to_everybody()


@public_sharing.applies
def can_be_given(thing: Given) -> Verdict:
    """What a template cannot share is shared by somebody else, if at all."""
    return thing.can_be_given()
