from wascan.kinds.iam import AccessKey
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP02", "SEC02-BP05", severity="medium")
def access_keys(key: AccessKey) -> Verdict:
    """Nobody signs in with long-lived {kinds}.

    Keys are copied into files, mails and repositories, and work until somebody revokes them. A role gives keys that
    expire within hours.

    Fix: let what needs access assume a role, through an instance profile, IAM Roles Anywhere or an identity provider.
    """
    return ~key.active.is_true()
