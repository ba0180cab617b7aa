"""Amazon Simple Storage Service."""

from __future__ import annotations

from wascan.kind import Always, Beside, Flag, One
from wascan.kinds.families import Encrypts, Taggable, TakesKey, Versions
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

_ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration"
_DEFAULT = "apply_server_side_encryption_by_default[*]"


class Bucket(Encrypts, TakesKey, Versions, Taggable):
    """A general purpose bucket."""

    types = ("AWS::S3::Bucket", "aws_s3_bucket")
    slug = "s3-bucket"
    noun = "S3 bucket"
    own_name = One(cfn="$.BucketName", tf="$.bucket")
    encrypted = Always(True, "Amazon S3 User Guide, Setting default server-side encryption behavior for S3 buckets")
    key = Key(
        cfn="$.BucketEncryption.ServerSideEncryptionConfiguration[*].ServerSideEncryptionByDefault.KMSMasterKeyID",
        tf=(
            f"$.server_side_encryption_configuration[*].rule[*].{_DEFAULT}.kms_master_key_id",
            Beside(_ENCRYPTION, f"$.rule[*].{_DEFAULT}.kms_master_key_id", by="$.bucket"),
        ),
    )
    versioned = Flag(
        on=("Enabled", "true"),
        cfn="$.VersioningConfiguration.Status",
        tf=(
            "$.versioning[*].enabled",
            Beside("aws_s3_bucket_versioning", "$.versioning_configuration[*].status", by="$.bucket"),
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")
