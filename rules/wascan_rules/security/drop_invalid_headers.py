from wascan.kinds.elb import LoadBalancer
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP03", severity="low")
def drop_invalid_headers(balancer: LoadBalancer) -> Verdict:
    """{Kinds} drop invalid headers.

    Servers disagree about what odd headers mean, and an attacker can use that to smuggle a request past checks.

    Fix: set {drops_invalid_headers}.
    """
    return balancer.drops_invalid_headers.is_true()


@drop_invalid_headers.applies
def understands_headers(balancer: LoadBalancer) -> Verdict:
    """Only an Application Load Balancer reads headers."""
    return balancer.reads_http()
