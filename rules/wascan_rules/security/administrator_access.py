from wascan.kinds.permissions import Grants
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="high")
def administrator_access(thing: Grants) -> Verdict:
    """{Kinds} do not give every permission on everything.

    Whoever gets hold of it owns the account: the data, the bill, the logs that would tell of it. No workload needs every
    action of every service.

    Fix: put the actions and resources that are needed in the place of the asterisks, and take AdministratorAccess off.
    """
    return ~thing.gives_everything()
