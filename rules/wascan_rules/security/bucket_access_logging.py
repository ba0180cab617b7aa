from wascan.kinds.s3 import Bucket
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", severity="low")
def bucket_access_logging(bucket: Bucket) -> Verdict:
    """{Kinds} log who reads and writes their objects.

    After an incident the first question is which objects were read. Without access logs nobody can say, and all of
    them count as lost.

    Fix: set {logs_access.name} to a bucket for logs.
    """
    return bucket.logs_access.is_true()


@bucket_access_logging.applies
def keeps_no_access_logs(bucket: Bucket) -> Verdict:
    """A bucket that takes the access logs of others would log each log that it is sent."""
    return ~bucket.takes_access_logs()
