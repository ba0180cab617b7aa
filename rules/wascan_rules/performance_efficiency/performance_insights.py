from wascan.kinds.rds import HasInsights
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("PERF03-BP03", "OPS04-BP02", severity="low")
def performance_insights(database: HasInsights) -> Verdict:
    """{Kinds} use Performance Insights.

    A slow database waits for something: a lock, the disk, one query. Performance Insights shows what it was, even last
    night.

    Fix: set {insights}.
    """
    return database.insights.is_true()


@performance_insights.applies
def own_affair(database: HasInsights) -> Verdict:
    """A cluster of Aurora is looked into instance by instance."""
    return database.decides_insights()
