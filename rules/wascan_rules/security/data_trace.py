from wascan.kinds.apigateway import SetsMethods
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP04", "SEC04-BP01", severity="medium")
def data_trace(stage: SetsMethods) -> Verdict:
    """{Kinds} keep the contents of requests and responses out of their logs.

    A data trace logs every request and answer as it is, with headers, passwords and whatever customers say. It is
    meant for debugging, and to be switched off again.

    Fix: switch data tracing off in {settings.name}.
    """
    return stage.keeps_bodies_out_of_logs()
