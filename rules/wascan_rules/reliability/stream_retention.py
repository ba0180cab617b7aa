from wascan.kinds.kinesis import Stream
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL09-BP01", severity="low")
def stream_retention(stream: Stream, *, hours: int = 168) -> Verdict:
    """{Kinds} keep records long enough to read them again.

    A consumer that fails on Friday night, or that wrote wrong data all day, has to read the stream again. Records that
    have expired by then are lost.

    Fix: set {retention_hours}.
    """
    return stream.retention_hours.at_least(hours)
