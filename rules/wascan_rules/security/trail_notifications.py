from wascan.kinds.cloudtrail import Trail
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP02", severity="low")
def trail_notifications(trail: Trail) -> Verdict:
    """{Kinds} tell when logs are delivered.

    Whoever works on the logs, or has to see that they still come, waits for a message of each delivery.

    Fix: set {topic.name} to a topic.
    """
    return trail.topic.is_present()
