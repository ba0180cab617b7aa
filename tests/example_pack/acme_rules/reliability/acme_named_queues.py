from wascan.kinds.sqs import Queue
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS05-BP06", severity="low")
def acme_named_queues(queue: Queue, *, prefix: str = "acme-") -> Verdict:
    """{Kinds} bear a name with Acme's prefix.

    Acme's dashboards find queues by it.

    Fix: begin {own_name.name} with the prefix.
    """
    return queue.own_name.starts_with(prefix)
