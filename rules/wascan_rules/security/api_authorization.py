from wascan.kinds.frontdoor import Answers
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP01", "SEC05-BP02", severity="medium")
def api_authorization(endpoint: Answers) -> Verdict:
    """{Kinds} answer only callers that they know.

    What is open to the internet is called by everybody: scripts that look for flaws, and those who run up the bill.

    Fix: {authorization}.
    """
    return endpoint.authorizes()


@api_authorization.applies
def can_know(endpoint: Answers) -> Verdict:
    """Some requests cannot be authorized by design."""
    return endpoint.decides_authorization()
