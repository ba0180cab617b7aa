from wascan.kinds.s3 import Bucket
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC08-BP04", severity="high")
def bucket_public_access_blocked(bucket: Bucket) -> Verdict:
    """{Kinds} block public access in all four ways.

    One careless statement in a policy or one public ACL is enough to publish a bucket. With the block on, S3 refuses
    both, whoever writes them later. Buckets made since April 2023 have it on until somebody switches it off; saying so
    in the template keeps it on.

    Fix: set {blocks_acls}, {ignores_acls}, {blocks_policy} and {restricts_access}.
    """
    return (
        bucket.blocks_acls.is_true()
        & bucket.ignores_acls.is_true()
        & bucket.blocks_policy.is_true()
        & bucket.restricts_access.is_true()
    )
