"""Lists of which nobody knows the items: whether there is anything in them all the same."""

from __future__ import annotations

import pytest

from templates import graph_of, the
from wascan.attribute import Many
from wascan.kind import Block, Kind
from wascan.verdict import FAIL, PASS, UNKNOWN, Truth
from wascan.world import World


class Group(Kind):
    """Something with names, and parts that have them."""

    names = Many(cfn="$.Value[*]")
    inside = Many(cfn="$.Value[*].Name")
    parts = Many(block=Block, cfn="$.Value[*]")


PARAMETERS = """
Parameters:
  Text: {Type: String}
  Groups: {Type: List<AWS::EC2::SecurityGroup::Id>}
  Texts: {Type: CommaDelimitedList}
  Env: {Type: String, AllowedValues: [a, b]}
Conditions:
  IsA: !Equals [!Ref Env, a]
  IsB: !Equals [!Ref Text, b]
"""


@pytest.mark.parametrize(
    ("value", "names", "inside", "parts"),
    [
        ("[a]", FAIL, UNKNOWN, FAIL),
        ("[]", PASS, PASS, PASS),
        ("!Ref Groups", FAIL, UNKNOWN, FAIL),
        ("!Ref Texts", UNKNOWN, UNKNOWN, UNKNOWN),
        ("!Split [',', !Ref Text]", UNKNOWN, UNKNOWN, UNKNOWN),
        ("[!Ref Text]", FAIL, UNKNOWN, FAIL),
        ("[!Ref Env]", FAIL, UNKNOWN, FAIL),
        ("[!If [IsA, !Ref Text, !Ref AWS::NoValue]]", UNKNOWN, UNKNOWN, UNKNOWN),
        ("[!If [IsA, a, b]]", FAIL, UNKNOWN, FAIL),
        ("!If [IsA, [a], [b]]", FAIL, UNKNOWN, FAIL),
        ("!If [IsA, [!Ref Text], !Ref Groups]", FAIL, UNKNOWN, FAIL),
        ("!If [IsA, [a], []]", UNKNOWN, UNKNOWN, UNKNOWN),
        ("!If [IsA, [a], [!If [IsB, b, !Ref AWS::NoValue]]]", UNKNOWN, UNKNOWN, UNKNOWN),
        ("!If [IsA, [a], [!Ref AWS::NoValue]]", UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_a_list_that_is_sure_to_hold_something_is_not_empty(
    value: str, names: Truth, inside: Truth, parts: Truth
) -> None:
    text = f"Resources: {{It: {{Type: AWS::Test::It, Properties: {{Value: {value}}}}}}}\n{PARAMETERS}"
    group = Group(the(graph_of(text), "It"), World(blurred=True))
    asked = (group.names, group.inside, group.parts)
    assert tuple(values.is_empty().truth for values in asked) == (names, inside, parts)
    assert tuple((~values.count_at_least(1)).truth for values in asked) == (names, inside, parts)
