from wascan.kinds.logs import LogGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", "SEC10-BP03", severity="low")
def log_retention(group: LogGroup, *, days: int = 365) -> Verdict:
    """{Kinds} keep logs long enough to investigate an attack.

    Attacks are found months after they began. Logs that are gone by then are of no help. How long is enough depends on
    what is in them.

    Fix: set {days.name} to a year or more, or set the option `days` of this rule to your own retention period.
    """
    return group.days.at_least(days) | group.days.equals(0)
