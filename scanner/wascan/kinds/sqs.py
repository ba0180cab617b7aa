"""Amazon Simple Queue Service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag, Many, One
from wascan.kind import remembered
from wascan.kinds.cloudwatch import Watched
from wascan.kinds.families import Encrypts, KeepsFailures, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.redrive import DeadLetterTarget, takes_failures
from wascan.kinds.sharing import PolicyOfSeveral, Shared, refuses_plain_http
from wascan.kinds.tags import Tags
from wascan.kinds.transit import AnswersOverHTTP

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Queue(Encrypts, TakesKey, KeepsFailures, Watched, Shared, AnswersOverHTTP, Taggable):
    """A queue.

    New queues are encrypted with a key that SQS owns unless somebody switches that off (Amazon SQS Developer Guide,
    "Configuring server-side encryption for a queue using SQS-managed encryption keys").
    """

    types = ("AWS::SQS::Queue", "aws_sqs_queue")
    slug = "sqs-queue"
    noun = "SQS queue"
    own_name = One(cfn="$.QueueName", tf="$.name")
    visibility = One(cfn="$.VisibilityTimeout", tf="$.visibility_timeout_seconds", default=30)
    encrypted = Flag(cfn="$.SqsManagedSseEnabled", tf="$.sqs_managed_sse_enabled", default=True)
    key = Key(cfn="$.KmsMasterKeyId", tf="$.kms_master_key_id")
    failures_to = DeadLetterTarget(
        cfn="$.RedrivePolicy",
        tf=(Beside("aws_sqs_queue_redrive_policy", "$.redrive_policy", by="$.queue_url"), "$.redrive_policy"),
    )
    redrive_permission = One(
        cfn="$.RedriveAllowPolicy.redrivePermission",
        tf=(
            Beside("aws_sqs_queue_redrive_allow_policy", "$.redrive_allow_policy", by="$.queue_url"),
            "$.redrive_allow_policy",
        ),
    )
    policy = Policy(
        cfn=(
            Beside("AWS::SQS::QueueInlinePolicy", "$.PolicyDocument", by="$.Queue"),
            Beside("AWS::SQS::QueuePolicy", "$.PolicyDocument", by="$.Queues[*]"),
        ),
        tf=("$.policy", Beside("aws_sqs_queue_policy", "$.policy", by="$.queue_url")),
    )
    refusal = "add a statement to {policy.name} that denies sqs:* to everybody where aws:SecureTransport is false"
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_encrypted(self) -> Verdict:
        return self.encrypted.is_true() | self.key.is_present()

    def refuses_plain_http(self) -> Verdict:
        """All requests to an encrypted queue have to use HTTPS (Amazon SQS Developer Guide, "Encryption at rest in Amazon
        SQS").
        """
        return self.is_encrypted() | self.policy.any(
            lambda statement: refuses_plain_http(statement, "sqs:SendMessage", "sqs:ReceiveMessage"),
            "a statement that refuses plain HTTP",
        )

    def can_fail_quietly(self) -> Verdict:
        """A queue that takes the failures of others is looked at by people and not by a consumer."""
        return ~self.needs_alarm()

    @remembered
    def needs_alarm(self) -> Verdict:
        """Whether it takes the failures of others, or says whose it would take."""
        offered = self.redrive_permission.is_present() & ~self.redrive_permission.holds("denyAll")
        return takes_failures(self, self.own_name) | offered


class QueuePolicy(PolicyOfSeveral):
    """The policy of queues."""

    types = ("AWS::SQS::QueuePolicy", "aws_sqs_queue_policy")
    slug = "sqs-queue-policy"
    noun = "queue policy"
    owners = Many(cfn="$.Queues[*]", tf="$.queue_url")
    policy = Policy(cfn="$.PolicyDocument", tf="$.policy")
