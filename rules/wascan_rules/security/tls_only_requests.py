from wascan.kinds.transit import AnswersOverHTTP
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="low")
def tls_only_requests(service: AnswersOverHTTP) -> Verdict:
    """{Kinds} refuse requests that are not encrypted in transit.

    The service answers plain HTTP too, and anybody on the way reads the messages. A policy can refuse it; so does
    server-side encryption, which takes requests over HTTPS only.

    Fix: {refusal}.
    """
    return service.refuses_plain_http()
