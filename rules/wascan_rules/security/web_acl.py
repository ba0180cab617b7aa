from wascan.kinds.frontdoor import Filtered
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP03", severity="low")
def web_acl(front: Filtered) -> Verdict:
    """{Kinds} are protected by AWS WAF.

    Whatever the internet can reach is sent known attacks all day. A web ACL stops these, and floods of requests, before
    they reach the application, and buys time when a flaw becomes known.

    Fix: {filtering}.
    """
    return front.has_web_acl()


@web_acl.applies
def is_open(front: Filtered) -> Verdict:
    """What only the customer reaches needs no filter."""
    return front.faces_internet()
