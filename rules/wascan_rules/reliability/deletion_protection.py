from wascan.kinds.families import Protected
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP04", severity="medium", severities={"ec2-instance": "low"})
def deletion_protection(thing: Protected) -> Verdict:
    """{Kinds} are protected against deletion.

    A replaced logical id, a wrong stack name or one click deletes what took years to collect. With the protection on,
    AWS refuses until somebody switches it off on purpose.

    Fix: set {deletion_protection}.
    """
    return thing.is_protected()


@deletion_protection.applies
def own_affair(thing: Protected) -> Verdict:
    """A member of a cluster is protected with it."""
    return thing.decides_protection()
