from wascan.kinds.secretsmanager import Secret
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP05", "SEC02-BP03", severity="medium")
def secret_rotation(secret: Secret, *, days: int = 90) -> Verdict:
    """{Kinds} are rotated on a schedule.

    A password that never changes is known to everybody who ever saw it, and to every log and backup that it got into.

    Fix: set {rotation_days}.
    """
    return secret.rotates_within(days)
