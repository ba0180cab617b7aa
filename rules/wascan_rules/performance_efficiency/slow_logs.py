from wascan.kinds.opensearch import SearchDomain
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("PERF03-BP03", severity="low")
def slow_logs(domain: SearchDomain) -> Verdict:
    """{Kinds} log slow requests.

    Which queries and documents take long shows only in the slow logs; metrics show only that something does.

    Fix: set {slow_searches} and {slow_indexing}.
    """
    return domain.slow_searches.is_true() & domain.slow_indexing.is_true()
