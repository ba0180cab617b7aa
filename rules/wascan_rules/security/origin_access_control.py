from wascan.kinds.cloudfront import Distribution
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC08-BP04", severity="medium")
def origin_access_control(distribution: Distribution) -> Verdict:
    """{Kinds} sign their requests to S3 buckets.

    Without an identity of its own a distribution can only serve buckets that are open to the world, so that anybody
    can bypass its cache, filter and logs.

    Fix: give every bucket in {origins.name} an origin access control, and let the policy of the bucket allow only the
    distribution.
    """
    return distribution.origins.every(lambda origin: origin.is_asked_by_name())
