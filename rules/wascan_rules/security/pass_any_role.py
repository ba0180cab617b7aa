from wascan.kinds.permissions import Grants
from wascan.rule import rule
from wascan.verdict import Verdict, but


@rule("SEC03-BP02", severity="high")
def pass_any_role(thing: Grants) -> Verdict:
    """{Kinds} do not allow every role to be passed to a service.

    Whoever may pass any role to a function or an instance can run anything with the strongest role of the account.

    Fix: name the roles that iam:PassRole is for, and the services, with the condition iam:PassedToService.
    """
    return thing.grants.none(
        lambda one: but(one.names("iam:PassRole") & one.takes_every_resource(), ~one.holds_always())
    )
