from wascan.kinds.elb import ClassicLoadBalancer
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL11-BP02", severity="low")
def connection_draining(balancer: ClassicLoadBalancer) -> Verdict:
    """{Kinds} let requests finish before they drop an instance.

    An instance that is replaced, or fails its health check, otherwise drops the requests it is working on, and callers
    get errors at each deployment.

    Fix: set {draining}.
    """
    return balancer.draining.is_true()
