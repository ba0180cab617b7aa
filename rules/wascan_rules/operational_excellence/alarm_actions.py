from wascan.kinds.cloudwatch import Alarm
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS08-BP04", "REL06-BP03", severity="low")
def alarm_actions(alarm: Alarm) -> Verdict:
    """{Kinds} notify somebody.

    An alarm without an action turns red on a page that nobody looks at.

    Fix: add a topic or another action to {actions.name}, and switch {enabled.name} on.
    """
    return ~alarm.actions.is_empty() & alarm.enabled.is_true()
