from typing import Literal

from wascan.kinds.stepfunctions import Workflow
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS04-BP02", "SEC04-BP01", "REL06-BP01", severity="low")
def state_machine_logging(workflow: Workflow, *, level: Literal["FATAL", "ERROR", "ALL"] = "ALL") -> Verdict:
    """{Kinds} log what they do.

    The history of an execution is kept for ninety days, and of an express workflow not at all. In a log group it can be
    searched, counted and alarmed on, across all executions.

    Fix: set {log_level}.
    """
    return workflow.logs_at(level)
