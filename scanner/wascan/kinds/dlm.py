"""Amazon Data Lifecycle Manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, Many
from wascan.kind import Block
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class EventCopy(Block):
    """A copy in another Region that an event asks for."""

    encrypted = Flag(cfn="$.EncryptionConfiguration.Encrypted", tf="$.encryption_configuration[*].encrypted")
    key = Key(cfn="$.EncryptionConfiguration.CmkArn", tf="$.encryption_configuration[*].cmk_arn")


class ScheduledCopy(Block):
    """A copy in another Region that a schedule asks for."""

    encrypted = Flag(cfn="$.Encrypted", tf="$.encrypted")
    key = Key(cfn="$.CmkArn", tf="$.cmk_arn")


class LifecyclePolicy(Encrypts, TakesKey, Taggable):
    """A policy for snapshots. Those in the Region are encrypted as their volumes are, copies in others as it says."""

    types = ("AWS::DLM::LifecyclePolicy", "aws_dlm_lifecycle_policy")
    slug = "dlm-lifecycle-policy"
    noun = "snapshot lifecycle policy"
    encryption = "encrypt the copies in {scheduled_copies.name}"
    own_key = "give the copies in {scheduled_copies.name} a customer-managed KMS key"
    event_copies = Many(
        block=EventCopy,
        cfn="$.PolicyDetails.Actions[*].CrossRegionCopy[*]",
        tf="$.policy_details[*].action[*].cross_region_copy[*]",
    )
    scheduled_copies = Many(
        block=ScheduledCopy,
        cfn="$.PolicyDetails.Schedules[*].CrossRegionCopyRules[*]",
        tf="$.policy_details[*].schedule[*].cross_region_copy_rule[*]",
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_encryption(self) -> Verdict:
        return ~(self.event_copies.is_empty() & self.scheduled_copies.is_empty())

    def is_encrypted(self) -> Verdict:
        return self.event_copies.every(lambda copy: copy.encrypted.is_true()) & self.scheduled_copies.every(
            lambda copy: copy.encrypted.is_true()
        )

    def has_own_key(self) -> Verdict:
        return self.event_copies.every(lambda copy: copy.key.is_customer_managed()) & self.scheduled_copies.every(
            lambda copy: copy.key.is_customer_managed()
        )
