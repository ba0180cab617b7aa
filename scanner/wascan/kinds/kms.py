"""AWS Key Management Service."""

from __future__ import annotations

from wascan.kind import Flag, One
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags


class KMSKey(Taggable):
    """A KMS key that the customer makes."""

    types = ("AWS::KMS::Key", "aws_kms_key")
    slug = "kms-key"
    noun = "KMS key"
    spec = One(cfn="$.KeySpec", tf="$.customer_master_key_spec", default="SYMMETRIC_DEFAULT")
    origin = One(cfn="$.Origin", tf=None, default="AWS_KMS")
    rotates = Flag(cfn="$.EnableKeyRotation", tf="$.enable_key_rotation")
    tags = Tags(cfn="$.Tags", tf="$.tags")
