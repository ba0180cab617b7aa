from wascan.kinds.permissions import Grants
from wascan.rule import rule
from wascan.verdict import Verdict, but


@rule("SEC03-BP02", severity="high")
def pass_any_role(thing: Grants) -> Verdict:
    """{Kinds} do not allow every role to be handed to a service.

    Whoever may pass any role to a function or an instance can run what he likes with the strongest role of the account.

    Fix: name the roles that iam:PassRole is for, and with the condition iam:PassedToService what for.
    """
    return thing.grants.none(
        lambda one: but(one.names("iam:PassRole") & one.takes_every_resource(), ~one.holds_always())
    )
