from wascan.kinds.cloudtrail import Trail
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", severity="high")
def trail_enabled(trail: Trail) -> Verdict:
    """{Kinds} are on.

    Attackers stop trails to cover their tracks.

    Fix: set {enabled}.
    """
    return trail.enabled.is_true()
