from wascan.kinds.kms import AnyKey
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP01", severity="low")
def key_deletion_window(key: AnyKey, *, days: int = 30) -> Verdict:
    """{Kinds} wait long before they are deleted.

    With a key goes everything that was encrypted with it. The waiting period is when somebody notices that the key is
    still in use, in a backup or a monthly job, and can take the deletion back.

    Fix: set {deletion_days}, or leave it out.
    """
    return key.deletion_days.at_least(days)
