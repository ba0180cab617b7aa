from wascan.kinds.transit import SpeaksTLS
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="medium")
def tls_version(service: SpeaksTLS) -> Verdict:
    """{Kinds} accept only TLS 1.2 or newer.

    TLS 1.0 and 1.1 are broken in known ways, and their use was given up in 2021. Somebody on the way can make a client
    fall back to them, even one that could do better.

    Fix: set {tls_policy.name} to a policy that begins with TLS 1.2 or 1.3.
    """
    return service.speaks_modern_tls()


@tls_version.applies
def speaks_tls(service: SpeaksTLS) -> Verdict:
    """What does not speak TLS itself has no version of it."""
    return service.decides_tls()
