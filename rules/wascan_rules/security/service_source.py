from wascan.kinds.sharing import Shared
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC03-BP09", severity="medium")
def service_source(store: Shared) -> Verdict:
    """{Kinds} say on whose behalf a service may come in.

    CloudFront, S3 and SNS act for all of their customers. Without a condition anybody's distribution may read the bucket, and
    anybody's bucket or trail may send to the queue or write into the log.

    Fix: in {policy.name}, add a condition on aws:SourceArn, the resource that the service acts for, or on
    aws:SourceAccount.
    """
    return ~store.lets_services_in_for_anybody()


@service_source.applies
def own_affair(store: Shared) -> Verdict:
    """A policy on its own is judged with what it belongs to where that is at hand."""
    return store.decides_sharing()
