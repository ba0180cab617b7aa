from wascan.kinds.telemetry import Logs
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", "OPS04-BP02", severity="medium")
def logging(thing: Logs) -> Verdict:
    """{Kinds} log what happens in them.

    After trouble or an attack the logs say what went wrong, and since when. What was not logged then cannot be
    recovered later.

    Fix: {logging}.
    """
    return thing.is_logged()


@logging.applies
def own_affair(thing: Logs) -> Verdict:
    """A member of a cluster is logged with it."""
    return thing.decides_logs()
