from wascan.kinds.s3 import Bucket
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SUS04-BP03", "COST04-BP05", "SEC07-BP04", severity="low")
def bucket_lifecycle(bucket: Bucket) -> Verdict:
    """{Kinds} move objects to colder storage, or let them expire.

    What nobody deletes stays for ever, is paid for every month, and is there for whoever breaks in.

    Fix: set {lifecycle.name} to Enabled in a rule that moves objects or lets them expire.
    """
    return bucket.lifecycle.any(lambda status: status.one_of("Enabled", True), "an enabled rule")
