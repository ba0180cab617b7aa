from wascan.kinds.cloudtrail import Trail
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", "SEC10-BP03", severity="medium")
def trail_validation(trail: Trail) -> Verdict:
    """{Kinds} can prove that nobody changed their logs.

    Whoever was there may take himself out of the logs. With digests it shows that something is missing.

    Fix: set {validated}.
    """
    return trail.validated.is_true()
