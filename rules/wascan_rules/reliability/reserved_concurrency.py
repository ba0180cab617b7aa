from wascan.kinds.lambda_ import Function
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL05-BP02", "REL10-BP03", severity="low")
def reserved_concurrency(function: Function) -> Verdict:
    """Lambda functions have reserved concurrency.

    All functions of an account draw on one pool. One that runs wild, by a loop or by a flood of requests, leaves
    nothing for the others, and may overload the database behind it.

    Fix: set {concurrency.name} to the most that the function needs.
    """
    return function.concurrency.at_least(0)


@reserved_concurrency.applies
def can_run_wild(function: Function) -> Verdict:
    """What a stream, a queue with a limit or a stack alone calls has a limit already."""
    return function.can_run_wild()
