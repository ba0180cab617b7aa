from wascan.kinds.kms import KMSKey
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP01", severity="medium")
def key_rotation(key: KMSKey) -> Verdict:
    """KMS keys are rotated every year.

    Rotation limits how much is encrypted under one version of a key. KMS keeps the earlier versions to decrypt what
    they have encrypted, so nothing breaks.

    Fix: set {rotates}.
    """
    return key.rotates.is_true()


@key_rotation.applies
def rotatable(key: KMSKey) -> Verdict:
    """KMS rotates symmetric encryption keys whose material it made itself (AWS KMS Developer Guide, "Rotate AWS KMS
    keys")."""
    encrypts = key.spec.equals("SYMMETRIC_DEFAULT") & key.usage.equals("ENCRYPT_DECRYPT")
    return encrypts & key.origin.equals("AWS_KMS")
