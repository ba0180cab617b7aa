"""AWS CloudTrail."""

from __future__ import annotations

from wascan.kind import Always, Flag, One
from wascan.kinds.families import Encrypts, Protected, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags


class Trail(Encrypts, TakesKey, Taggable):
    """A trail. What it delivers is encrypted, by S3 with a key of its own unless there is another."""

    types = ("AWS::CloudTrail::Trail", "aws_cloudtrail")
    slug = "cloudtrail-trail"
    noun = "CloudTrail trail"
    own_name = One(cfn="$.TrailName", tf="$.name")
    encrypted = Always(True, "AWS CloudTrail User Guide, Encrypting CloudTrail log files with AWS KMS keys")
    key = Key(cfn="$.KMSKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class EventDataStore(Encrypts, TakesKey, Protected, Taggable):
    """A store of events that can be queried."""

    types = ("AWS::CloudTrail::EventDataStore", "aws_cloudtrail_event_data_store")
    slug = "cloudtrail-event-data-store"
    noun = "CloudTrail event data store"
    own_name = One(cfn="$.Name", tf="$.name")
    encrypted = Always(True, "AWS CloudTrail User Guide, CloudTrail Lake event data stores")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    deletion_protection = Flag(
        cfn="$.TerminationProtectionEnabled", tf="$.termination_protection_enabled", default=True
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")
