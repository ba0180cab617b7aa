"""Paths lead to what they say, and to nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from templates import graph_of, the
from wascan.markers import ABSENT, Reference, Unknown, reason
from wascan.path import Where, read, read_all, spoken, steps
from wascan.world import World

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
      Plain: {Inside: {Deep: text, It's: quoted, a-b: dashed, "0": zero}, List: [a, b, {C: c}], Empty: {}, None: []}
      One: {C: c}
      Same: [{C: c}, {C: c}]
      Mixed: [{C: c}, {D: d}]
      Rows: [{C: [1, 2]}, {C: 3}, {}, !Ref Name]
      Text: long text that may hold a secret
      Chosen: !If [Never, {C: never}, {C: else}]
      Mapped: !FindInMap [Map, a, b]
      Made: !GetAtt Other.Some.Where
      Open If: !If [Maybe, {C: yes}, {C: no}]
      Macro: {C: c, "Fn::Transform": {Name: AWS::Include}}
      Macro Only: {"Fn::Transform": {Name: Mine}}
      Null:
      Nothing: !Ref AWS::NoValue
    DeletionPolicy: Retain
  Other: {Type: AWS::Test::Other}
Mappings:
  Map: {a: {b: [x, y]}}
Conditions:
  Maybe: !Equals [!Ref Name, x]
  Never: !Equals [a, b]
"""


@pytest.fixture
def resource() -> Resource:
    return the(graph_of(TEMPLATE), "Web")


def found(resource: Resource, path: str) -> Any:
    return read(resource, path, World(blurred=True))[0]


def everything(resource: Resource, path: str) -> list[Any]:
    return [data for data, _ in read_all(resource, path, World(blurred=True))]


def place(resource: Resource, path: str) -> tuple[Any, ...]:
    """Where something stands, or is missing, seen from the resource."""
    return read(resource, path, World(blurred=True))[1][2:]


def why(data: Any) -> str:
    assert isinstance(data, Unknown)
    return data.reason


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


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("$.Plain.Inside.Deep", "text"),
        ("$['Plain'].Inside['Deep']", "text"),
        ("$.Plain['Inside']['a-b']", "dashed"),
        ("$.Plain.Inside.a-b", "dashed"),
        ("$.Plain.Inside['0']", "zero"),
        ("$.Plain.List[0]", "a"),
        ("$.Plain.List[2].C", "c"),
        ("$.One[0].C", "c"),
        ("$.One[*].C", "c"),
        ("$.Same[*].C", "c"),
        ("$.Chosen.C", "else"),
        ("$.Chosen[*].C", "else"),
        ("$.Mapped[1]", "y"),
        ("$['Open If']", "undecided"),
        ("@.DeletionPolicy", "Retain"),
        ("@.Type", "AWS::Test::Thing"),
        ("@.Properties.One.C", "c"),
    ],
)
def test_a_path_leads_through_names_items_and_functions(resource: Resource, path: str, data: Any) -> None:
    if data == "undecided":
        assert why(found(resource, path)) == "the condition Maybe is undecided"
    else:
        assert found(resource, path) == data
        assert everything(resource, path)[0] == data


def test_a_path_is_the_resource_itself() -> None:
    other = the(graph_of(TEMPLATE), "Other")
    assert found(other, "$") == {}
    assert found(other, "@") == {"Type": "AWS::Test::Other"}


@pytest.mark.parametrize(
    ("path", "missing_at"),
    [
        ("$.Gone", ("Properties",)),
        ("$.Gone.Deeper[*].Still", ("Properties",)),
        ("$.Plain.Gone", ("Properties", "Plain")),
        ("$.Plain.Inside.Gone.Deeper", ("Properties", "Plain", "Inside")),
        ("$.Plain.Inside.Gone[*]", ("Properties", "Plain", "Inside")),
        ("$.Plain.List[7]", ("Properties", "Plain", "List")),
        ("$.Plain.None[*]", ("Properties", "Plain", "None")),
        ("$.Settings[?@.Space=='z'].Value", ("Properties", "Settings")),
        ("$.Plain.None.Name", ("Properties", "Plain", "None")),
        ("$.One.D", ("Properties", "One")),
        ("$.Same[*].D", ("Properties", "Same", 0)),
        ("$.Chosen.D", ("Properties", "Chosen", "Fn::If", 2)),
        ("$.Null", ("Properties", "Null")),
        ("$.Null.Deeper", ("Properties", "Null")),
        ("$.Nothing", ("Properties", "Nothing", "Ref")),
        ("@.UpdatePolicy", ()),
    ],
)
def test_what_is_missing_stands_where_the_path_leaves_off(
    resource: Resource, path: str, missing_at: tuple[Any, ...]
) -> None:
    assert found(resource, path) is ABSENT
    assert place(resource, path) == missing_at


