from wascan.kinds.s3 import BlocksPublicAccess
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC08-BP04", severity="medium")
def bucket_public_access_blocked(store: BlocksPublicAccess) -> Verdict:
    """{Kinds} block public access in all four ways.

    One careless statement in a policy or one public ACL is enough to publish a bucket. With the block on, S3 refuses
    both, whoever writes them later. Buckets made since April 2023 have it on until somebody switches it off; saying so
    in the template keeps it on.

    Fix: set {blocks_acls}, {ignores_acls}, {blocks_policy} and {restricts_access}.
    """
    return (
        store.blocks_acls.is_true()
        & store.ignores_acls.is_true()
        & store.blocks_policy.is_true()
        & store.restricts_access.is_true()
    )


@bucket_public_access_blocked.applies
def own_affair(store: BlocksPublicAccess) -> Verdict:
    """A block is judged with its bucket where that is at hand."""
    return store.decides_access()
