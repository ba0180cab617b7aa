from wascan.kinds.transit import AnswersOverHTTP
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="low")
def tls_only_requests(service: AnswersOverHTTP) -> Verdict:
    """{Kinds} refuse requests that are not encrypted on their way.

    The service answers plain HTTP too, and whoever sits between reads the messages. A policy can refuse it; server-side
    encryption does as well, for it takes requests over HTTPS only.

    Fix: {refusal}.
    """
    return service.refuses_plain_http()
