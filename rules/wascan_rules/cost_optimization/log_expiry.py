from wascan.kinds.logs import LogGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("COST04-BP05", "SUS04-BP03", severity="low")
def log_expiry(group: LogGroup) -> Verdict:
    """{Kinds} forget logs some day.

    Without a number of days logs are kept for ever, and paid for each month.

    Fix: set {days.name} to as many days as the logs are worth.
    """
    return group.days.at_least(1)
