"""Redrive policies: where SQS and SNS put aside what nobody could process, and whose failures a queue takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Attribute
from wascan.kind import Kind, view
from wascan.kinds.families import KeepsFailures
from wascan.kinds.jsontext import parsed
from wascan.markers import ABSENT, Reference, Text, Unknown, symbol
from wascan.value import Fact, Reading, Value
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict

if TYPE_CHECKING:
    from collections.abc import Hashable

_SENDERS = (
    "AWS::Events::EventBus",
    "AWS::Events::Rule",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Function",
    "AWS::Pipes::Pipe",
    "AWS::Scheduler::Schedule",
    "AWS::Serverless::Function",
    "AWS::SNS::Subscription",
    "AWS::SQS::Queue",
    "aws_cloudwatch_event_bus",
    "aws_cloudwatch_event_target",
    "aws_lambda_event_source_mapping",
    "aws_lambda_function",
    "aws_pipes_pipe",
    "aws_scheduler_schedule",
    "aws_sns_topic_subscription",
    "aws_sqs_queue",
)
"""The types that may have a queue for their failures."""


class DeadLetterTarget(Attribute[Value]):
    """The target in a redrive policy, be it a mapping or JSON with a reference in it."""

    def of(self, kind: Kind) -> Value:
        found = self.read(kind)
        return Value(self, Reading(*_target(found, kind), found.resource, found.rests))


def _target(found: Reading, kind: Kind) -> tuple[Any, Any]:
    data, path = found.data, found.path
    if isinstance(data, Text):
        # whatever stands around it: the one reference in a redrive policy is its target
        named = {part.identity: part for part in data.parts if isinstance(part, Reference)}
        if len(named) == 1:
            return named.popitem()[1], path
    data = parsed(data)
    if type(data) is not dict:
        return data, path
    scope, name = found.resource.scope, "deadLetterTargetArn"
    if name in data:
        return scope.resolve(data[name], (*path, name), kind._world)
    return scope.missing(data, kind._world), path


def takes_failures(queue: Kind, name: Value) -> Verdict:
    """Whether something of the same stack or plan puts its failures into a queue. `name` is the one that a person gave
    it: a generated one is in no parameter of the stack.
    """
    resource = queue._resource
    named, open = _places(queue)
    wanted = symbol(name.data)
    found = named.get(("resource", resource.address)) or (named.get(wanted) if wanted is not None else None)
    if found:
        return Verdict(PASS, (Fact(found[0], "takes failures"),))
    if resource.dialect != "tf" and name.data is ABSENT:
        return Verdict(FAIL)
    return Verdict(UNKNOWN if open else FAIL, tuple(Fact(place, "takes failures") for place in open[:1]))


def _places(queue: Kind) -> tuple[dict[Hashable, list[Value]], list[Value]]:
    """Every place for failures in the stack or plan, by what it names: a resource, a name, or the ARN of a name; and
    those that are open.
    """
    world, scope = queue._world, queue._resource.scope
    key = ("failures", scope.namespace)
    if key not in world.memo:
        named: dict[Hashable, list[Value]] = {}
        open: list[Value] = []
        senders = (view(item, world) for type in _SENDERS for item in scope.graph.of_type(type, scope))
        for sender in senders:
            for place in sender.failure_places() if isinstance(sender, KeepsFailures) else ():
                data = place.data
                if isinstance(data, Reference):
                    named.setdefault(("resource", data.resource.address), []).append(place)
                    continue
                if isinstance(data, (Unknown, Text)):
                    open.append(place)
                if (name := symbol(data)) is not None:
                    named.setdefault(name, []).append(place)
                if isinstance(data, str) and ":" in data:
                    named.setdefault(data.rpartition(":")[2], []).append(place)
        world.memo[key] = named, open
    places: tuple[dict[Hashable, list[Value]], list[Value]] = world.memo[key]
    return places
