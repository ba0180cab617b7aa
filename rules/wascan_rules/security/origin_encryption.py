from wascan.kinds.cloudfront import Distribution
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="medium")
def origin_encryption(distribution: Distribution) -> Verdict:
    """{Kinds} ask their origins over HTTPS.

    What viewers send encrypted goes on over the internet to the origin. In the clear it can be read and changed there, and
    nobody sees it in the browser.

    Fix: set OriginProtocolPolicy to https-only in {origins.name}.
    """
    return distribution.asks_over_https()
