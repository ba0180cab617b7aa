"""Amazon EventBridge: buses, archives, rules and their targets, schedules and pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Beside, LinkTo, Many, One
from wascan.kind import Block
from wascan.kinds.exposure import Given
from wascan.kinds.families import Encrypts, KeepsFailures, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import PolicyOfOne, Shared
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wascan.value import Value
    from wascan.verdict import Verdict

_ALWAYS = "Amazon EventBridge User Guide, Data encryption in Amazon EventBridge"


class Target(Block):
    """A target of a rule."""

    failures_to = One(cfn="$.DeadLetterConfig.Arn")


class EventRule(KeepsFailures, Taggable):
    """A rule with its targets. An event that a target does not take for a day is dropped (Amazon EventBridge User Guide,
    "Using dead-letter queues to process undelivered events in EventBridge").
    """

    types = ("AWS::Events::Rule",)
    slug = "eventbridge-rule"
    noun = "EventBridge rule"
    failures_to = One(cfn="$.Targets[*].DeadLetterConfig.Arn")
    targets = Many(block=Target, cfn="$.Targets[*]")
    tags = Tags(cfn="$.Tags")

    def can_fail_quietly(self) -> Verdict:
        return ~self.targets.is_empty()

    def keeps_failures(self) -> Verdict:
        return self.targets.every(lambda target: target.failures_to.is_present())

    def failure_places(self) -> Iterable[Value]:
        return [target.failures_to for target in self.targets.items]


class EventTarget(KeepsFailures):
    """A target of a rule, which Terraform has on its own."""

    types = ("aws_cloudwatch_event_target",)
    slug = "eventbridge-target"
    noun = "EventBridge target"
    failures_to = One(tf="$.dead_letter_config[*].arn")


class EventBus(Encrypts, TakesKey, KeepsFailures, Shared, Taggable):
    """A bus. With a key of the customer's own, an event is lost when the key cannot be used."""

    types = ("AWS::Events::EventBus", "aws_cloudwatch_event_bus")
    slug = "eventbridge-bus"
    noun = "EventBridge bus"
    plural = "EventBridge buses"
    own_name = One(cfn="$.Name", tf="$.name")
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyIdentifier", tf="$.kms_key_identifier")
    failures_to = One(cfn="$.DeadLetterConfig.Arn", tf="$.dead_letter_config[*].arn")
    policy = Policy(cfn="$.Policy", tf=Beside("aws_cloudwatch_event_bus_policy", "$.policy", by="$.event_bus_name"))
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def can_fail_quietly(self) -> Verdict:
        return self.key.is_present()


class EventBusPolicy(PolicyOfOne):
    """The policy of a bus; in CloudFormation one statement of it, which may name just a principal."""

    types = ("AWS::Events::EventBusPolicy", "aws_cloudwatch_event_bus_policy")
    slug = "eventbridge-bus-policy"
    noun = "EventBridge bus policy"
    owner = LinkTo(to="EventBus", tf="$.event_bus_name")
    policy = Policy(cfn="$", tf="$.policy")
    principal = One(cfn="$.Principal")
    condition = One(cfn="$.Condition.Value")

    def is_shared_with_everybody(self) -> Verdict:
        named = self.principal.equals("*") & self.condition.is_absent()
        return super().is_shared_with_everybody() | named


class EventPermission(Given):
    """The permission of an account to send events to a bus, as Terraform had it first."""

    types = ("aws_cloudwatch_event_permission",)
    slug = "eventbridge-permission"
    noun = "EventBridge permission"
    audience = Many(tf="$.principal")
    condition = One(tf="$.condition[*].value")

    def is_given_to_everybody(self) -> Verdict:
        return super().is_given_to_everybody() & self.condition.is_absent()


class EventArchive(Encrypts, TakesKey):
    """An archive of events."""

    types = ("AWS::Events::Archive",)
    slug = "eventbridge-archive"
    noun = "EventBridge archive"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyIdentifier")


class Schedule(Encrypts, TakesKey, KeepsFailures):
    """A schedule. What its target does not take for a day is dropped (EventBridge Scheduler User Guide, "Configuring a
    dead-letter queue for EventBridge Scheduler").
    """

    types = ("AWS::Scheduler::Schedule", "aws_scheduler_schedule")
    slug = "schedule"
    noun = "EventBridge schedule"
    encrypted = Always(True, "EventBridge Scheduler User Guide, Encryption at rest in EventBridge Scheduler")
    key = Key(cfn="$.KmsKeyArn", tf="$.kms_key_arn")
    failures_to = One(cfn="$.Target.DeadLetterConfig.Arn", tf="$.target[*].dead_letter_config[*].arn")


class Pipe(Encrypts, TakesKey, KeepsFailures, Taggable):
    """A pipe. From a queue it takes only what its target took; of a stream, a batch that fails is skipped in the end."""

    types = ("AWS::Pipes::Pipe", "aws_pipes_pipe")
    slug = "eventbridge-pipe"
    noun = "EventBridge pipe"
    encrypted = Always(True, "Amazon EventBridge User Guide, Encrypting EventBridge Pipes data with AWS KMS keys")
    key = Key(cfn="$.KmsKeyIdentifier", tf="$.kms_key_identifier")
    start = One(
        cfn=(
            "$.SourceParameters.KinesisStreamParameters.StartingPosition",
            "$.SourceParameters.DynamoDBStreamParameters.StartingPosition",
        ),
        tf=(
            "$.source_parameters[*].kinesis_stream_parameters[*].starting_position",
            "$.source_parameters[*].dynamodb_stream_parameters[*].starting_position",
        ),
    )
    failures_to = One(
        cfn=(
            "$.SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn",
            "$.SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn",
        ),
        tf=(
            "$.source_parameters[*].dynamodb_stream_parameters[*].dead_letter_config[*].arn",
            "$.source_parameters[*].kinesis_stream_parameters[*].dead_letter_config[*].arn",
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def can_fail_quietly(self) -> Verdict:
        """Only the streams of Kinesis and DynamoDB have a place for failures."""
        return self.start.is_present()
