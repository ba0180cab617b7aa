"""AWS Lambda."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Attribute, Beside, Flag, LinkTo, Many, One
from wascan.kind import Block, Kind, view
from wascan.kinds.awspolicies import WRITE_LOGS
from wascan.kinds.environment import HasEnvironment, Variables
from wascan.kinds.exposure import Given
from wascan.kinds.families import KeepsFailures, MultiAZ, Taggable, TakesKey, Versioned
from wascan.kinds.frontdoor import Answers
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Traces
from wascan.kinds.texts import CarriesText, Texts
from wascan.kinds.zones import Subnets
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, number, reason
from wascan.value import Fact, Reading, Value, Values
from wascan.verdict import FAIL, UNKNOWN, Verdict, known
from wascan.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.graph import Graph

_WAITING = (
    "apigateway.amazonaws.com",
    "cloudformation.amazonaws.com",
    "cognito-idp.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "lexv2.amazonaws.com",
    "lex.amazonaws.com",
    "alexa-appkit.amazon.com",
    "secretsmanager.amazonaws.com",
    "vpc-lattice.amazonaws.com",
    "bedrock.amazonaws.com",
)
"""Services that wait for a function's answer, and so learn of its failures (AWS Lambda Developer Guide, "Invoking Lambda
with events from other AWS services")."""

_CALLERS = (
    "AWS::AppSync::DataSource",
    "AWS::CloudFormation::CustomResource",
    "AWS::CloudFormation::Macro",
    "AWS::Lambda::Url",
    "AWS::Serverless::StateMachine",
    "AWS::StepFunctions::StateMachine",
    "Custom::",
    "aws_appsync_datasource",
    "aws_lambda_function_url",
    "aws_sfn_state_machine",
)
"""Types, or beginnings of them, that name the functions for whose answer they wait."""

_WAITING_EVENTS = ("Api", "HttpApi", "AlexaSkill", "Cognito")
_SHARDED_EVENTS = ("Kinesis", "DynamoDB", "MSK", "SelfManagedKafka", "DocumentDB")
_POLLED_EVENTS = ("SQS", "MQ", *_SHARDED_EVENTS)
_STACKS = ("AWS::CloudFormation::CustomResource", "AWS::CloudFormation::Macro", "Custom::")
"""Types by which a stack calls a function, once for each change."""


class EventTypes(Attribute[Values]):
    """The types of the events of a SAM function, which stand in a map."""

    def of(self, kind: Kind) -> Values:
        events = self.read(kind)
        scope, world = kind._resource.scope, kind._world
        items: list[Value] = []
        open = events if isinstance(events.data, MARKERS) else None
        for name, event in events.data.items() if type(events.data) is dict else ():
            data, path = scope.resolve(event, (*events.path, name), world)
            if isinstance(data, MARKERS):
                open = Reading(Unknown(reason(data)), path, events.resource)
            elif type(data) is dict:
                items.append(
                    Value(self, Reading(*scope.resolve(data.get("Type"), (*path, "Type"), world), events.resource))
                )
        return Values(Value(self, open or Reading(ABSENT, events.path, events.resource)), items, open=open is not None)


class Poller(Block):
    """An event source mapping, as far as it says how often it calls at once: a queue as often as it likes without `most`, a
    stream once for each shard (AWS Lambda Developer Guide, "Lambda scaling behavior").
    """

    start = One(cfn="$.StartingPosition", tf="$.starting_position")
    most = One(cfn="$.ScalingConfig.MaximumConcurrency", tf="$.scaling_config[*].maximum_concurrency")


