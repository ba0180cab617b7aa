from wascan.kinds.stepfunctions import Workflow
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS04-BP05", "REL06-BP07", severity="low")
def state_machine_tracing(workflow: Workflow) -> Verdict:
    """{Kinds} are traced.

    A workflow calls one service after the other. A trace shows in which of them the time went, and where an error came
    from.

    Fix: set {traced}.
    """
    return workflow.traced.is_true()
