from wascan.kinds.iam import Role
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="medium")
def trust_actions(role: Role) -> Verdict:
    """{Kinds} allow in their trust policy only what it takes to take them on.

    An asterisk takes in every way of taking on a role, with tags and identities that nobody thought of.

    Fix: set the action in {trust.name} to sts:AssumeRole, or the one for the identity provider.
    """
    return role.trust.none(lambda one: one.takes_every_action() & one.allows())
