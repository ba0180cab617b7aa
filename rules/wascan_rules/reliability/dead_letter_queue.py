from wascan.kinds.families import KeepsFailures
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL05-BP04", severity="medium")
def dead_letter_queue(thing: KeepsFailures) -> Verdict:
    """{Kinds} keep what they could not process.

    A message that fails again and again blocks those behind it, or is dropped without a trace. One that is kept aside
    can be looked into and sent again.

    Fix: set {failures_to.name} to a dead-letter queue.
    """
    return thing.keeps_failures()


@dead_letter_queue.applies
def loses(thing: KeepsFailures) -> Verdict:
    """A queue for failures needs none of its own."""
    return thing.can_fail_quietly()
