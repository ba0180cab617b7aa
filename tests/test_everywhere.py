"""What is found out about the whole scan: once, and with the choices of other stacks open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from templates import engine_of, graph_of, the, told
from wascan.graph import Graph
from wascan.kind import everywhere, view
from wascan.kinds.cloudwatch import Alarm
from wascan.kinds.stepfunctions import StateMachine
from wascan.rule import Check
from wascan.world import World
from wascan_rules.operational_excellence.alarms import alarms

if TYPE_CHECKING:
    import pytest

CHOICE = """
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
"""
MACHINE = """
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties: {StateMachineName: !If [IsProd, orders, orders-dev]}
"""
ALARM = """
  Failed:
    Type: AWS::CloudWatch::Alarm
    Properties: {Dimensions: [{Name: StateMachineArn, Value: %s}]}
"""


def told_of_alarms(files: dict[str, str]) -> dict[str, tuple[str, str]]:
    engine = engine_of(graph_of(files, whole=True), lambda kind: [Check(alarms, kind)] if kind is StateMachine else [])
    return told(engine.findings())


def test_a_fact_of_a_graph_is_found_once_and_is_not_that_of_another() -> None:
    asked: list[str] = []
    graph, other = Graph(), Graph()
    assert graph.once("key", lambda: asked.append("graph")) is None
    graph.once("key", lambda: asked.append("again"))
    other.once("key", lambda: asked.append("other"))
    assert asked == ["graph", "other"]


def test_choices_of_the_own_stack_are_made_and_those_of_another_stay_open() -> None:
    here = CHOICE + MACHINE
    assert told_of_alarms({"t.yaml": here + ALARM % "!If [IsProd, orders, orders-dev]"}) == {}
    assert told_of_alarms({"t.yaml": here, "u.yaml": f"Resources: {ALARM % 'orders'}"}) == {
        "Flow": ("open", "Env is dev")
    }
    assert told_of_alarms({"t.yaml": here, "u.yaml": CHOICE + ALARM % "!If [IsProd, orders, orders-dev]"}) == {
        "Flow": ("open", "")
    }


def test_all_of_a_kind_are_seen_from_one_resource_whatever_their_stack() -> None:
    files = dict.fromkeys(("t.yaml", "u.yaml"), CHOICE + MACHINE + ALARM % "x")
    graph = graph_of(files)
    world = World()
    flow = view(the(graph, "t.yaml/Flow"), world)
    assert flow is not None
    found = [(alarm._resource.address, alarm._world is world) for alarm in everywhere(flow, Alarm)]
    assert found == [("t.yaml/Failed", True), ("u.yaml/Failed", False)]


def test_looking_for_alarms_in_other_stacks_costs_as_much_as_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Any] = []
    attribute = Alarm.watches
    of = type(attribute).of
    monkeypatch.setattr(type(attribute), "of", lambda self, kind: (reads.append(kind), of(self, kind))[1])
    text = CHOICE + MACHINE + ALARM % "!Ref Env"
    for many in (10, 40):
        reads.clear()
        told_of_alarms({f"{number}.yaml": text for number in range(many)})
        assert many <= len(reads) <= 6 * many
