from wascan.kinds.lambda_ import FunctionPermission
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC03-BP07", severity="medium")
def invocation_only(permission: FunctionPermission) -> Verdict:
    """{Kinds} allow a function to be called, and nothing else.

    What calls a function needs to read or change neither its code nor its settings, in which keys may stand. An asterisk
    allows both.

    Fix: set {action.name} to lambda:InvokeFunction.
    """
    return permission.is_for_calls()
