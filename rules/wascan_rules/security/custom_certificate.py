from wascan.kinds.cloudfront import Distribution
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP01", "SEC09-BP02", severity="low")
def custom_certificate(distribution: Distribution) -> Verdict:
    """{Kinds} have a certificate of their own.

    With CloudFront's own certificate a distribution accepts TLS 1.0 whatever its settings say, and its name tells
    nobody whose it is.

    Fix: set {certificate.name} to a certificate for your domain name.
    """
    return distribution.certificate.is_present()
