"""Amazon Connect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Many
from wascan.kinds.families import TakesKey
from wascan.kinds.keys import Key

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_TF = "$.storage_config[*]"


class InstanceStorage(TakesKey):
    """Where a contact centre keeps recordings, transcripts and reports. Streams of records are encrypted as streams."""

    types = ("AWS::Connect::InstanceStorageConfig", "aws_connect_instance_storage_config")
    slug = "connect-storage"
    noun = "Connect storage configuration"
    places = Many(
        cfn=("$.S3Config.BucketName", "$.KinesisVideoStreamConfig.Prefix"),
        tf=(f"{_TF}.s3_config[*].bucket_name", f"{_TF}.kinesis_video_stream_config[*].prefix"),
    )
    key = Key(
        cfn=("$.KinesisVideoStreamConfig.EncryptionConfig.KeyId", "$.S3Config.EncryptionConfig.KeyId"),
        tf=(
            f"{_TF}.kinesis_video_stream_config[*].encryption_config[*].key_id",
            f"{_TF}.s3_config[*].encryption_config[*].key_id",
        ),
    )

    def decides_encryption(self) -> Verdict:
        return ~self.places.is_empty()
