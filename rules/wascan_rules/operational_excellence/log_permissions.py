from wascan.kinds.lambda_ import Function
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS04-BP02", "SEC04-BP01", severity="medium")
def log_permissions(function: Function) -> Verdict:
    """{Kinds} may write their logs.

    A function whose role does not allow it runs all the same, but leaves no trace of what went wrong, or that anything
    did.

    Fix: attach AWSLambdaBasicExecutionRole to the role in {role.name}, or allow it logs:CreateLogStream and
    logs:PutLogEvents on the log group of the function.
    """
    return function.may_write_logs()


@log_permissions.applies
def has_role(function: Function) -> Verdict:
    """A role that stands elsewhere is judged there."""
    return function.has_role_in_sight()
