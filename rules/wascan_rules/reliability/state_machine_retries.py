from wascan.kinds.stepfunctions import Workflow
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL05-BP03", "REL11-BP03", severity="low")
def state_machine_retries(workflow: Workflow) -> Verdict:
    """The tasks of {kinds} are retried.

    Every service throttles or drops a call now and then. Without a retry, that ends the whole execution.

    Fix: give every task a Retry with a limit of attempts and a backoff rate.
    """
    return workflow.retries.every(lambda retry: retry.is_present())


@state_machine_retries.applies
def has_tasks(workflow: Workflow) -> Verdict:
    """A workflow without tasks calls nobody."""
    return ~workflow.retries.is_empty()
