from wascan.kinds.ebs import DefaultEncryption
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP02", "SEC08-BP03", severity="medium")
def ebs_default_encryption(setting: DefaultEncryption) -> Verdict:
    """New EBS volumes are encrypted by default.

    With the account's setting on, no volume and no snapshot can be made in the Region without encryption, whoever makes
    it and by what means.

    Fix: set {enabled}.
    """
    return setting.enabled.is_true()
