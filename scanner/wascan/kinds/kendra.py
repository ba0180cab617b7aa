"""Amazon Kendra."""

from __future__ import annotations

from wascan.attribute import Always
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags


class SearchIndex(Encrypts, TakesKey, Taggable):
    """An index."""

    types = ("AWS::Kendra::Index", "aws_kendra_index")
    slug = "kendra-index"
    noun = "Kendra index"
    encrypted = Always(True, "Amazon Kendra Developer Guide, Encryption at rest")
    key = Key(
        cfn="$.ServerSideEncryptionConfiguration.KmsKeyId", tf="$.server_side_encryption_configuration[*].kms_key_id"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")
