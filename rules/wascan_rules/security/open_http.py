from wascan.kinds.securitygroups import LetsIn
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC09-BP02", severity="low")
def open_http(gate: LetsIn) -> Verdict:
    """{Kinds} close port 80 to the internet.

    What comes in on port 80 is not encrypted. A load balancer may listen there to send browsers on to HTTPS; anything
    else has no need of it, and an instance that answers the internet directly has no filter before it.

    Fix: in {inward}, open port 80 to the load balancer or to CloudFront only, or close it.
    """
    return ~gate.lets_in(lambda traffic: traffic.is_open() & traffic.opens(80))


@open_http.applies
def own_affair(gate: LetsIn) -> Verdict:
    """A rule on its own is judged with its group where that is at hand."""
    return gate.decides_traffic()
