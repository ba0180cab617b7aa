from typing import Literal

from wascan.kinds.s3 import Bucket
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP04", "REL09-BP02", severity="medium")
def object_lock(bucket: Bucket, *, mode: Literal["GOVERNANCE", "COMPLIANCE"]) -> Verdict:
    """{Kinds} lock their objects by default.

    A locked version cannot be deleted or overwritten before its retention ends, in compliance mode not even by the
    account's root user. That suits records and backups, and gets in the way everywhere else, so this rule judges only
    where somebody has chosen a mode; the stricter mode satisfies the other.

    Fix: set {lock_mode}, with a retention period.
    """
    return bucket.lock_mode.one_of(*dict.fromkeys((mode, "COMPLIANCE")))
