"""AWS CloudTrail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, Many, One
from wascan.kind import Block
from wascan.kinds.families import Encrypts, Protected, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags
from wascan.kinds.trailalarms import WatchedTrail

if TYPE_CHECKING:
    from wascan.verdict import Verdict


_OBJECTS = "AWS::S3::Object"


class EventSelector(Block):
    """Which events a trail records."""

    direction = One(cfn="$.ReadWriteType", tf="$.read_write_type", default="All")
    data_types = Many(cfn="$.DataResources[*].Type", tf="$.data_resource[*].type")

    def records_objects(self) -> Verdict:
        objects = self.data_types.any(lambda one: one.equals(_OBJECTS), _OBJECTS)
        return objects & self.direction.equals("All")


class AdvancedSelector(Block):
    """Which events a trail records, field by field; without a ``readOnly`` it is both ways."""

    resource_types = Many(
        cfn="$.FieldSelectors[?@.Field=='resources.type'].Equals[*]",
        tf="$.field_selector[?@.field=='resources.type'].equals[*]",
    )
    read_only = Many(
        cfn="$.FieldSelectors[?@.Field=='readOnly'].Equals[*]", tf="$.field_selector[?@.field=='readOnly'].equals[*]"
    )

    def records_objects(self) -> Verdict:
        objects = self.resource_types.any(lambda one: one.equals(_OBJECTS), _OBJECTS)
        return objects & self.read_only.is_empty()


class Trail(Encrypts, TakesKey, WatchedTrail, Taggable):
    """A trail. What it delivers is encrypted, by S3 with a key of its own unless there is another."""

    types = ("AWS::CloudTrail::Trail", "aws_cloudtrail")
    slug = "cloudtrail-trail"
    noun = "CloudTrail trail"
    own_name = One(cfn="$.TrailName", tf="$.name")
    encrypted = Always(True, "AWS CloudTrail User Guide, Encrypting CloudTrail log files with AWS KMS keys")
    key = Key(cfn="$.KMSKeyId", tf="$.kms_key_id")
    everywhere = Flag(cfn="$.IsMultiRegionTrail", tf="$.is_multi_region_trail")
    validated = Flag(cfn="$.EnableLogFileValidation", tf="$.enable_log_file_validation")
    log_group = One(cfn="$.CloudWatchLogsLogGroupArn", tf="$.cloud_watch_logs_group_arn")
    enabled = Flag(cfn="$.IsLogging", tf="$.enable_logging", default=True)
    topic = One(cfn="$.SnsTopicName", tf="$.sns_topic_name")
    selectors = Many(block=EventSelector, cfn="$.EventSelectors[*]", tf="$.event_selector[*]")
    advanced_selectors = Many(
        block=AdvancedSelector, cfn="$.AdvancedEventSelectors[*]", tf="$.advanced_event_selector[*]"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def records_objects(self) -> Verdict:
        """Whether it records who reads and writes the objects of buckets."""
        plain = self.selectors.any(lambda selector: selector.records_objects(), "objects")
        return plain | self.advanced_selectors.any(lambda selector: selector.records_objects(), "objects")


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
