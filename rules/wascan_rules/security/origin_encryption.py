from wascan.kinds.cloudfront import Distribution
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="medium")
def origin_encryption(distribution: Distribution) -> Verdict:
    """{Kinds} fetch from their origins over HTTPS.

    What viewers send encrypted travels on over the internet to the origin. In the clear it can be read and changed
    there, and the browser shows nothing of it.

    Fix: set the origin protocol policy to https-only in {origins.name}.
    """
    return distribution.asks_over_https()
