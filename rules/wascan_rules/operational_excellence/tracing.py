from wascan.kinds.telemetry import Traces
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS04-BP05", "REL06-BP07", severity="low")
def tracing(thing: Traces) -> Verdict:
    """{Kinds} are traced.

    A request goes through one service after the other. A trace shows in which of them the time went, and where an
    error came from.

    Fix: set {traced}.
    """
    return thing.traced.is_true()
