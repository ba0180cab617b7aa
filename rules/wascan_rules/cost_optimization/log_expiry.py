from wascan.kinds.logs import LogGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("COST04-BP05", "SUS04-BP03", severity="low")
def log_expiry(group: LogGroup) -> Verdict:
    """{Kinds} do not keep logs for ever.

    Without a retention period logs are kept for ever, and paid for each month.

    Fix: set {days.name} to the number of days for which the logs are needed.
    """
    return group.days.at_least(1)