def test_what_is_found_stands_where_it_is_written(resource: Resource) -> None:
    assert place(resource, "$.Plain.List[2].C") == ("Properties", "Plain", "List", 2, "C")
    assert place(resource, "$.One[*].C") == ("Properties", "One", "C")
    assert place(resource, "$.Chosen.C") == ("Properties", "Chosen", "Fn::If", 2, "C")


def test_one_thing_is_what_all_items_agree_on(resource: Resource) -> None:
    assert found(resource, "$.Same[*].C") == "c"
    assert why(found(resource, "$.Mixed[*].C")) == "it stands here several times with different values"
    assert found(resource, "$.Plain.None[*].C") is ABSENT


def test_everything_is_found_in_its_order_and_an_open_item_may_be_any_number(resource: Resource) -> None:
    *known, open = everything(resource, "$.Rows[*].C[*]")
    assert known == [1, 2, 3, ABSENT]
    assert why(open) == "it is the parameter Name, which has no default"
    assert everything(resource, "$.Plain.None[*]") == [ABSENT]
    assert everything(resource, "$.Gone[*]") == [ABSENT]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("$.Text.Name", "it should have Name, but is text"),
        ("$.Plain.List.Name", "it should have Name, but is a list"),
        ("$.Made.Name", "it comes from another resource"),
        ("$.Made[*].Name", "it comes from another resource"),
        ("$['Open If'].C", "the condition Maybe is undecided"),
        ("$['Open If'][*].C", "the condition Maybe is undecided"),
        ("$.Macro.D", "a macro may add it at deploy"),
        ("$.Macro[*].D", "a macro may add it at deploy"),
        ("$['Macro Only'].D", "the macro Mine makes it at deploy"),
        ("$.Listed.Name", "it is the parameter Name, which has no default"),
    ],
)
def test_below_what_is_no_container_all_is_unknown(resource: Resource, path: str, reason: str) -> None:
    assert why(found(resource, path)) == reason
    assert why(everything(resource, path)[0]) == reason


def test_the_reason_never_holds_what_was_written(resource: Resource) -> None:
    assert "secret" not in why(found(resource, "$.Text.Name"))


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("$.Plain..Deep", ["text"]),
        ("$.Plain.Inside['Deep','a-b']", ["text", "dashed"]),
        ('$["Plain"]["Inside"]["Deep"]', ["text"]),
        ("$.Plain.List[0:2]", ["a", "b"]),
        ("$.Settings[?(@.Space == 'b')].Value", ["in b"]),
        ("$.Settings[?(@.Space != 'b')].Value", ["in a"]),
        ("@.Properties..Deep", None),
        ("$.Plain..Gone", [ABSENT]),
        ("$.Settings[?(@.Space == 'z')].Value", [ABSENT]),
    ],
)
def test_a_rich_path_leads_through_resolved_data(resource: Resource, path: str, data: list[Any] | None) -> None:
    resource.properties = {name: resource.properties[name] for name in ("Plain", "Settings")}
    assert steps(path) is None
    if data is None:
        assert isinstance(everything(resource, path)[0], Unknown)  # the body has all of the properties
    else:
        assert everything(resource, path) == data


def test_a_rich_path_says_where_it_leads(resource: Resource) -> None:
    resource.properties = {"Settings": resource.properties["Settings"]}
    ((data, at),) = read_all(resource, "$.Settings[?(@.Space == 'b')].Value", World(blurred=True))
    assert (data, at[2:]) == ("in b", ("Properties", "Settings", 1, "Value"))


def test_what_is_open_makes_a_rich_path_unknown_where_it_could_matter(resource: Resource) -> None:
    resource.properties = {"Open": resource.properties["Open"]}
    (open,) = everything(resource, "$.Open[?(@.Key != 'two')].Value")
    assert isinstance(open, Unknown)
    assert everything(resource, "$.Open..Value") == ["first", "other"]
    resource.properties = {"Macro Only": {"Fn::Transform": {"Name": "Mine"}}, "A": {"Value": 1}}
    (open,) = everything(resource, "$..Value")
    assert isinstance(open, Unknown)


def test_a_reference_is_followed_no_further(resource: Resource) -> None:
    made = found(resource, "$.Made")
    assert isinstance(made, Reference)
    assert (made.resource.name, made.attribute) == ("Other", "Some.Where")
    assert reason(made) == "it comes from Other"
