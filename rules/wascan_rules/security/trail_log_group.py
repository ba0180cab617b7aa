from wascan.kinds.cloudtrail import Trail
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP02", "SEC04-BP03", severity="low")
def trail_log_group(trail: Trail) -> Verdict:
    """{Kinds} send events to CloudWatch Logs.

    Files in a bucket are looked at afterwards. In a log group a filter can count what should not happen, and set
    off an alarm within minutes.

    Fix: set {log_group.name} to a log group.
    """
    return trail.log_group.is_present()
