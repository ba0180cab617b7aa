from wascan.kinds.s3 import Bucket
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("COST04-BP05", "SUS04-BP05", severity="low")
def incomplete_uploads(bucket: Bucket, *, days: int = 7) -> Verdict:
    """{Kinds} abort uploads that were never finished.

    The parts of a broken multipart upload show up in no listing and are billed until somebody aborts it.

    Fix: set {aborts_uploads_after.name} to a few days in an enabled rule.
    """
    return bucket.aborts_uploads_after.any(lambda after: after.at_most(days), "a rule that aborts uploads in time")
