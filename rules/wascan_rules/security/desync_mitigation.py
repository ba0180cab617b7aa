from wascan.kinds.frontdoor import SortsRequests
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP03", severity="medium")
def desync_mitigation(balancer: SortsRequests) -> Verdict:
    """{Kinds} do not pass on ambiguous requests.

    Where the load balancer and a server disagree on where a request ends, somebody can hide a second one in it, and so
    poison caches, or take over the sessions of others. The mode "monitor" only counts such requests.

    Fix: set {desync_mode.name} to defensive or strictest.
    """
    return ~balancer.desync_mode.equals("monitor")


@desync_mitigation.applies
def reads_requests(balancer: SortsRequests) -> Verdict:
    """What hands on bytes or packets reads no requests."""
    return balancer.reads_requests()
