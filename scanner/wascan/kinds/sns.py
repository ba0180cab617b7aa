"""Amazon Simple Notification Service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag, Many, One
from wascan.kinds.families import Encrypts, KeepsFailures, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.redrive import DeadLetterTarget
from wascan.kinds.sharing import PolicyOfSeveral, Shared, refuses_plain_http
from wascan.kinds.tags import Tags
from wascan.kinds.transit import AnswersOverHTTP

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Topic(Encrypts, TakesKey, Shared, AnswersOverHTTP, Taggable):
    """A topic. It encrypts messages only where it has a key; the disks that they are on are encrypted in any case (Amazon
    SNS Developer Guide, "Amazon SNS data encryption").
    """

    types = ("AWS::SNS::Topic", "aws_sns_topic")
    slug = "sns-topic"
    noun = "SNS topic"
    own_name = One(cfn="$.TopicName", tf="$.name")
    encryption = "set {key.name} to a KMS key"
    encrypted = Flag(by_presence=True, cfn="$.KmsMasterKeyId", tf="$.kms_master_key_id")
    key = Key(cfn="$.KmsMasterKeyId", tf="$.kms_master_key_id")
    policy = Policy(
        cfn=(
            Beside("AWS::SNS::TopicInlinePolicy", "$.PolicyDocument", by="$.TopicArn"),
            Beside("AWS::SNS::TopicPolicy", "$.PolicyDocument", by="$.Topics[*]"),
        ),
        tf=("$.policy", Beside("aws_sns_topic_policy", "$.policy", by="$.arn")),
    )
    refusal = "add a statement to {policy.name} that denies sns:Publish to everybody where aws:SecureTransport is false"
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def refuses_plain_http(self) -> Verdict:
        """All requests to an encrypted topic have to use HTTPS (Amazon SNS Developer Guide, "Securing Amazon SNS data with
        server-side encryption").
        """
        return self.is_encrypted() | self.policy.any(
            lambda statement: refuses_plain_http(statement, "sns:Publish"), "a statement that refuses plain HTTP"
        )


class TopicPolicy(PolicyOfSeveral):
    """The policy of topics."""

    types = ("AWS::SNS::TopicPolicy", "aws_sns_topic_policy")
    slug = "sns-topic-policy"
    noun = "topic policy"
    owners = Many(cfn="$.Topics[*]", tf="$.arn")
    policy = Policy(cfn="$.PolicyDocument", tf="$.policy")


class Subscription(KeepsFailures):
    """What a topic sends its messages to. Nobody sends a mail again."""

    types = ("AWS::SNS::Subscription", "aws_sns_topic_subscription")
    slug = "sns-subscription"
    noun = "SNS subscription"
    protocol = One(cfn="$.Protocol", tf="$.protocol")
    failures_to = DeadLetterTarget(cfn="$.RedrivePolicy", tf="$.redrive_policy")

    def can_fail_quietly(self) -> Verdict:
        return ~self.protocol.one_of("email", "email-json", "sms")
