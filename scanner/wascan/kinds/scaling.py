"""Scaling: what changes the capacity of something with the demand for it, and within which bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Many, One
from wascan.kind import Block
from wascan.markers import MARKERS, number, symbol
from wascan.value import Fact, Value
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict

if TYPE_CHECKING:
    from wascan.value import Values

TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"


def leaves_room(least: Value, most: Value) -> Verdict:
    """Whether there is anything between two bounds."""
    facts = (Fact(most, "is"), Fact(least, "is"))
    low, high = number(least.data), number(most.data)
    if low is not None and high is not None:
        return Verdict(PASS if low < high else FAIL, (Fact(most, "at_least", f"{low + 1:g}"), *facts[1:]))
    same = symbol(most.data) is not None and symbol(most.data) == symbol(least.data)
    open = tuple(fact for fact in facts if isinstance(fact.value.data, MARKERS))
    return Verdict(FAIL, facts) if same or not open else Verdict(UNKNOWN, open)


class ScalableTarget(Block):
    """Something that Application Auto Scaling may scale (Application Auto Scaling User Guide, "What is Application Auto
    Scaling?"): by a policy, or at certain times.
    """

    least = One(cfn="$.MinCapacity", tf="$.min_capacity")
    most = One(cfn="$.MaxCapacity", tf="$.max_capacity")
    schedule = Many(
        cfn="$.ScheduledActions[*].Schedule",
        tf=Beside("aws_appautoscaling_scheduled_action", "$.schedule", by="$.resource_id"),
    )
    policies = Many(
        cfn=Beside(POLICY, "$", by="$.ScalingTargetId"),
        tf=Beside("aws_appautoscaling_policy", "$", by="$.resource_id"),
    )


def scalable() -> Many:
    """The attribute of a kind that holds what scales it: its scalable targets, which name it inside a path."""
    return Many(
        block=ScalableTarget,
        cfn=Beside(TARGET, "$", by="$.ResourceId", inside=True),
        tf=Beside("aws_appautoscaling_target", "$", by="$.resource_id", inside=True),
    )


def scaling_policies() -> Many:
    """The attribute of a kind that holds the scaling policies that name it inside a path, by their names."""
    return Many(
        cfn=Beside(POLICY, "$", by="$.ResourceId", inside=True),
        tf=Beside("aws_appautoscaling_policy", "$", by="$.resource_id", inside=True),
    )


def scales(targets: Values, policies: Values) -> Verdict:
    """Whether something with these scalable targets and policies follows demand or the clock."""
    return targets.any(
        lambda target: (
            leaves_room(target.least, target.most)
            & ~(policies.is_empty() & target.policies.is_empty() & target.schedule.is_empty())
        ),
        "a scalable target with a policy and room between its bounds",
    )
