from wascan.kinds.iam import AccessKey
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC01-BP02", "SEC02-BP02", severity="high")
def root_access_key(key: AccessKey) -> Verdict:
    """The root user has no access key.

    No policy limits the root user. Its key opens everything in the account, and can even close the account.

    Fix: delete the key, and use a role in its place.
    """
    is_root = key.user.satisfies(lambda name: name.lower() in ("root", "<root_account>"), "root")
    return ~(is_root & key.active.is_true())
