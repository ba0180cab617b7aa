"""Alarms on what a trail records: filters that count events in its log group, and alarms on what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Kind, everywhere
from wascan.kinds.cloudwatch import Alarm
from wascan.kinds.logs import MetricFilter
from wascan.markers import ABSENT, MARKERS, symbol
from wascan.value import Fact, Reading, Value
from wascan.verdict import FAIL, UNKNOWN, Verdict, all_of, known

if TYPE_CHECKING:
    from wascan.attribute import Attribute

EVENTS = {
    "root": ("Root", "userIdentity"),
    "unauthorized-calls": ("UnauthorizedOperation", "AccessDenied"),
    "console-without-mfa": ("ConsoleLogin", "MFAUsed"),
    "console-failures": ("ConsoleLogin", "Failed authentication"),
    "iam-policies": ("PutRolePolicy", "AttachRolePolicy"),
    "trails": ("StopLogging", "DeleteTrail"),
    "keys": ("DisableKey", "ScheduleKeyDeletion"),
    "bucket-policies": ("PutBucketPolicy", "DeleteBucketPolicy"),
    "config": ("StopConfigurationRecorder", "DeleteDeliveryChannel"),
    "security-groups": ("AuthorizeSecurityGroupIngress", "DeleteSecurityGroup"),
    "network-acls": ("CreateNetworkAcl", "DeleteNetworkAcl"),
    "gateways": ("DeleteInternetGateway", "DetachInternetGateway"),
    "route-tables": ("CreateRoute", "DeleteRoute"),
    "vpcs": ("CreateVpc", "DeleteVpc"),
}
"""Words that a filter for an event has in its pattern, by event (AWS Security Hub User Guide, "Security Hub controls for
CloudWatch"; CIS AWS Foundations Benchmark 1.4.0, section 4)."""

EVERY = list(EVENTS)


class _Alarm:
    """What is missing where nobody is told of an event."""

    secret = False

    def __init__(self, event: str) -> None:
        self.name = f"alarm on {event}"

    def label(self, dialect: str) -> str:
        return f"its {self.name}"


class WatchedTrail(Kind):
    """A trail whose events can be counted, where they go to a `log_group`."""

    noun = "CloudTrail trail"
    log_group: Attribute[Value]

    def sends_events_on(self) -> Verdict:
        """Whether there is a log group to count in."""
        return self.log_group.is_present()

    def is_watched_for(self, events: list[str]) -> Verdict:
        """Whether an alarm of the scan tells of each of these."""
        watched, open = _watched(self)
        return all_of(self._told_of(event, watched, open) for event in events)

    def _told_of(self, event: str, watched: list[str], open: Value | None) -> Verdict:
        if event not in EVENTS:
            raise ValueError(f"there is no event called {event}, only {', '.join(EVENTS)}")
        if any(all(word in pattern for word in EVENTS[event]) for pattern in watched):
            return known(True)
        if open is not None:
            return Verdict(UNKNOWN, (Fact(open, "watches"),))
        missing = Value(_Alarm(event), Reading(ABSENT, self._resource.path, self._resource))
        return Verdict(FAIL, (Fact(missing, "is_present"),))


def _watched(kind: Kind) -> tuple[list[str], Value | None]:
    """The patterns of filters that an alarm is on, and something open that may be one more."""
    memo = kind._world.memo
    if "trail alarms" not in memo:
        lists = [alarm.metrics for alarm in everywhere(kind, Alarm)]
        metrics = {symbol(name.data) for names in lists for name in names.items} - {None}
        patterns: list[str] = []
        open: Value | None = None
        for found in everywhere(kind, MetricFilter):
            lists.append(found.metrics)
            if isinstance(found.pattern.data, MARKERS):
                open = found.pattern
            elif any(symbol(metric.data) in metrics for metric in found.metrics.items):
                patterns.append(str(found.pattern.data))
        for names in lists:
            strange = names.whole if names.open else None
            more = next((name for name in names.items if symbol(name.data) is None), strange)
            open = open if more is None else more
        memo["trail alarms"] = patterns, open
    answer: tuple[list[str], Value | None] = memo["trail alarms"]
    return answer
