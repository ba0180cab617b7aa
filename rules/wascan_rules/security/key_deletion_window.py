from wascan.kinds.kms import AnyKey
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP01", severity="low")
def key_deletion_window(key: AnyKey, *, days: int = 30) -> Verdict:
    """{Kinds} are deleted only after a long waiting period.

    With a key goes everything that was encrypted with it. The waiting period gives somebody time to notice that the
    key is still in use, by a backup or a monthly job, and to cancel the deletion.

    Fix: set {deletion_days}, or leave it out.
    """
    return key.deletion_days.at_least(days)
