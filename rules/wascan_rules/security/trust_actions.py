from wascan.kinds.iam import Role
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="medium")
def trust_actions(role: Role) -> Verdict:
    """The trust policies of {kinds} allow only assuming the role.

    An asterisk takes in every way of assuming a role, with tags and identities that nobody thought of.

    Fix: set the action in {trust.name} to sts:AssumeRole, or the one for the identity provider.
    """
    return role.trust.none(lambda one: one.takes_every_action() & one.allows())
