from wascan.kinds.policies import Statement
from wascan.kinds.s3 import Bucket
from wascan.kinds.sharing import refuses_plain_http
from wascan.rule import rule
from wascan.verdict import Verdict

_REFUSAL = "a statement that refuses plain HTTP"


@rule("SEC09-BP02", severity="medium")
def bucket_tls_only(bucket: Bucket) -> Verdict:
    """{Kinds} refuse requests that are not encrypted in transit.

    S3 answers plain HTTP too, and anybody on the way sees keys, names and contents. Only a policy can refuse it.

    Fix: add a statement to {policy.name} that denies s3:* to everybody, on the bucket and its objects, where
    aws:SecureTransport is false.
    """

    def denies(statement: Statement) -> Verdict:
        return refuses_plain_http(statement, "s3:*")

    objects = bucket.policy.any(lambda one: denies(one) & one.covers_everything_in(), _REFUSAL)
    itself = bucket.policy.any(lambda one: denies(one) & one.covers_itself(bucket.own_name), _REFUSAL)
    return objects & itself
