from wascan.kinds.cloudfront import Distribution
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL11-BP02", "REL10-BP01", severity="low")
def origin_failover(distribution: Distribution) -> Verdict:
    """CloudFront distributions have a second origin to fail over to.

    CloudFront itself is everywhere, but what it cannot find in its caches it gets from one origin. With an origin group
    it asks another one as soon as the first answers with an error, or not at all.

    Fix: put two origins into a group in {origin_groups}, and let the cache behaviours use it.
    """
    return distribution.fails_over()
