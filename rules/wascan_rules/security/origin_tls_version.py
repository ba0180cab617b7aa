from wascan.kinds.cloudfront import Distribution
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="medium")
def origin_tls_version(distribution: Distribution) -> Verdict:
    """{Kinds} fetch from their origins with TLS 1.2 or newer.

    Versions of SSL and TLS before 1.2 are broken in known ways. As long as one is allowed, somebody on the way can
    force its use.

    Fix: leave only TLSv1.2 in the list of SSL protocols in {origins.name}.
    """
    return distribution.origins.none(lambda origin: origin.is_asked_with_old_versions())
