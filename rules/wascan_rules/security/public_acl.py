from wascan.kinds.s3 import Bucket
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC08-BP04", severity="high")
def public_acl(bucket: Bucket) -> Verdict:
    """ACLs of {kinds} grant nothing to everybody.

    A public ACL lets anybody list the bucket, or even write to it. "Authenticated users" are no better: they are all
    customers of AWS.

    Fix: set {acl.name} to private, or leave it out, and share objects through a policy or CloudFront.
    """
    return ~bucket.has_public_acl()
