from wascan.kinds.cloudtrail import Trail
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", "SEC07-BP02", severity="low")
def object_events(trail: Trail) -> Verdict:
    """{Kinds} record reads and writes of S3 objects.

    A trail records what is done to buckets. What is done to objects in them, which is where data leaks, has to be
    asked for.

    Fix: add an event selector for AWS::S3::Object, for reading and writing.
    """
    return trail.records_objects()
