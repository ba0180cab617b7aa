from wascan.kinds.iam import AccessKey
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC01-BP02", "SEC02-BP02", severity="high")
def root_access_key(key: AccessKey) -> Verdict:
    """The root user has no access key.

    No policy limits the root user. A key of it opens everything in the account, also what closes the account.

    Fix: delete the key, and take a role for what it was made for.
    """
    is_root = key.user.satisfies(lambda name: name.lower() in ("root", "<root_account>"), "root")
    return ~(is_root & key.active.is_true())
