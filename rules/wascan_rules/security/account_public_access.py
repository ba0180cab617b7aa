from wascan.kinds.exposure import RefusesPublicAccess
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", severity="medium")
def account_public_access(setting: RefusesPublicAccess) -> Verdict:
    """{Kinds} are on.

    One careless click publishes a disk, an image or a cluster. A setting of the account can refuse that, whoever
    clicks; this one is there, but off.

    Fix: {refusing}.
    """
    return setting.refuses()
