from wascan.kinds.cloudtrail import Trail
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", "SEC10-BP03", severity="medium")
def trail_validation(trail: Trail) -> Verdict:
    """{Kinds} can prove that nobody changed their logs.

    An intruder may delete their traces from the logs. Digests show that something is missing.

    Fix: set {validated}.
    """
    return trail.validated.is_true()
