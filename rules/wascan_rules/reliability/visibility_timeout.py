from wascan.kinds.lambda_ import EventSourceMapping
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL05-BP03", severity="low")
def visibility_timeout(mapping: EventSourceMapping, *, times: int = 6) -> Verdict:
    """{Kinds} read from queues that hide a message until the function has had time to retry.

    A message that comes back while it is still worked on is worked on twice. Lambda also holds messages back while it
    throttles; AWS recommends six times the timeout of the function.

    Fix: set the visibility timeout of the queue to six times the timeout of the function.
    """
    return mapping.hides_messages_for(times)


@visibility_timeout.applies
def reads_queue(mapping: EventSourceMapping) -> Verdict:
    """What reads from a queue in sight, for a function in sight."""
    return mapping.reads_queue_in_sight()
