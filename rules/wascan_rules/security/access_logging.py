from wascan.kinds.telemetry import LogsAccess
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", "OPS04-BP02", severity="medium")
def access_logging(thing: LogsAccess) -> Verdict:
    """{Kinds} log the requests that they get.

    Who asked for what, from where, and what the answer was, is known only if it is logged at the entrance. Attacks,
    and errors that customers get, show there first.

    Fix: {access_logging}.
    """
    return thing.is_access_logged()


@access_logging.applies
def gets_requests(thing: LogsAccess) -> Verdict:
    """Some answer no requests that could be logged."""
    return thing.decides_access_logs()
