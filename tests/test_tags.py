"""Tags, in a list or in a map, of the resource or of its deployment."""

from __future__ import annotations

from typing import Any

import pytest

from reporting import Store, stores
from templates import graph_of, the
from wascan.verdict import FAIL, PASS, UNKNOWN, Truth
from wascan.world import World

__all__ = ["stores"]

pytestmark = pytest.mark.usefixtures("stores")

REST = "Parameters: {P: {Type: String}, L: {Type: CommaDelimitedList}, D: {Type: String, Default: team}}\n"


def tags_of(written: str, rest: str = REST, **settings: Any) -> Any:
    graph = graph_of(f"Resources:\n  It: {{Type: Test::Data::Store, Properties: {{{written}}}}}\n{rest}", **settings)
    return Store(the(graph, "It"), World(blurred=True)).tags


@pytest.mark.parametrize(
    ("written", "truth"),
    [
        ("", FAIL),
        ("Tags: []", FAIL),
        ("Tags: {}", FAIL),
        ("Tags: !Ref AWS::NoValue", FAIL),
        ("Tags: [{Key: owner, Value: team}]", PASS),
        ("Tags: {owner: team}", PASS),
        ("Tags: {Key: owner, Value: team}", PASS),
        ("Tags: [{key: owner, value: team}]", PASS),
        ("Tags: [{Key: Owner, Value: team}]", FAIL),
        ("Tags: [{Key: owner, Value: ''}]", FAIL),
        ("Tags: [{Key: owner}]", FAIL),
        ("Tags: [{Key: owner, Value: !Ref D}]", PASS),
        ("Tags: [{Key: !Sub 'own${E}', Value: x}]", PASS),
        ("Tags: [{Key: owner, Value: !Ref P}]", UNKNOWN),
        ("Tags: [{Key: !Ref P, Value: x}]", UNKNOWN),
        ("Tags: [{Key: !Ref P, Value: x}, {Key: owner, Value: y}]", PASS),
        ("Tags: [!If [C, {Key: owner, Value: x}, !Ref AWS::NoValue]]", UNKNOWN),
        ("Tags: [!If [T, {Key: owner, Value: x}, !Ref AWS::NoValue]]", PASS),
        ("Tags: !If [C, [{Key: owner, Value: x}], []]", UNKNOWN),
        ("Tags: !Ref L", UNKNOWN),
        ("Tags: !Transform {Name: M}", UNKNOWN),
        ("Tags: [{'Fn::Transform': {Name: M}, Value: x}]", UNKNOWN),
        ("Tags: {'Fn::Transform': {Name: M}, other: x}", UNKNOWN),
        ("Tags: text", UNKNOWN),
        ("Tags: 5", UNKNOWN),
        ("Tags: [text]", UNKNOWN),
        ("Tags: [[{Key: owner, Value: x}]]", UNKNOWN),
    ],
)
def test_a_tag_is_there_or_not_or_nobody_can_tell(written: str, truth: Truth) -> None:
    rest = (
        REST.replace("P:", "E: {Type: String, Default: er}, P:")
        + "Conditions: {C: !Equals [!Ref P, x], T: !Equals [a, a]}\n"
    )
    assert tags_of(written, rest).has("owner").truth is truth


def test_a_macro_of_the_template_may_add_a_tag_to_those_that_are_there() -> None:
    for written in ("Tags: [{Key: a, Value: b}]", "Tags: {a: b}", "Tags: []", ""):
        tags = tags_of(written, f"{REST}Transform: AddTags\n")
        assert tags.has("owner").truth is UNKNOWN
    assert tags_of("Tags: {owner: x}", f"{REST}Transform: AddTags\n").has("owner").truth is PASS


def test_tags_of_the_deployment_count_and_those_of_the_resource_come_first() -> None:
    given = {"owner": "deployer", "stage": "prod"}
    tags = tags_of("Tags: [{Key: owner, Value: own}]", tags=given)
    assert tags.get("owner").data == "own"
    assert tags.get("stage").data == "prod"
    assert tags_of("", tags=given).has("owner").truth is PASS
    assert tags_of("", tags=given).has_any().truth is PASS
    open = tags_of("Tags: !Ref L", tags=given)
    assert open.has("owner").truth is PASS
    assert open.allow("owner", ["deployer"]).truth is UNKNOWN
    assert open.has("other").truth is UNKNOWN


@pytest.mark.parametrize(
    ("written", "truth"),
    [
        ("", FAIL),
        ("Tags: []", FAIL),
        ("Tags: [{Key: a, Value: b}]", PASS),
        ("Tags: {a: b}", PASS),
        ("Tags: {a: !If [C, x, !Ref AWS::NoValue]}", UNKNOWN),
        ("Tags: {a: !If [C, x, !Ref AWS::NoValue], b: c}", PASS),
        ("Tags: !Ref L", UNKNOWN),
        ("Tags: [{Key: !Ref P, Value: x}]", UNKNOWN),
    ],
)
def test_there_are_some_or_none(written: str, truth: Truth) -> None:
    assert tags_of(written, f"{REST}Conditions: {{C: !Equals [!Ref P, x]}}\n").has_any().truth is truth


@pytest.mark.parametrize(
    ("written", "truth"),
    [
        ("", PASS),
        ("Tags: {stage: prod}", PASS),
        ("Tags: {stage: test}", FAIL),
        ("Tags: {stage: !Ref P}", UNKNOWN),
        ("Tags: {stage: !Sub 'x${P}'}", FAIL),
        ("Tags: !Ref L", UNKNOWN),
    ],
)
def test_a_tag_may_have_some_values_only(written: str, truth: Truth) -> None:
    assert tags_of(written).allow("stage", ["dev", "prod"]).truth is truth


def test_a_tag_stands_where_its_value_is_written_and_a_missing_one_where_the_tags_are() -> None:
    tags = tags_of("Tags: [{Key: a, Value: b}]")
    assert tags.get("a").path[-3:] == ("Tags", 0, "Value")
    assert tags.get("c").path[-1] == "Tags"
    assert tags_of("Tags: {a: b}").get("a").path[-2:] == ("Tags", "a")
    assert tags.get("a").name == "tag a"


def test_tags_rest_on_the_defaults_of_what_they_are_made_of() -> None:
    tags = tags_of("Tags: [{Key: a, Value: !Ref D}, {Key: !Ref D, Value: x}]")
    for key, rests in (("a", ["D"]), ("team", ["D"]), ("gone", ["D"])):
        assert [default.label for default in tags.get(key).rests] == rests
