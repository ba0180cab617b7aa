from wascan.kinds.cloudtrail import Trail
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", severity="medium")
def trail_in_all_regions(trail: Trail) -> Verdict:
    """{Kinds} cover all Regions.

    Whoever steals a key works in a Region that nobody watches. A trail of one Region does not see that.

    Fix: set {everywhere}.
    """
    return trail.everywhere.is_true()
