from wascan.kinds.guardduty import Detector
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", "SEC04-BP03", severity="medium")
def threat_detection(detector: Detector) -> Verdict:
    """{Kinds} are on.

    GuardDuty reads the logs that nobody has time for. A detector that is switched off finds nothing, and looks like
    protection.

    Fix: set {enabled}.
    """
    return detector.enabled.is_true()
