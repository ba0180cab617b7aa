from wascan.kinds.lambda_ import FunctionPermission
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC03-BP09", severity="medium")
def invocation_source(permission: FunctionPermission) -> Verdict:
    """{Kinds} for a service name the account or resource that it calls for.

    A service calls for all of its customers. Without a source, somebody else's bucket, topic or API can make it call this
    function.

    Fix: set {source.name} to the ARN of what calls the function, or {account.name} to your account.
    """
    return permission.names_caller()


@invocation_source.applies
def calls_for_others(permission: FunctionPermission) -> Verdict:
    """Accounts and roles call for themselves."""
    return permission.is_for_service()
