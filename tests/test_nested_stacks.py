"""What a nested stack is given: lists that are written with commas, and what is of a resource of its parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from wascan import dialects, document
from wascan.markers import Reference, Unknown
from wascan.path import read_all
from wascan.sources import Form, Source
from wascan.world import World

if TYPE_CHECKING:
    from wascan.graph import Graph

PARENT = """
Parameters:
  More: {Type: String}
Resources:
  A: {Type: AWS::EC2::Subnet}
  B: {Type: AWS::EC2::Subnet}
  Lookup: {Type: Custom::Lookup}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
      Parameters: {Subnets: %s}
"""
CHILD = """
Parameters:
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
Conditions:
  Empty: !Equals [!Join ["", !Ref Subnets], ""]
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {VPCZoneIdentifier: !Ref Subnets}
"""


def nested(passed: str) -> Graph:
    texts = {"parent.yaml": PARENT % passed, "child.yaml": CHILD}
    read = [Source(name, None, Form.TEMPLATE, document.read(name, text.encode())) for name, text in texts.items()]
    return dialects.read(read, dialects.Settings())


def subnets(passed: str) -> list[Any]:
    """What the list in the nested stack comes to."""
    group = next(item for item in nested(passed).resources if item.name == "Group")
    return [data for data, _ in read_all(group, "$.VPCZoneIdentifier[*]", World(blurred=True))]


@pytest.mark.parametrize(
    "passed",
    [
        '!Join [",", [!Ref A, !Ref B]]',
        '!Join [", ", [!Ref A, !GetAtt B.SubnetId]]',
        '!Sub "${A},${B}"',
        '!Join [",", !Split [",", !Join [",", [!Ref A, !Ref B]]]]',
    ],
)
def test_a_list_of_references_is_one_in_the_nested_stack_too(passed: str) -> None:
    assert [item.resource.name for item in subnets(passed) if isinstance(item, Reference)] == ["A", "B"]


def test_a_list_of_one_reference_is_one() -> None:
    (found,) = subnets("!Ref A")
    assert isinstance(found, Reference)


@pytest.mark.parametrize("part", ["!Ref More", "!GetAtt Lookup.Subnets", "!GetAtt A.NetworkAclAssociationIds"])
def test_nobody_can_tell_how_long_a_list_is_that_something_else_may_be_a_list_in(part: str) -> None:
    assert any(isinstance(item, Unknown) for item in subnets(f'!Join [",", [!Ref A, {part}]]'))


@pytest.mark.parametrize(("passed", "empty"), [("!Ref A", False), ("!Ref More", None)])
def test_what_is_of_a_resource_is_not_empty(passed: str, empty: bool | None) -> None:
    stack: Any = nested(passed).scopes[1]
    assert stack.condition("Empty", World(blurred=True)) is empty
