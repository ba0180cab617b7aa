from wascan.kinds.permissions import Grants
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="medium")
def service_wildcards(thing: Grants) -> Verdict:
    """{Kinds} do not allow every action of a service.

    s3:* is more than reading and writing: it includes making a bucket public and deleting it. Few workloads need all
    of a service.

    Fix: name the actions that are needed, or groups of them such as s3:Get*.
    """
    return thing.grants.none(lambda one: one.takes_whole_service() & one.allows())
