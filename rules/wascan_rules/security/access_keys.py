from wascan.kinds.iam import AccessKey
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP02", "SEC02-BP05", severity="medium")
def access_keys(key: AccessKey) -> Verdict:
    """There are no {kinds} that hold for ever.

    Keys are copied into files, mails and repositories, and hold until somebody finds out. A role gives keys that are
    worthless an hour later.

    Fix: let what needs access take on a role, by an instance profile, IAM Roles Anywhere or an identity provider.
    """
    return ~key.active.is_true()
