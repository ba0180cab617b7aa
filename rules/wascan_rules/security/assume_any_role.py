from wascan.kinds.permissions import Grants
from wascan.rule import rule
from wascan.verdict import Verdict, but


@rule("SEC03-BP02", severity="medium")
def assume_any_role(thing: Grants) -> Verdict:
    """{Kinds} do not allow every role to be assumed.

    Every role that trusts the account as a whole can then be assumed, whatever it was made for.

    Fix: name the roles that sts:AssumeRole is for.
    """
    return thing.grants.none(
        lambda one: but(one.names("sts:AssumeRole") & one.takes_every_resource(), ~one.holds_always())
    )
