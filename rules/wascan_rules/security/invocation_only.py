from wascan.kinds.lambda_ import FunctionPermission
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC03-BP07", severity="medium")
def invocation_only(permission: FunctionPermission) -> Verdict:
    """{Kinds} allow a function to be called, and nothing else.

    A caller of a function has no need to read or change its code, or its settings, which may hold keys. An asterisk
    allows both.

    Fix: set {action.name} to lambda:InvokeFunction.
    """
    return permission.is_for_calls()
