from wascan.kinds.families import KeepsFailures
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL05-BP04", severity="medium")
def dead_letter_queue(thing: KeepsFailures) -> Verdict:
    """{Kinds} put aside what they could not process.

    What fails again and again blocks what comes behind it, or is dropped without a trace. Put aside, it can be looked
    into and sent again.

    Fix: set {failures_to.name} to a queue for failures.
    """
    return thing.keeps_failures()


@dead_letter_queue.applies
def loses(thing: KeepsFailures) -> Verdict:
    """A queue for failures needs none of its own."""
    return thing.can_fail_quietly()
