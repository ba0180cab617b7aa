from wascan.kinds.cloudtrail import Trail
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP02", severity="low")
def trail_notifications(trail: Trail) -> Verdict:
    """{Kinds} announce each delivery of logs.

    Whoever works on the logs, or has to see that they still come, needs a message about each delivery.

    Fix: set {topic.name} to a topic.
    """
    return trail.topic.is_present()
