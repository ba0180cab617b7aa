from wascan.kinds.rds import HasInsights
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP01", severity="low")
def performance_insights_key(database: HasInsights) -> Verdict:
    """Performance Insights data of {kinds} is encrypted with a customer-managed key.

    It keeps the statements that were run, and with them whatever somebody wrote into one. Whoever may not read the
    database should not be able to read them there.

    Fix: set {insights_key.name} to a customer-managed KMS key; it cannot be changed later.
    """
    return database.insights_key.is_customer_managed()


@performance_insights_key.applies
def watched(database: HasInsights) -> Verdict:
    """Where it is not switched on, it gathers nothing."""
    return database.insights.is_true()
