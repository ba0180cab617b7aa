from wascan.kinds.lambda_ import FunctionPermission
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", severity="high")
def open_invocation(permission: FunctionPermission) -> Verdict:
    """{Kinds} do not let everybody call the function.

    With the principal "*" every customer of AWS may call it, as often as they like, and at your cost.

    Fix: set {principal.name} to the service or account that calls the function, or set {organization.name}.
    """
    return ~permission.is_for_everybody()
