from wascan.kinds.permissions import Grants
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="medium")
def service_wildcards(thing: Grants) -> Verdict:
    """{Kinds} do not allow all that a service can do.

    s3:* is more than reading and writing: it takes in making a bucket public and deleting it. Few things that need a
    service need all of it.

    Fix: name the actions that are needed, or groups of them such as s3:Get*.
    """
    return thing.grants.none(lambda one: one.takes_whole_service() & one.allows())