class Function(TakesKey, MultiAZ, KeepsFailures, Versioned, Traces, CarriesText, HasEnvironment, Taggable):
    """A function. Outside a VPC AWS runs it in several zones on its own (AWS Lambda Developer Guide, "Understanding
    resilience in Lambda"). Environment variables are always encrypted; the question is with whose key.
    """

    types = ("AWS::Lambda::Function", "AWS::Serverless::Function", "aws_lambda_function")
    slug = "lambda-function"
    noun = "Lambda function"
    product = "lambda"
    spread = "put subnets of two Availability Zones into {subnets}"
    own_name = One(cfn="$.FunctionName", tf="$.function_name")
    package = One(cfn="$.PackageType", tf="$.package_type", default="Zip")
    version = One(cfn="$.Runtime", tf="$.runtime")
    environment = One(cfn="$.Environment.Variables", tf="$.environment[*].variables", secret=True)
    key = Key(cfn="$.KmsKeyArn", tf="$.kms_key_arn")
    subnets = Subnets(cfn="$.VpcConfig.SubnetIds[*]", tf="$.vpc_config[*].subnet_ids[*]")
    role = LinkTo(to="Role", cfn="$.Role", tf="$.role")
    timeout = One(cfn="$.Timeout", tf="$.timeout", default=3)
    concurrency = One(cfn="$.ReservedConcurrentExecutions", tf="$.reserved_concurrent_executions")
    failures_to = One(
        cfn=(
            Beside("AWS::Lambda::EventInvokeConfig", "$.DestinationConfig.OnFailure.Destination", by="$.FunctionName"),
            "$.DeadLetterConfig.TargetArn",
        ),
        sam=(
            Beside("AWS::Lambda::EventInvokeConfig", "$.DestinationConfig.OnFailure.Destination", by="$.FunctionName"),
            "$.EventInvokeConfig.DestinationConfig.OnFailure",
            "$.DeadLetterQueue.TargetArn",
        ),
        tf=(
            Beside(
                "aws_lambda_function_event_invoke_config",
                "$.destination_config[*].on_failure[*].destination",
                by="$.function_name",
            ),
            "$.dead_letter_config[*].target_arn",
        ),
    )
    invokers = Many(
        cfn=Beside("AWS::Lambda::Permission", "$.Principal", by="$.FunctionName"),
        tf=Beside("aws_lambda_permission", "$.principal", by="$.function_name"),
    )
    pollers = Many(
        block=Poller,
        cfn=Beside("AWS::Lambda::EventSourceMapping", "$", by="$.FunctionName"),
        tf=Beside("aws_lambda_event_source_mapping", "$", by="$.function_name"),
    )
    events = EventTypes(sam="$.Events")
    variables = Variables(cfn="$.Environment.Variables", tf="$.environment[*].variables")
    traced = Flag(on=("Active",), cfn="$.TracingConfig.Mode", sam="$.Tracing", tf="$.tracing_config[*].mode")
    texts = Texts(cfn="$.Environment.Variables", tf="$.environment[*].variables")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def keeps_secrets_out(self) -> Verdict:
        return self.variables.every(lambda variable: variable.stays_out_of_code())

    def decides_encryption(self) -> Verdict:
        """Without variables there is nothing to encrypt."""
        return self.environment.is_present()

    def decides_zones(self) -> Verdict:
        """Outside a VPC its zones are AWS's affair."""
        return ~self.subnets.is_empty()

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_zones()

    def can_fail_quietly(self) -> Verdict:
        """A function whose callers all wait for its answer, or that reads from a queue or stream, loses nothing itself:
        only what is invoked asynchronously does (AWS Lambda Developer Guide, "How Lambda handles errors and retries with
        asynchronous invocation").
        """
        waited_on = known(self._resource.address in _named_by(self._resource.scope.graph, _CALLERS))
        called = ~(self.invokers.is_empty() & self.pollers.is_empty() & self.events.is_empty()) | waited_on
        waited_for = self.invokers.every(lambda principal: principal.one_of(*_WAITING)) & self.events.every(
            lambda event: event.one_of(*_WAITING_EVENTS, *_POLLED_EVENTS)
        )
        return ~(called & waited_for)

    def has_role_in_sight(self) -> Verdict:
        """Whether its role is one that is at hand, and none that SAM makes, which may write logs."""
        target = self.role.target
        return known(target is not None and not target.derived)

    def may_write_logs(self) -> Verdict:
        """Whether its role lets it write to CloudWatch Logs."""
        verdict = self.role.ask(lambda role: role.may_write_logs())
        return Verdict(FAIL, (Fact(self.role, "allows", WRITE_LOGS),)) if verdict.truth is FAIL else verdict

    def can_run_wild(self) -> Verdict:
        """Whether anything may call it as often as it likes at once. A stream, a queue with a limit and a stack do not."""
        for_stacks = known(self._resource.address in _named_by(self._resource.scope.graph, _STACKS))
        polled = ~self.pollers.is_empty() | ~self.events.is_empty()
        limited = self.pollers.every(lambda poller: poller.start.is_present() | poller.most.is_present())
        sharded = self.events.every(lambda event: event.one_of(*_SHARDED_EVENTS))
        return ~((polled | for_stacks) & limited & sharded & self.invokers.is_empty())


def _named_by(graph: Graph, types: tuple[str, ...]) -> set[str]:
    """The addresses of what is named by resources of these types, or beginnings of them."""
    addresses: set[str] = graph.once(("named by", types), lambda: _addresses(graph, types))
    return addresses


