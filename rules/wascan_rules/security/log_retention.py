from wascan.kinds.logs import LogGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", "SEC10-BP03", severity="low")
def log_retention(group: LogGroup, *, days: int = 365) -> Verdict:
    """{Kinds} keep logs long enough to look into an attack.

    Attacks are found months after they began. Logs that are gone by then tell nothing. How long is enough depends
    on what is in them.

    Fix: set {days.name} to a year or more, or give the option `days` of this rule what you keep such logs for.
    """
    return group.days.at_least(days) | group.days.equals(0)
