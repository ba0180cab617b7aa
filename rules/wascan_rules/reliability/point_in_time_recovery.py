from wascan.kinds.families import RecoversToAnyPoint
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL09-BP01", "REL09-BP03", severity="medium")
def point_in_time_recovery(store: RecoversToAnyPoint) -> Verdict:
    """{Kinds} can be restored to any point in time.

    A bad deployment writes wrong data everywhere at once. Continuous backups lose seconds where daily ones lose a day.

    Fix: set {point_in_time_recovery}.
    """
    return store.recovers_to_any_point()
