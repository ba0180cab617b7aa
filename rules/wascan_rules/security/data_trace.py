from wascan.kinds.apigateway import SetsMethods
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP04", "SEC04-BP01", severity="medium")
def data_trace(stage: SetsMethods) -> Verdict:
    """{Kinds} keep what is sent out of their logs.

    A trace of data writes every request and answer into the log, with headers, passwords and whatever customers say. It is
    there to find a mistake with, and to be switched off again.

    Fix: switch data tracing off in {settings.name}.
    """
    return stage.keeps_bodies_out_of_logs()
