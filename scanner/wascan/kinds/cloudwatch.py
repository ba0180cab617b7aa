"""Amazon CloudWatch alarms, and what they watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Flag, Listed, Many, One
from wascan.kind import Kind, everywhere
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, could_be, reason, symbol
from wascan.value import Fact, Reading, Value, Values
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator


class Dimensions(Listed[Values]):
    """What metrics are of, by name and value, in CloudFormation in a list and in Terraform in a map: the values."""

    def of(self, kind: Kind) -> Values:
        items: list[Value] = []
        open: Reading | None = None
        found, whole = self.readings(kind)
        for item in (part for whole in found for part in _parts(whole, kind)):
            if isinstance(item.data, Unknown):
                open = item
            else:
                items.append(Value(self, item))
        return Values(Value(self, open or whole), items, open=open is not None)


def _parts(whole: Reading, kind: Kind) -> Iterator[Reading]:
    data = whole.data
    if isinstance(data, MARKERS):
        yield Reading(Unknown(reason(data)), whole.path, whole.resource, whole.rests)
    elif type(data) is dict:
        for name in ("Value",) if "Value" in data else tuple(data):
            part, path = whole.resource.scope.resolve(data[name], (*whole.path, name), kind._world)
            yield Reading(part, path, whole.resource, whole.rests)


class Alarm(Taggable):
    """An alarm on a metric, or on several."""

    types = ("AWS::CloudWatch::Alarm", "aws_cloudwatch_metric_alarm")
    slug = "cloudwatch-alarm"
    noun = "CloudWatch alarm"
    own_name = One(cfn="$.AlarmName", tf="$.alarm_name")
    enabled = Flag(cfn="$.ActionsEnabled", tf="$.actions_enabled", default=True)
    actions = Many(
        cfn=("$.OKActions[*]", "$.InsufficientDataActions[*]", "$.AlarmActions[*]"),
        tf=("$.ok_actions[*]", "$.insufficient_data_actions[*]", "$.alarm_actions[*]"),
    )
    watches = Dimensions(
        cfn=("$.Dimensions[*]", "$.Metrics[*].MetricStat.Metric.Dimensions[*]"),
        tf=("$.dimensions", "$.metric_query[*].metric[*].dimensions"),
    )
    metrics = Many(
        cfn=("$.Metrics[*].MetricStat.Metric.MetricName", "$.MetricName"),
        tf=("$.metric_query[*].metric[*].metric_name", "$.metric_name"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class _Alarms:
    """What is missing of something that no alarm watches."""

    name = "alarm"
    secret = False

    def label(self, dialect: str) -> str:
        return "its alarm"


_ALARMS = _Alarms()


class Watched(Kind):
    """What is worth an alarm of its own."""

    noun = "queue or state machine"
    plural = "queues and state machines"

    def needs_alarm(self) -> Verdict:
        """Whether somebody has to be told when something is wrong with it."""
        raise NotImplementedError

    def has_alarm(self) -> Verdict:
        """Whether an alarm of the scan is on one of its metrics."""
        resource = self._resource
        given: Any = ABSENT if self.own_name is None else self.own_name.data
        watched, open = _watched(self)
        found = watched.get(resource, watched.get(symbol(given)))
        if found is not None:
            return Verdict(PASS, (Fact(found, "watches"),))
        for name, value in watched.items() if isinstance(given, (Unknown, Text)) else ():
            if isinstance(name, str) and (isinstance(given, Unknown) or could_be(given, name)):
                open = value
        if open is not None:
            return Verdict(UNKNOWN, (Fact(open, "watches"),))
        missing = Value(_ALARMS, Reading(ABSENT, resource.path, resource))
        return Verdict(FAIL, (Fact(missing, "is_present"),))


def _watched(kind: Kind) -> tuple[dict[Hashable, Value], Value | None]:
    """What the alarms of the scan watch, by resource and by name, and something open of which nobody can tell."""
    memo = kind._world.memo
    if "watched" not in memo:
        watched: dict[Hashable, Value] = {}
        open: Value | None = None
        for dimensions in (alarm.watches for alarm in everywhere(kind, Alarm)):
            for value in dimensions.items:
                data = value.data
                name = data.resource if isinstance(data, Reference) else symbol(data)
                if name is None or isinstance(data, Text):
                    open = value
                else:
                    watched[name] = value
            if dimensions.open:
                open = dimensions.whole
        memo["watched"] = watched, open
    found: tuple[dict[Hashable, Value], Value | None] = memo["watched"]
    return found
