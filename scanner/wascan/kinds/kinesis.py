"""Amazon Kinesis."""

from __future__ import annotations

from wascan.attribute import Always, Flag, One
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags


class Stream(Encrypts, TakesKey, Taggable):
    """A data stream. It keeps records for a day unless told otherwise (Amazon Kinesis Data Streams Developer Guide,
    "Change the data retention period").
    """

    types = ("AWS::Kinesis::Stream", "aws_kinesis_stream")
    slug = "kinesis-stream"
    noun = "Kinesis stream"
    own_name = One(cfn="$.Name", tf="$.name")
    encrypted = Flag(on=("KMS",), cfn="$.StreamEncryption.EncryptionType", tf="$.encryption_type")
    key = Key(cfn="$.StreamEncryption.KeyId", tf="$.kms_key_id")
    retention_hours = One(cfn="$.RetentionPeriodHours", tf="$.retention_period", default=24)
    tags = Tags(cfn="$.Tags", tf="$.tags")


class VideoStream(Encrypts, TakesKey, Taggable):
    """A stream of video."""

    types = ("AWS::KinesisVideo::Stream", "aws_kinesis_video_stream")
    slug = "kinesis-video-stream"
    noun = "Kinesis video stream"
    own_name = One(cfn="$.Name", tf="$.name")
    encrypted = Always(True, "Amazon Kinesis Video Streams Developer Guide, Data protection in Kinesis Video Streams")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")
