"""Amazon CloudWatch Logs."""

from __future__ import annotations

from wascan.attribute import Always, One
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags


class LogGroup(Encrypts, TakesKey, Taggable):
    """A log group."""

    types = ("AWS::Logs::LogGroup", "aws_cloudwatch_log_group")
    slug = "log-group"
    noun = "log group"
    own_name = One(cfn="$.LogGroupName", tf="$.name")
    encrypted = Always(True, "Amazon CloudWatch Logs User Guide, Encrypt log data in CloudWatch Logs using AWS KMS")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    days = One(cfn="$.RetentionInDays", tf="$.retention_in_days", default=0)
    tags = Tags(cfn="$.Tags", tf="$.tags")
