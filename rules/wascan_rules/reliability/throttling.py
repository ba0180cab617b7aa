from wascan.kinds.apigateway import Throttled
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL05-BP02", severity="low")
def throttling(stage: Throttled) -> Verdict:
    """{Kinds} limit how many requests they accept.

    Without a limit of its own an API may take all that the account has in the Region. A flood on one then turns away
    the callers of all others, after it has overrun the backend.

    Fix: set {rate.name} to what the backend can bear.
    """
    return stage.has_limit()
