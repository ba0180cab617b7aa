from wascan.kinds.cloudwatch import Watched
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS08-BP04", "REL06-BP03", severity="medium", evidence="elsewhere")
def alarms(thing: Watched) -> Verdict:
    """{Kinds} have an alarm.

    Failures that are put aside or end a workflow are silent: nobody waits for an answer that could stay away. What
    nobody is told of is found by a customer.

    Fix: add a CloudWatch alarm on one of its metrics, such as its failures or the age of its oldest message.
    """
    return thing.has_alarm()


@alarms.applies
def matters(thing: Watched) -> Verdict:
    """A queue that is worked off shows its trouble in what works it off."""
    return thing.needs_alarm()
