from wascan.kinds.permissions import Grants
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="high")
def administrator_access(thing: Grants) -> Verdict:
    """{Kinds} do not allow everything on everything.

    Whoever gets hold of it owns the account: the data, the bill, and the logs that would show it. No workload needs
    every action of every service.

    Fix: replace the asterisks with the actions and resources that are needed, and detach AdministratorAccess.
    """
    return ~thing.gives_everything()
