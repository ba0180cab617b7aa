from wascan.kinds.permissions import Identity
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="medium")
def full_access_policies(identity: Identity) -> Verdict:
    """{Kinds} do not use AWS's full-access policies.

    AmazonS3FullAccess gives every bucket of the account, deletion included; PowerUserAccess gives nearly everything.
    They are there to try things out.

    Fix: put a policy of your own, with just the actions and resources that are needed, in its place in
    {managed_policies.name}.
    """
    return ~identity.has_full_access()
