"""Amazon Simple Queue Service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Beside, Flag, Many, One
from wascan.kinds.families import Encrypts, KeepsFailures, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Queue(Encrypts, TakesKey, KeepsFailures, Taggable):
    """A queue.

    New queues are encrypted with a key that SQS owns unless somebody switches that off (Amazon SQS Developer Guide,
    "Configuring server-side encryption for a queue using SQS-managed encryption keys").
    """

    types = ("AWS::SQS::Queue", "aws_sqs_queue")
    slug = "sqs-queue"
    noun = "SQS queue"
    own_name = One(cfn="$.QueueName", tf="$.name")
    encrypted = Flag(cfn="$.SqsManagedSseEnabled", tf="$.sqs_managed_sse_enabled", default=True)
    key = Key(cfn="$.KmsMasterKeyId", tf="$.kms_master_key_id")
    failures_to = One(
        cfn="$.RedrivePolicy.deadLetterTargetArn",
        tf=("$.redrive_policy", Beside("aws_sqs_queue_redrive_policy", "$.redrive_policy", by="$.queue_url")),
    )
    failures_of = Many(
        cfn=(
            Beside("AWS::SQS::Queue", "$.RedrivePolicy", by="$.RedrivePolicy.deadLetterTargetArn"),
            Beside("AWS::SNS::Subscription", "$.RedrivePolicy", by="$.RedrivePolicy.deadLetterTargetArn"),
            Beside("AWS::Lambda::Function", "$.DeadLetterConfig", by="$.DeadLetterConfig.TargetArn"),
            Beside("AWS::Serverless::Function", "$.DeadLetterQueue", by="$.DeadLetterQueue.TargetArn"),
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def can_fail_quietly(self) -> Verdict:
        """A queue that takes the failures of others is looked at by people, not by a consumer."""
        return self.failures_of.is_empty()
