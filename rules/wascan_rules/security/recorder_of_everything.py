from wascan.kinds.config import ConfigurationRecorder
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", severity="low")
def recorder_of_everything(recorder: ConfigurationRecorder) -> Verdict:
    """{Kinds} record all resource types.

    Of a type that is left out nobody can say who changed what, and no rule looks at it.

    Fix: set {everything}.
    """
    return recorder.records_everything()