def _addresses(graph: Graph, types: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    world = World(blurred=True)  # what is open there is of no use here
    for resource in graph.resources:
        if resource.type.startswith(types):
            data = resource.scope.deep(resource.properties, resource.properties_path, world)
            found.update(reference.resource.address for reference in _references(data))
    return found


def _references(data: Any) -> Iterator[Reference]:
    """The references in resolved data, also those in strings."""
    if isinstance(data, Reference):
        yield data
    elif isinstance(data, Text):
        yield from (part for part in data.parts if isinstance(part, Reference))
    elif isinstance(data, (dict, list)):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _references(item)


class EventSourceMapping(KeepsFailures, Taggable):
    """What reads a stream or queue and hands records to a function. A queue keeps its failures itself; of a stream they
    would block the shard until they expire, and then be lost (AWS Lambda Developer Guide, "Retain discarded batch records").
    """

    types = ("AWS::Lambda::EventSourceMapping", "aws_lambda_event_source_mapping")
    slug = "lambda-event-source-mapping"
    noun = "Lambda event source mapping"
    source = LinkTo(to="Queue", cfn="$.EventSourceArn", tf="$.event_source_arn")
    function = LinkTo(to="Function", cfn="$.FunctionName", tf="$.function_name")
    start = One(cfn="$.StartingPosition", tf="$.starting_position")
    documents = One(
        cfn="$.DocumentDBEventSourceConfig.DatabaseName", tf="$.document_db_event_source_config[*].database_name"
    )
    failures_to = One(
        cfn="$.DestinationConfig.OnFailure.Destination", tf="$.destination_config[*].on_failure[*].destination_arn"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def queue_and_function(self) -> tuple[Any, Any]:
        """What it reads from, and what it calls, as far as they are at hand; None for each that is not."""
        ends = (self.source.target, self.function.target)
        queue, function = (view(end, self._world) if end is not None else None for end in ends)
        return queue if hasattr(queue, "visibility") else None, function if isinstance(function, Function) else None

    def reads_queue_in_sight(self) -> Verdict:
        """Whether both are at hand."""
        return known(None not in self.queue_and_function())

    def hides_messages_for(self, times: int) -> Verdict:
        """Whether the queue hides a message for so many times as long as the function may take."""
        queue, function = self.queue_and_function()
        longest = number(function.timeout.data)
        if longest is None:
            return Verdict(UNKNOWN, (Fact(function.timeout, "at_most", 0),))
        least = round(times * longest)
        enough = queue.visibility.at_least(least)
        told = f"{least}, {_COUNTS.get(times, times)} times the timeout of {function._resource.name}"
        return Verdict(enough.truth, (Fact(queue.visibility, "at_least", told),))

    def can_fail_quietly(self) -> Verdict:
        """Only streams have a place to start from; those of DocumentDB take no destination."""
        return self.start.is_present() & self.documents.is_absent()


_COUNTS = {6: "six"}


class FunctionPermission(Kind):
    """A statement in the policy of a function: who may call it, and on behalf of whom."""

    types = ("AWS::Lambda::Permission", "aws_lambda_permission")
    slug = "lambda-permission"
    noun = "Lambda permission"
    action = One(cfn="$.Action", tf="$.action")
    principal = One(cfn="$.Principal", tf="$.principal")
    organization = One(cfn="$.PrincipalOrgID", tf="$.principal_org_id")
    source = One(cfn="$.SourceArn", tf="$.source_arn")
    account = One(cfn="$.SourceAccount", tf="$.source_account")

    def is_for_everybody(self) -> Verdict:
        """Whether anybody may call, on behalf of anything."""
        return self.principal.equals("*") & self.organization.is_absent() & ~self.names_caller()

    def is_for_service(self) -> Verdict:
        return self.principal.ends_with(".amazonaws.com")

    def is_for_calls(self) -> Verdict:
        """Whether it allows to call the function, and nothing else."""
        return self.action.one_of("lambda:InvokeFunction", "lambda:InvokeFunctionUrl")

    def names_caller(self) -> Verdict:
        """Whether it says on behalf of which resource or account."""
        return self.source.is_present() | self.account.is_present()


class LayerPermission(Given):
    """The permission to use a layer in functions."""

    types = ("AWS::Lambda::LayerVersionPermission", "aws_lambda_layer_version_permission")
    slug = "lambda-layer-permission"
    noun = "Lambda layer permission"
    audience = Many(cfn="$.Principal", tf="$.principal")
    organization = One(cfn="$.OrganizationId", tf="$.organization_id")

    def is_given_to_everybody(self) -> Verdict:
        return super().is_given_to_everybody() & self.organization.is_absent()


class FunctionUrl(Answers):
    """An address of a function."""

    types = ("AWS::Lambda::Url", "aws_lambda_function_url")
    slug = "lambda-function-url"
    noun = "Lambda function URL"
    authorization = "set {form.name} to AWS_IAM"
    form = One(cfn="$.AuthType", tf="$.authorization_type")

    def authorizes(self) -> Verdict:
        return self.form.equals("AWS_IAM")
