"""Paths lead to what they say, and to nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from wascan import dialects, document
from wascan.graph import World
from wascan.path import Where, read, read_all, spoken, steps
from wascan.sources import Form, Source
from wascan.value import ABSENT, Unknown

if TYPE_CHECKING:
    from wascan.graph import Resource

TEMPLATE = """
Parameters:
  Name: {Type: String}
Resources:
  Web:
    Type: AWS::Test::Thing
    Properties:
      Attributes:
        - {Key: one, Value: first}
        - {Key: two, Value: second}
        - !If [Never, {Key: three, Value: third}, !Ref "AWS::NoValue"]
      Open:
        - {Key: one, Value: first}
        - {Key: !Ref Name, Value: other}
      Settings:
        - {Space: a, Name: x, Value: in a}
        - {Space: b, Name: x, Value: in b}
      Listed: !Ref Name
Conditions:
  Never: !Equals [a, b]
"""


@pytest.fixture
def resource() -> Resource:
    read = document.read("template.yaml", TEMPLATE.encode())
    graph = dialects.read([Source("template.yaml", None, Form.TEMPLATE, read)], dialects.Settings())
    return next(iter(graph))


def found(resource: Resource, path: str) -> Any:
    return read(resource, path, World())[0]


def test_a_filter_leads_to_the_item_of_that_name(resource: Resource) -> None:
    assert found(resource, "$.Attributes[?@.Key=='two'].Value") == "second"
    assert read(resource, "$.Attributes[?@.Key=='two'].Value", World())[1][-3:] == ("Attributes", 1, "Value")


def test_a_filter_of_several_names_asks_for_all_of_them(resource: Resource) -> None:
    assert found(resource, "$.Settings[?@.Space=='b' && @.Name=='x'].Value") == "in b"
    assert found(resource, "$.Settings[?@.Space=='c' && @.Name=='x'].Value") is ABSENT


def test_an_item_that_is_not_there_is_absent(resource: Resource) -> None:
    assert found(resource, "$.Attributes[?@.Key=='three'].Value") is ABSENT


def test_an_item_whose_name_is_open_may_be_the_one(resource: Resource) -> None:
    assert isinstance(found(resource, "$.Open[?@.Key=='two'].Value"), Unknown)
    assert len(list(read_all(resource, "$.Open[?@.Key=='one'].Value", World()))) == 2


def test_an_open_list_may_have_the_item(resource: Resource) -> None:
    assert isinstance(found(resource, "$.Listed[?@.Key=='one'].Value"), Unknown)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("$.A[*].B", "A.B"),
        ("$.Attributes[?@.Key=='deletion_protection.enabled'].Value", "deletion_protection.enabled in Attributes"),
        ("$.Settings[*].In[?@.Space=='a:b' && @.Name=='Updates'].Value", "Updates in Settings.In"),
    ],
)
def test_paths_are_said_in_the_words_of_the_dialect(path: str, said: str) -> None:
    assert spoken(path) == said
    assert any(isinstance(step, Where) for step in steps(path) or ())
