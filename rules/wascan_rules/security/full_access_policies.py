from wascan.kinds.permissions import Identity
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="medium")
def full_access_policies(identity: Identity) -> Verdict:
    """{Kinds} have none of AWS's policies that allow all that a service can do.

    AmazonS3FullAccess is every bucket of the account, for deleting too; PowerUserAccess is nearly the account. They are there to try things out with.

    Fix: put a policy of your own, with just the actions and resources that are needed, in its place in
    {managed_policies.name}.
    """
    return ~identity.has_full_access()
