from wascan.kinds.cloudwatch import Watched
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS08-BP04", "REL06-BP03", severity="medium", evidence="elsewhere")
def alarms(thing: Watched) -> Verdict:
    """{Kinds} have an alarm.

    Failures in a queue or a workflow are silent, for nobody waits for an answer. Without an alarm a customer is the
    first to notice.

    Fix: add a CloudWatch alarm on one of its metrics, such as its failures or the age of its oldest message.
    """
    return thing.has_alarm()


@alarms.applies
def matters(thing: Watched) -> Verdict:
    """A queue that is worked off shows its trouble in what works it off."""
    return thing.needs_alarm()
