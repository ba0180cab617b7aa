"""What CloudFormation's functions, parameters and conditions come to; what only a deployment knows is unknown."""

from __future__ import annotations

from typing import Any

import pytest

from templates import graph_of, the, worth
from wascan.markers import ABSENT, Reference, Text, Unknown, present, symbol
from wascan.path import read
from wascan.world import Undecided, World

OTHERS = """
  Key: {Type: AWS::KMS::Key}
  Table: {Type: AWS::DynamoDB::Table}
Parameters:
  Name: {Type: String}
  Zone: {Type: AWS::EC2::AvailabilityZone::Name}
  Names: {Type: CommaDelimitedList}
  Count: {Type: Number, Default: 3}
  Env: {Type: String, Default: dev}
  List: {Type: CommaDelimitedList, Default: "a, b,c"}
  Empty: {Type: CommaDelimitedList, Default: ""}
Mappings:
  Sizes:
    dev: {Type: small, Zones: [a, b]}
    prod: {Type: large, Zones: [c]}
  Accounts: {123456789012: {Name: main}}
Conditions:
  IsDev: !Equals [!Ref Env, dev]
  IsProd: !Equals [!Ref Env, prod]
  Named: !Equals [!Ref Name, x]
"""


def why(data: Any) -> str:
    assert isinstance(data, Unknown), data
    return data.reason


def parts(data: Any) -> list[str]:
    """A string of which parts are open, as its literals with ? for what is open."""
    assert isinstance(data, Text), data
    return [part if isinstance(part, str) else "?" for part in data.parts]


# What can be decided


@pytest.mark.parametrize(
    ("short", "long", "data"),
    [
        ("!Ref Env", "{Ref: Env}", "dev"),
        ("!Ref Count", "{Ref: Count}", 3),
        ("!Ref List", "{Ref: List}", ["a", "b", "c"]),
        ("!Ref Empty", "{Ref: Empty}", []),
        ("!Ref AWS::NoValue", '{Ref: "AWS::NoValue"}', ABSENT),
        ('!Base64 "text"', '{"Fn::Base64": text}', "text"),
        ("!Base64 {Ref: Env}", '{"Fn::Base64": {Ref: Env}}', "dev"),
        ("!Cidr [10.0.0.0/16, 2, 8]", '{"Fn::Cidr": [10.0.0.0/16, 2, 8]}', ["10.0.0.0/24", "10.0.1.0/24"]),
        ("!Cidr [10.0.0.0/16, 1]", '{"Fn::Cidr": [10.0.0.0/16, "1"]}', ["10.0.0.0/24"]),
        ('!Cidr ["2001:db8::/56", 1, 64]', '{"Fn::Cidr": ["2001:db8::/56", 1, 64]}', ["2001:db8::/64"]),
        ("!FindInMap [Sizes, dev, Type]", '{"Fn::FindInMap": [Sizes, dev, Type]}', "small"),
        ("!FindInMap [Sizes, !Ref Env, Type]", '{"Fn::FindInMap": [Sizes, {Ref: Env}, Type]}', "small"),
        ("!FindInMap [Sizes, dev, Zones]", '{"Fn::FindInMap": [Sizes, dev, Zones]}', ["a", "b"]),
        ("!FindInMap [Accounts, 123456789012, Name]", '{"Fn::FindInMap": [Accounts, "123456789012", Name]}', "main"),
        (
            "!FindInMap [Sizes, test, Type, {DefaultValue: medium}]",
            '{"Fn::FindInMap": [Sizes, test, Type, {DefaultValue: medium}]}',
            "medium",
        ),
        ("!If [IsDev, 1, 2]", '{"Fn::If": [IsDev, 1, 2]}', 1),
        ("!If [IsProd, 1, !Ref AWS::NoValue]", '{"Fn::If": [IsProd, 1, {Ref: "AWS::NoValue"}]}', ABSENT),
        ("!If [IsProd, 1, !If [IsDev, 2, 3]]", '{"Fn::If": [IsProd, 1, {"Fn::If": [IsDev, 2, 3]}]}', 2),
        ("!Join ['-', [a, !Ref Env, 3, true]]", '{"Fn::Join": ["-", [a, {Ref: Env}, 3, true]]}', "a-dev-3-true"),
        ("!Join ['', !Ref List]", '{"Fn::Join": ["", {Ref: List}]}', "abc"),
        ("!Join [',', []]", '{"Fn::Join": [",", []]}', ""),
        ("!Join [',', [a, !Ref AWS::NoValue, b]]", '{"Fn::Join": [",", [a, {Ref: "AWS::NoValue"}, b]]}', "a,b"),
        ("!Length [a, b]", '{"Fn::Length": [a, b]}', 2),
        ("!Length {Ref: List}", '{"Fn::Length": {Ref: List}}', 3),
        ("!Length [a, !Ref AWS::NoValue]", '{"Fn::Length": [a, {Ref: "AWS::NoValue"}]}', 1),
        ("!Select [1, [a, b]]", '{"Fn::Select": ["1", [a, b]]}', "b"),
        ("!Select [0, !Ref List]", '{"Fn::Select": [0, {Ref: List}]}', "a"),
        ("!Select [2, !Split ['/', a/b/c]]", '{"Fn::Select": [2, {"Fn::Split": ["/", a/b/c]}]}', "c"),
        ("!Split [',', 'a,b']", '{"Fn::Split": [",", "a,b"]}', ["a", "b"]),
        ("!Split ['--', !Sub '${Env}--x']", '{"Fn::Split": ["--", {"Fn::Sub": "${Env}--x"}]}', ["dev", "x"]),
        ('!Sub "${Env}-${ Count }"', '{"Fn::Sub": "${Env}-${Count}"}', "dev-3"),
        ('!Sub "${!Env}-${}"', '{"Fn::Sub": "${!Env}-${}"}', "${Env}-${}"),
        ('!Sub ["${A}${Env}", {A: x}]', '{"Fn::Sub": ["${A}${Env}", {A: x}]}', "xdev"),
        ('!Sub ["${A}", {A: !Select [0, [y]]}]', '{"Fn::Sub": ["${A}", {A: {"Fn::Select": [0, [y]]}}]}', "y"),
        ('!ToJsonString {a: [1, "x", true]}', '{"Fn::ToJsonString": {a: [1, x, true]}}', '{"a":[1,"x",true]}'),
        ("!ToJsonString []", '{"Fn::ToJsonString": []}', "[]"),
        ("!ToJsonString {a: !Ref AWS::NoValue}", '{"Fn::ToJsonString": {a: {Ref: "AWS::NoValue"}}}', "{}"),
    ],
)
def test_a_function_is_decided_where_it_can_be_however_it_is_written(short: str, long: str, data: Any) -> None:
    assert worth(short, OTHERS) == worth(long, OTHERS) == data


@pytest.mark.parametrize(
    ("value", "attribute"),
    [
        ("!Ref Key", None),
        ("!GetAtt Key.Arn", "Arn"),
        ("!GetAtt [Key, Arn]", "Arn"),
        ("!GetAtt [Key, !Sub 'A${Suffix}']", "Arn"),
        ('{"Fn::GetAtt": "Key.Nested.Name"}', "Nested.Name"),
        ("{Ref: !Sub 'K${Ending}'}", None),
        ('!Sub "${Key}"', None),
        ('!Sub "${Key.Arn}"', "Arn"),
        ('!Sub ["${K}", {K: !Ref Key}]', None),
        ("!Select [1, [a, !Ref Key]]", None),
        ("!If [IsDev, !Ref Key, x]", None),
        ("!Base64 {Ref: Key}", None),
    ],
)
def test_a_reference_leads_to_its_resource(value: str, attribute: str | None) -> None:
    more = "  Suffix: {Type: String, Default: rn}\n  Ending: {Type: String, Default: ey}\nMappings:\n"
    found = worth(value, OTHERS.replace("Mappings:\n", more))
    assert isinstance(found, Reference)
    assert (found.resource.name, found.attribute) == ("Key", attribute)


def test_a_string_keeps_what_is_known_of_it() -> None:
    assert parts(worth('!Sub "arn:${AWS::Partition}:s3:::${Name}-x"', OTHERS)) == ["arn:", "?", ":s3:::", "?", "-x"]
    assert parts(worth("!Join ['/', [table, !Ref Table, !Ref Env]]", OTHERS)) == ["table/", "?", "/dev"]
    assert parts(worth("!Join ['', [a, !If [Named, b, c]]]", OTHERS)) == ["a", "?"]
    assert parts(worth("!ToJsonString {Id: !Ref Key, N: 1}", OTHERS)) == ['{"Id":"', "?", '","N":1}']


# What cannot


NO_DEFAULT = "it is the parameter Name, which has no default"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("!Ref Name", NO_DEFAULT),
        ("!Ref Names", "it is the parameter Names, which has no default"),
        ("!Ref Gone", "there is no resource or parameter called Gone"),
        ("!Ref AWS::Region", "AWS::Region is known at deploy"),
        ("!Ref AWS::AccountId", "AWS::AccountId is known at deploy"),
        ("!Ref AWS::Partition", "AWS::Partition is known at deploy"),
        ("!Ref AWS::URLSuffix", "AWS::URLSuffix is known at deploy"),
        ("!Ref AWS::StackName", "AWS::StackName is known at deploy"),
        ("!Ref AWS::StackId", "AWS::StackId is known at deploy"),
        ("!Ref AWS::NotificationARNs", "AWS::NotificationARNs is known at deploy"),
        ("!GetAtt Gone.Arn", "there is no resource or parameter called Gone"),
        ("!GetAtt [Key, !Ref Name]", NO_DEFAULT),
        ("!GetAZs ''", "the account's zones are known at deploy"),
        ("!GetAZs {Ref: AWS::Region}", "the account's zones are known at deploy"),
        ("!Select [0, !GetAZs '']", "the account's zones are known at deploy"),
        ("!ImportValue net-vpc", "net-vpc is exported by a stack outside this scan"),
        ("!ImportValue {Ref: Name}", "it is imported from another stack"),
        ("!Cidr [!Ref Name, 2, 8]", "its address block is known at deploy"),
        ("!FindInMap [Sizes, !Ref Name, Type]", "Name is undecided"),
        ("!FindInMap [!Ref Name, dev, Type]", NO_DEFAULT),
        ("!FindInMap [Sizes, !Select [0, !Ref Names], Type]", "it is the parameter Names, which has no default"),
        ("!FindInMap [Sizes, test, Type]", "the mapping Sizes has no test"),
        ("!FindInMap [Gone, test, Type]", "the mapping Gone has no Gone"),
        ("!FindInMap [Sizes, dev, Type, More]", None),
        ("!If [Named, 1, 2]", "the condition Named is undecided"),
        ("!If [Gone, 1, 2]", "the condition Gone is undecided"),
        ("!Join [',', !Ref Names]", "it is the parameter Names, which has no default"),
        ("!Join [',', [a, !If [Named, b, !Ref AWS::NoValue]]]", "the condition Named is undecided"),
        ("!Length {Ref: Names}", "it is the parameter Names, which has no default"),
        ("!Length [a, !If [Named, b, !Ref AWS::NoValue]]", "the condition Named is undecided"),
        ("!Select [1, [!If [Named, b, !Ref AWS::NoValue], c, d]]", "the condition Named is undecided"),
        ("!Select [!Ref Name, [a, b]]", NO_DEFAULT),
        ("!Select [0, !Split [',', !Ref Name]]", NO_DEFAULT),
        ("!Split [',', !Ref Name]", NO_DEFAULT),
        ("!Split [',', !Sub 'a,${Name}']", NO_DEFAULT),
        ("!Transform {Name: Mine, Parameters: {A: b}}", "the macro Mine makes it at deploy"),
        ("!Transform {Parameters: {A: b}}", "the macro named here makes it at deploy"),
        ("!GetStackOutput {StackName: net, OutputName: Vpc}", "the stack net is not in this scan"),
        ('"{{resolve:ssm:/a/b}}"', "it is looked up at deploy (dynamic reference)"),
        ('"postgres://{{resolve:secretsmanager:a:SecretString:b}}@x"', "it is looked up at deploy (dynamic reference)"),
        ('!Sub "{{resolve:ssm:/${Env}/b}}"', "it is looked up at deploy (dynamic reference)"),
        ('!Sub "{{resolve:ssm:/${Name}/b}}"', "it is looked up at deploy (dynamic reference)"),
        ("!Join ['', ['{{resolve:secretsmanager:', !Ref Key, ':SecretString:p}}']]", None),
        ("!Rain::Embed x", "!Rain::Embed is no function that can stand here"),
        ('{"Fn::Equals": [a, a]}', "Fn::Equals is no function that can stand here"),
        ('{"Fn::Unheard": [a, a]}', "Fn::Unheard is no function that can stand here"),
        ('!Sub "${Gone}"', "there is no resource or parameter called Gone"),
        ('!Sub "${Gone.Arn}"', "there is no resource or parameter called Gone"),
        ('!Sub ["${A}", {A: {b: c}}]', "it is no scalar"),
        ('!Sub ["${A}", {A: !Ref AWS::NoValue}]', "it is no scalar"),
    ],
)
def test_what_only_a_deployment_knows_is_unknown_and_says_why(value: str, reason: str | None) -> None:
    said = why(worth(value, OTHERS))
    assert reason is None or said == reason


@pytest.mark.parametrize(
    "value",
    [
        "{Ref: [a]}",
        "{Ref: {a: b}}",
        "{Ref: 5}",
        "{Ref: }",
        '{"Fn::GetAtt": [Key]}',
        '{"Fn::GetAtt": [Key, Arn, More]}',
        '{"Fn::GetAtt": {a: b}}',
        '{"Fn::GetAtt": Key}',
        '{"Fn::GetAtt": [[Key], Arn]}',
        '{"Fn::Sub": {a: b}}',
        '{"Fn::Sub": [a]}',
        '{"Fn::Sub": ["${A}", x]}',
        '{"Fn::Sub": [[a], {}]}',
        '{"Fn::Sub": }',
        '{"Fn::Join": a}',
        '{"Fn::Join": [a]}',
        '{"Fn::Join": [[a], [b]]}',
        '{"Fn::Join": [",", a]}',
        '{"Fn::Join": [",", {a: b}]}',
        '{"Fn::Split": a}',
        '{"Fn::Split": ["", abc]}',
        '{"Fn::Split": [",", [a]]}',
        '{"Fn::Split": [",", {Ref: "AWS::NoValue"}]}',
        '{"Fn::Split": [[","], abc]}',
        '{"Fn::Select": a}',
        '{"Fn::Select": [5, [a]]}',
        '{"Fn::Select": [-1, [a]]}',
        '{"Fn::Select": [0.5, [a]]}',
        '{"Fn::Select": [.inf, [a]]}',
        '{"Fn::Select": [x, [a]]}',
        '{"Fn::Select": [[0], [a]]}',
        '{"Fn::Select": [0, "a,b"]}',
        '{"Fn::Select": [0, {a: b}]}',
        '{"Fn::Select": [0, []]}',
        '{"Fn::If": IsDev}',
        '{"Fn::If": [IsDev, a]}',
        '{"Fn::If": [IsDev, a, b, c]}',
        '{"Fn::If": [[IsDev], a, b]}',
        '{"Fn::If": [{a: b}, a, b]}',
        '{"Fn::FindInMap": a}',
        '{"Fn::FindInMap": [Sizes, dev]}',
        '{"Fn::FindInMap": [Sizes, [dev], Type]}',
        '{"Fn::FindInMap": [Sizes, {a: b}, Type]}',
        '{"Fn::FindInMap": [[Sizes], dev, Type]}',
        '{"Fn::FindInMap": [Scalar, !Ref Name, Type]}',
        '{"Fn::FindInMap": [Listed, !Ref Name, Type]}',
        '{"Fn::FindInMap": [Flat, !Ref Env, !Ref Name]}',
        '{"Fn::Cidr": a}',
        '{"Fn::Cidr": [a, b, c]}',
        '{"Fn::Cidr": [10.0.0.0/16, .inf, 8]}',
        '{"Fn::Cidr": [10.0.0.0/16, 1, 40]}',
        '{"Fn::Cidr": [10.0.0.1/16, 1, 8]}',
        '{"Fn::Cidr": [[10.0.0.0/16], 1, 8]}',
        '{"Fn::Cidr": [10.0.0.0/16, {a: b}, 8]}',
        '{"Fn::Length": abc}',
        '{"Fn::Length": }',
        '{"Fn::GetAZs": [a]}',
        '{"Fn::GetAZs": {a: b}}',
        '{"Fn::ImportValue": [a]}',
        '{"Fn::ImportValue": }',
        '{"Fn::Transform": [a]}',
        '{"Fn::GetStackOutput": [a]}',
        '{"Fn::GetStackOutput": {StackName: [a]}}',
    ],
)
def test_a_function_with_arguments_that_it_cannot_take_is_unknown(value: str) -> None:
    rest = OTHERS.replace("Mappings:", "Mappings:\n  Scalar: 5\n  Listed: [a]\n  Flat: {dev: 5}")
    assert why(worth(value, rest))


@pytest.mark.parametrize("value", ["!Ref {a: [b]}", "!Ref [!Ref Env]", '{"Fn::GetAtt": [!Ref Name, Arn]}'])
def test_a_name_that_is_open_or_none_is_unknown(value: str) -> None:
    assert why(worth(value, OTHERS))


# What is the same in the end


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("!Ref Name", "!Sub '${Name}'", True),
        ("!Sub 'a-${Name}'", "!Join ['-', [a, !Ref Name]]", True),
        ("!Sub 'a-${Name}'", "!Sub 'b-${Name}'", False),
        ("!Ref Name", "!Ref Zone", False),
        ("!Ref Gone", "!Ref Gone", True),
        ("!Ref Gone", "!GetAtt Gone.Arn", False),
        ("!Select [0, !GetAZs '']", "!Select [0, !GetAZs {Ref: 'AWS::Region'}]", True),
        ("!Select [0, !GetAZs '']", "!Select [1, !GetAZs '']", False),
        ("!ImportValue a", "!ImportValue a", True),
        ("!ImportValue {Ref: Name}", "!ImportValue {Ref: Name}", True),
        ("!ImportValue {Ref: Name}", "!ImportValue {Ref: Zone}", False),
        ("!Join [',', !Ref Names]", "!Join [',', !Ref Names]", True),
        ("!Select [0, !Split [',', !Ref Name]]", "!Select [0, !Split [',', !Ref Name]]", True),
        ("!Cidr [!Ref Name, 2, 8]", "!Cidr [!Ref Name, 2, 8]", True),
        ("!If [Named, a, b]", "!If [Named, a, b]", True),
        ("!If [Named, a, b]", "!If [Named, b, a]", False),
        ("'{{resolve:ssm:/a}}'", "'{{resolve:ssm:/a}}'", True),
        ("!GetStackOutput {StackName: a, OutputName: b}", "!GetStackOutput {StackName: a, OutputName: b}", True),
    ],
)
def test_open_values_are_the_same_where_they_are_sure_to_be(one: str, other: str, same: bool) -> None:
    names = symbol(worth(one, OTHERS)), symbol(worth(other, OTHERS))
    assert None not in names
    assert (names[0] == names[1]) is same


@pytest.mark.parametrize(
    "value",
    [
        "!ImportValue {'Fn::Transform': {Name: A}}",
        "!GetAZs {'Fn::Transform': {Name: A}}",
        "!If [Named, [a], [b]]",
        "!If [Named, a, !Ref AWS::NoValue]",
        "!GetStackOutput {StackName: !Transform {Name: A}, OutputName: b}",
        "!Join [',', !Transform {Name: A}]",
    ],
)
def test_what_may_differ_from_time_to_time_is_never_the_same(value: str) -> None:
    assert symbol(worth(value, OTHERS)) is None


# Pseudo parameters


@pytest.mark.parametrize(
    ("region", "partition", "suffix"),
    [
        ("eu-central-1", "aws", "amazonaws.com"),
        ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
        ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
    ],
)
def test_the_region_and_account_that_a_scan_is_for_are_known(region: str, partition: str, suffix: str) -> None:
    value = '!Sub "${AWS::Region} ${AWS::Partition} ${AWS::URLSuffix} ${AWS::AccountId}"'
    assert worth(value, region=region, account="123456789012") == f"{region} {partition} {suffix} 123456789012"


def test_one_scan_has_one_region_whoever_asks() -> None:
    value = "!If [InEurope, !Ref AWS::Region, !Join ['', [!Ref AWS::Region]]]"
    rest = "Conditions: {InEurope: !Equals [!Ref AWS::Region, eu-west-1]}\n"
    key = ("parameter", "t.yaml", "AWS::Region")
    assert worth(value, rest, world=World({key: "eu-west-1"})) == "eu-west-1"
    assert worth(value, rest, region="eu-west-1") == "eu-west-1"
    assert worth(value, rest, region="us-east-1") == "us-east-1"


# Parameters


def parameter(body: str, value: str = "!Ref P", **settings: Any) -> Any:
    return worth(value, f"Parameters: {{P: {body}}}\n", **settings)


@pytest.mark.parametrize(
    ("body", "data"),
    [
        ("{Type: String, Default: a}", "a"),
        ("{Type: String, Default: ''}", ""),
        ("{Type: String, Default: true}", True),
        ("{Type: Number, Default: '5'}", "5"),
        ("{Type: CommaDelimitedList, Default: 'a,b'}", ["a", "b"]),
        ("{Type: List<Number>, Default: '80, 443'}", ["80", "443"]),
        ("{Type: 'List<AWS::EC2::Subnet::Id>', Default: subnet-1}", ["subnet-1"]),
        ("{Type: 'AWS::EC2::Image::Id', Default: ami-1}", "ami-1"),
        ("{Type: String, NoEcho: true, Default: ''}", ""),
    ],
)
def test_a_default_is_the_value(body: str, data: Any) -> None:
    assert parameter(body) == data


def test_what_is_pinned_is_the_value() -> None:
    assert parameter("{Type: String, Default: a}", parameters={"P": "b"}) == "b"
    assert parameter("{Type: CommaDelimitedList}", parameters={"P": "b,c"}) == ["b", "c"]
    assert parameter("{Type: CommaDelimitedList}", parameters={"P": ["b", "c"]}) == ["b", "c"]


@pytest.mark.parametrize("value_type", ["String", "'List<String>'", "'AWS::EC2::Image::Id'"])
def test_a_parameter_of_the_parameter_store_is_looked_up_whatever_is_passed(value_type: str) -> None:
    body = f"{{Type: AWS::SSM::Parameter::Value<{value_type.strip(chr(39))}>, Default: /a/b}}"
    for settings in ({}, {"parameters": {"P": "/c/d"}}):
        found = parameter(body, **settings)
        assert why(found) == "it is looked up at deploy (parameter P)"
        assert found.filled


def test_the_name_in_the_parameter_store_is_an_ordinary_value() -> None:
    assert parameter("{Type: 'AWS::SSM::Parameter::Name', Default: /a/b}") == "/a/b"


@pytest.mark.parametrize("hides", ["true", "'true'", "'True'"])
def test_a_hidden_value_is_never_looked_at(hides: str) -> None:
    body = f"{{Type: String, NoEcho: {hides}, Default: hunter2}}"
    for settings in ({}, {"parameters": {"P": "swordfish"}}):
        world = World(blurred=True)
        found = worth("!Ref P", f"Parameters: {{P: {body}}}\n", world=world, **settings)
        assert why(found) == "it is the parameter P, which hides its value"
        assert found.filled
        assert not {"hunter2", "swordfish"} & {default.text for default in world.noted}
    assert parameter("{Type: String, NoEcho: false, Default: shown}") == "shown"


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ("{Type: String}", False),
        ("{Type: String, MinLength: 0}", False),
        ("{Type: String, MinLength: '0'}", False),
        ("{Type: String, MinLength: 1}", True),
        ("{Type: String, MinLength: '8'}", True),
        ("{Type: String, MinLength: [8]}", False),
        ("{Type: CommaDelimitedList, MinLength: 1}", False),
        ("{Type: String, AllowedPattern: '[a-z]+'}", True),
        ("{Type: String, AllowedPattern: '[a-z]*'}", False),
        ("{Type: String, AllowedPattern: '\\p{Alpha}+'}", False),
        ("{Type: CommaDelimitedList, AllowedPattern: '[a-z]+'}", False),
        ("{Type: Number}", True),
        ("{Type: 'AWS::EC2::VPC::Id'}", True),
        ("{Type: 'List<AWS::EC2::Subnet::Id>'}", True),
        ("{Type: CommaDelimitedList}", False),
    ],
)
def test_a_parameter_without_default_is_sure_to_be_filled_where_it_has_to_be(body: str, filled: bool) -> None:
    assert parameter(body).filled is filled


@pytest.mark.parametrize(
    ("pattern", "text", "possible"),
    [
        ("[a-z]+", "test", True),
        ("[a-z]+", "test1", False),
        ("^[a-z]+$", "test", True),
        ("es", "test", False),
        ("", "", True),
        ("\\d+", "\u0661", False),  # digits of Java are those of ASCII
        ("[a-z&&[^t]]+", "test", True),  # Python has no intersections
        ("\\p{Lower}+", "1", True),
        ("(", "test", True),
        ("[a-z]++", "test", True),
    ],
)
def test_what_a_parameter_may_be_matches_its_pattern_as_a_whole(pattern: str, text: str, possible: bool) -> None:
    assert parameter(f"{{Type: String, AllowedPattern: '{pattern}'}}").may_be(text) is possible


def test_a_parameter_that_is_an_id_is_no_name() -> None:
    group = parameter("{Type: 'AWS::EC2::SecurityGroup::Id'}")
    assert group.may_be("sg-0a1b2c3d")
    assert not group.may_be("default")
    assert parameter("{Type: 'AWS::EC2::SecurityGroup::GroupName'}").may_be("default")


def test_a_condition_on_what_a_parameter_cannot_be_is_decided() -> None:
    head = """
Parameters: {P: {Type: String, AllowedPattern: '[a-z]+'}}
Conditions: {Empty: !Equals [!Ref P, ""], Digits: !Equals [!Ref P, "1"]}
"""
    assert worth("!If [Empty, there, none]", head) == "none"
    assert worth("!If [Digits, there, none]", head) == "none"


def test_allowed_values_are_the_cases() -> None:
    body = "{Type: String, AllowedValues: [a, 1, true]}"
    assert why(parameter(body)) == "P is undecided"
    with pytest.raises(Undecided) as raised:
        parameter(body, world=World())
    assert (raised.value.choice.label, raised.value.choice.options) == ("P", ("a", "1", "true"))
    assert parameter(body, world=World({raised.value.choice.key: "1"})) == "1"


def test_a_default_is_noted_with_the_other_values_that_are_allowed() -> None:
    world = World(blurred=True)
    rest = "Parameters: {P: {Type: String, Default: a, AllowedValues: [a, b, c]}}\n"
    worth("!Ref P", rest, world=world)
    (noted,) = world.noted
    assert (noted.label, noted.text, noted.choice.options) == ("P", "a", ("b", "c"))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("5", "the parameter P has no type"),
        ("[a]", "the parameter P has no type"),
        ("{Default: a}", "the parameter P has no type"),
        ("{Type: [String], Default: a}", "the parameter P has no type"),
        ("{Type: String, Default: {a: b}}", "the parameter P has a value that is no String"),
        ("{Type: String, Default: [a, b]}", "the parameter P has a value that is no String"),
        ("{Type: CommaDelimitedList, Default: {a: b}}", "the parameter P has a value that is no CommaDelimitedList"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_unknown(body: str, reason: str) -> None:
    assert why(parameter(body)) == reason


@pytest.mark.parametrize("body", ["{Type: String, AllowedValues: 5}", "{Type: String, AllowedValues: []}"])
def test_allowed_values_that_allow_nothing_allow_anything(body: str) -> None:
    assert why(parameter(body, world=World())) == "it is the parameter P, which has no default"


# Conditions


def holds(condition: str, rest: str = "", *, world: World | None = None, **settings: Any) -> bool | None:
    text = f"Resources: {{It: {{Type: AWS::Test::It}}}}\nConditions:\n  C: {condition}\n{rest}"
    (stack,) = graph_of(text, **settings).scopes
    return stack.condition("C", world or World(blurred=True))


ENV = """
  IsDev: !Equals [!Ref Env, dev]
  Open: !Equals [!Ref Name, x]
Parameters:
  Env: {Type: String, Default: dev}
  Name: {Type: String}
  Needed: {Type: String, MinLength: 1}
  Hidden: {Type: String, NoEcho: true, Default: secret}
  Names: {Type: CommaDelimitedList}
  Found: {Type: "AWS::SSM::Parameter::Value<String>", Default: /a}
  Vpc: {Type: "AWS::EC2::VPC::Id"}
Mappings: {Map: {dev: {Big: "false"}, prod: {Big: "true"}}}
"""


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ("!Equals [a, a]", True),
        ("!Equals [a, b]", False),
        ("!Equals [a, A]", False),
        ("!Equals [true, 'true']", True),
        ("!Equals [true, 1]", False),
        ("!Equals [1, '1']", True),
        ("!Equals ['', '']", True),
        ("!Equals [!Ref Env, dev]", True),
        ("!Equals [dev, !Ref Env]", True),
        ("!Not [!Equals [!Ref Env, dev]]", False),
        ("!And [!Equals [a, a], !Equals [a, b]]", False),
        ("!And [!Equals [a, a], !Equals [b, b]]", True),
        ("!Or [!Equals [a, b], !Equals [b, b]]", True),
        ("!Or [!Equals [a, b], !Equals [b, a]]", False),
        ("{Condition: IsDev}", True),
        ("!Condition IsDev", True),
        ("!Not [!Condition IsDev]", False),
        ("!And [!Condition IsDev, !Not [!Equals [a, b]]]", True),
        ("!Equals [!FindInMap [Map, !Ref Env, Big], 'true']", False),
        ("!Equals [!Join ['', [a, b]], ab]", True),
        ("!Equals [!Select [0, [a, b]], a]", True),
        ("!Equals [!Sub '${Env}x', devx]", True),
        ("!Equals [[a, b], [a, b]]", True),
        ("!Equals [[a, b], [a]]", False),
        # open ones that are sure all the same
        ("!Equals [!Ref Name, !Ref Name]", True),
        ("!Equals [!Sub 'a-${Name}', b-x]", False),
        ("!Equals [!Ref Needed, '']", False),
        ("!Equals ['', !Ref Vpc]", False),
        ("!Equals [!Ref Hidden, '']", False),
        ("!Equals [!Ref Found, '']", False),
        ("!Equals [!Ref AWS::Region, !Ref AWS::Region]", True),
        ("!And [!Condition Open, !Equals [a, b]]", False),
        ("!Or [!Condition Open, !Equals [a, a]]", True),
        # open
        ("!Equals [!Ref Name, x]", None),
        ("!Equals [!Ref Name, !Ref Env]", None),
        ("!Equals [!Ref AWS::Region, eu-west-1]", None),
        ("!Equals [!Join ['', !Ref Names], '']", None),
        ("!Equals [[!Ref Name], [x]]", None),
        ("!Equals [!Sub 'a-${Name}', a-x]", None),
        ("!Equals [!Ref Hidden, secret]", None),
        ("!Equals [!Ref Found, x]", None),
        ("!Not [!Condition Open]", None),
        ("!And [!Condition Open, !Equals [a, a]]", None),
        ("!Or [!Condition Open, !Equals [a, b]]", None),
    ],
)
def test_a_condition_is_decided_where_it_can_be(condition: str, truth: bool | None) -> None:
    assert holds(condition, ENV) is truth


@pytest.mark.parametrize(
    "condition",
    [
        "5",
        "[a]",
        "{}",
        "{a: b, c: d}",
        "{Fn::Other: [a]}",
        "{Condition: [a]}",
        "{Condition: Gone}",
        "{Condition: C}",
        "!Not []",
        "!Not [!Equals [a, a], !Equals [a, a]]",
        "!Not a",
        "!And []",
        "!Or []",
        "!Or a",
        "!Equals [a]",
        "!Equals [a, b, c]",
        "!Equals a",
        "!Equals [!Ref AWS::NoValue, a]",
        "!And [!Equals [a, a], 5]",
    ],
)
def test_a_condition_that_makes_no_sense_is_open(condition: str) -> None:
    assert holds(condition, ENV) is None
    assert holds(condition, ENV, world=World()) is None


def cases(condition: str, rest: str = ENV) -> list[tuple[str, bool | None]]:
    """The worlds that a condition leads to, and what it is there."""
    found: list[tuple[str, bool | None]] = []
    todo = [World()]
    while todo:
        world = todo.pop()
        try:
            found.append((str(world), holds(condition, rest, world=world)))
        except Undecided as open:
            todo += [world.having(open.choice, option) for option in reversed(open.choice.options)]
    return found


def test_an_open_parameter_takes_each_value_that_it_is_compared_with_and_another() -> None:
    rest = ENV.replace("Open:", "Other: !Equals [y, !Ref Name]\n  Open:")
    assert cases("!Equals [!Ref Name, x]", rest) == [
        ("Name is x", True),
        ("Name is y", False),
        ("Name is anything but x, y", False),
    ]
    assert cases("!Equals [!Ref AWS::Region, eu-west-1]") == [
        ("AWS::Region is eu-west-1", True),
        ("AWS::Region is anything but eu-west-1", False),
    ]
    assert cases("!Equals [!Ref Found, x]") == [("Found is x", True), ("Found is anything but x", False)]


def test_a_comparison_that_is_no_plain_one_takes_both_ways() -> None:
    assert cases("!Equals [!Ref Name, !Ref Needed]") == [("C is true", True), ("C is false", False)]
    assert cases("!Not [!Equals [!Ref Needed, !Ref Name]]") == [
        ("the comparison in C is true", False),
        ("the comparison in C is false", True),
    ]


def test_two_comparisons_of_the_same_are_one_choice() -> None:
    both = "!And [!Equals [!Ref Name, !Ref Needed], !Not [!Equals [!Ref Needed, !Ref Name]]]"
    assert {truth for _, truth in cases(both)} == {False}
    twice = "!Or [!Equals [!Ref Name, x], !Not [!Equals [x, !Ref Name]]]"
    assert {truth for _, truth in cases(twice)} == {True}


def test_a_mapping_bounds_what_its_key_may_be() -> None:
    assert cases(
        "!Equals [!FindInMap [Map, !Ref Name, Big], 'true']", ENV.replace("Open: !Equals [!Ref Name, x]", "")
    ) == [
        ("Name is dev", False),
        ("Name is prod", True),
    ]


@pytest.mark.parametrize(
    "conditions",
    [
        "A: {Condition: A}",
        "A: {Condition: B}\n  B: {Condition: A}",
        "A: !Not [!Condition B]\n  B: !And [!Condition C, !Equals [a, a]]\n  C: !Or [!Condition A, !Equals [a, b]]",
        "A: !Equals [!If [A, a, b], a]",
        "A: !Equals [!If [B, a, b], a]\n  B: !Equals [!If [A, a, b], a]",
    ],
)
def test_conditions_that_ask_for_themselves_are_open(conditions: str) -> None:
    rest = f"Conditions:\n  {conditions}\n"
    assert why(worth("!If [A, 1, 2]", rest)) == "the condition A is undecided"
    todo = [World()]
    for world in todo:
        assert len(todo) < 10
        try:
            worth("!If [A, 1, 2]", rest, world=world)
        except Undecided as open:
            todo += [world.having(open.choice, option) for option in open.choice.options]


def test_a_long_chain_of_conditions_ends() -> None:
    chain = "\n".join(f"  C{number}: !Not [!Condition C{number + 1}]" for number in range(5000))
    value = worth("!If [C0, 1, 2]", f"Conditions:\n{chain}\n  C5000: !Equals [a, a]\n")
    assert isinstance(value, Unknown)


def test_a_default_behind_a_condition_is_noted_each_time() -> None:
    world = World(blurred=True)
    rest = "Parameters: {P: {Type: String, Default: a}}\nConditions: {C: !Equals [!Ref P, a]}\n"
    graph = graph_of("Resources: {It: {Type: A::B::C, Properties: {A: !If [C, 1, 2], B: !If [C, 3, 4]}}}\n" + rest)
    for path, data in (("$.A", 1), ("$.B", 3)):
        world.noted = []
        assert read(the(graph, "It"), path, world)[0] == data
        assert [default.label for default in world.noted] == ["P"]


# Macros


@pytest.mark.parametrize(
    "transform", ["Mine", "[AWS::Serverless-2016-10-31, Mine]", "{Name: AWS::Include}", "[{Name: Mine}]"]
)
def test_what_a_macro_may_add_is_unknown_wherever_it_is_missing(transform: str) -> None:
    (stack,) = graph_of(
        f"Transform: {transform}\nResources: {{It: {{Type: A::B::C, Properties: {{A: {{b: c}}}}}}}}"
    ).scopes
    it = stack.resources["It"]
    for path in ("$.B", "$.A.C", "@.DeletionPolicy"):
        assert "may add it at deploy" in why(read(it, path, World(blurred=True))[0])
    assert read(it, "$.A.b", World(blurred=True))[0] == "c"
    assert stack.partial
    assert "is made by" in why(stack.reference("Gone", None))


@pytest.mark.parametrize(
    "transform",
    [
        "AWS::Serverless-2016-10-31",
        "AWS::LanguageExtensions",
        "[AWS::SecretsManager-2024-09-16]",
        "AWS::CodeDeployBlueGreen",
    ],
)
def test_what_is_known_to_change_nothing_leaves_nothing_open(transform: str) -> None:
    (stack,) = graph_of(f"Transform: {transform}\nResources: {{It: {{Type: A::B::C}}}}").scopes
    assert read(stack.resources["It"], "$.B", World(blurred=True))[0] is ABSENT
    assert not stack.partial


def test_a_macro_in_a_property_leaves_open_what_it_stands_beside() -> None:
    include = '"Fn::Transform": {Name: AWS::Include, Parameters: {Location: s3://a/b}}'
    text = (
        f"Resources: {{It: {{Type: A::B::C, Properties: {{A: {{x: y, {include}}}, B: {{{include}}}, C: {{x: y}}}}}}}}"
    )
    it = the(graph_of(text), "It")
    world = World(blurred=True)
    assert read(it, "$.A.x", world)[0] == "y"
    assert why(read(it, "$.A.z", world)[0]) == "a macro may add it at deploy"
    assert why(read(it, "$.B.z", world)[0]) == "the macro AWS::Include makes it at deploy"
    assert read(it, "$.C.z", world)[0] is ABSENT
    assert read(it, "$.D", world)[0] is ABSENT


def test_a_macro_in_all_properties_leaves_all_of_them_open() -> None:
    include = '"Fn::Transform": {Name: AWS::Include}'
    text = f"Resources: {{It: {{Type: A::B::C, Properties: {{{include}}}}}, Other: {{Type: A::B::C}}}}"
    graph = graph_of(text)
    assert isinstance(read(the(graph, "It"), "$.A", World(blurred=True))[0], Unknown)
    assert read(the(graph, "Other"), "$.A", World(blurred=True))[0] is ABSENT


@pytest.mark.parametrize("section", ["Resources", "Mappings"])
def test_a_macro_in_a_section_leaves_open_what_the_section_lacks(section: str) -> None:
    rest = f'{section}:\n  "Fn::Transform": {{Name: AWS::Include}}\n'
    value = "!FindInMap [Gone, a, b]" if section == "Mappings" else "!GetAtt Gone.Arn"
    text = f"Resources:\n  It: {{Type: A::B::C, Properties: {{Value: {value}}}}}\n"
    text = text + rest if section == "Mappings" else text + rest.partition("\n")[2]
    found = read(the(graph_of(text), "It"), "$.Value", World(blurred=True))[0]
    assert "macro" in why(found)


# Loops


def resources(text: str, **settings: Any) -> list[str]:
    (stack,) = graph_of(text, **settings).scopes
    return list(stack.resources)


LOOP = """
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: "Ann, Bob"}
  Open: {Type: CommaDelimitedList}
Mappings: {Map: {a: {Names: [X, Y]}}}
"""


@pytest.mark.parametrize(
    ("collection", "made"),
    [
        ("[Ann, Bob]", ["TopicAnn", "TopicBob"]),
        ("!Ref Names", ["TopicAnn", "TopicBob"]),
        ("[Ann, !Select [0, [Z]]]", ["TopicAnn", "TopicZ"]),
        ("!FindInMap [Map, a, Names]", ["TopicX", "TopicY"]),
        ("!Split [',', 'P,Q']", ["TopicP", "TopicQ"]),
        ("[1, true]", ["Topic1", "Topictrue"]),
        ("[]", []),
    ],
)
def test_a_loop_makes_a_resource_for_each_item(collection: str, made: list[str]) -> None:
    body = "{'Topic${N}': {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${N}-x', D: {Ref: N}}}}"
    text = f"{LOOP}Resources:\n  Fn::ForEach::Topics: [N, {collection}, {body}]\n  Last: {{Type: A::B::C}}\n"
    assert resources(text) == [*made, "Last"]
    if made:
        it = the(graph_of(text), made[0])
        name = made[0].removeprefix("Topic")
        assert read(it, "$.TopicName", World())[0] == f"{name}-x"
        assert read(it, "$.D", World())[0] == name


def test_what_a_loop_is_over_may_be_pinned() -> None:
    text = f"{LOOP}Resources:\n  Fn::ForEach::T: [N, !Ref Open, {{'T${{N}}': {{Type: A::B::C}}}}]\n"
    assert resources(text, parameters={"Open": "a,b"}) == ["Ta", "Tb"]


def test_what_a_loop_makes_stands_where_its_body_is_written() -> None:
    text = f"""{LOOP}Resources:
  Fn::ForEach::Topics:
    - N
    - [Ann, Bob]
    - Topic${{N}}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Ref N
"""
    it = the(graph_of(text), "TopicBob")
    assert it.place(it.path).line == text.splitlines().index("    - Topic${N}:") + 1
    assert it.place(read(it, "$.DisplayName", World())[1]).line == len(text.splitlines())


def test_loops_stand_in_loops() -> None:
    text = f"""{LOOP}Resources:
  Fn::ForEach::Outer:
    - A
    - [x, y]
    - Fn::ForEach::Inner:
        - B
        - [1, !Ref A]
        - Topic${{A}}${{B}}: {{Type: AWS::SNS::Topic, Properties: {{N: "${{A}}.${{B}}"}}}}
"""
    assert resources(text) == ["Topicx1", "Topicxx", "Topicy1", "Topicyy"]
    assert read(the(graph_of(text), "Topicyy"), "$.N", World())[0] == "y.y"


def test_a_variable_of_letters_and_digits_drops_the_rest() -> None:
    text = f"{LOOP}Resources:\n  Fn::ForEach::T: [Ip, [10.0.0.1], {{'T&{{Ip}}': {{Type: A::B::C, Properties: {{A: '${{Ip}}'}}}}}}]\n"
    assert resources(text) == ["T10001"]
    assert read(the(graph_of(text), "T10001"), "$.A", World())[0] == "10.0.0.1"


def test_a_loop_over_what_is_open_makes_nothing_and_leaves_open_what_it_may_make() -> None:
    text = f"{LOOP}Resources:\n  Fn::ForEach::Ts: [N, !Ref Open, {{'T${{N}}': {{Type: A::B::C}}}}]\n  It: {{Type: A::B::C, Properties: {{A: !Ref Tx}}}}\n"
    graph = graph_of(text)
    (stack,) = graph.scopes
    assert list(stack.resources) == ["It"]
    assert why(read(the(graph, "It"), "$.A", World())[0]) == "Tx is made by the loop Ts"
    assert stack.partial == "the loop Ts may add what belongs to it at deploy"
    assert read(the(graph, "It"), "$.B", World())[0] is ABSENT
    assert graph.notes == []


def test_a_loop_in_properties_makes_properties() -> None:
    text = f"""{LOOP}Resources:
  It:
    Type: A::B::C
    Properties:
      Fn::ForEach::Settings: [N, [A, B], {{'Set${{N}}': !Ref N}}]
      Deep: [{{Fn::ForEach::More: [N, !Ref Names, {{'${{N}}': x}}]}}]
"""
    world = World()
    it = the(graph_of(text), "It")
    assert it.scope.deep(it.properties, (), world) == {"SetA": "A", "SetB": "B", "Deep": [{"Ann": "x", "Bob": "x"}]}


def test_a_loop_in_properties_over_what_is_open_leaves_open_what_it_may_add() -> None:
    text = f"""{LOOP}Resources:
  It:
    Type: A::B::C
    Properties:
      Fn::ForEach::Settings: [N, !Ref Open, {{'Set${{N}}': !Ref N}}]
      Deep: {{Fn::ForEach::More: [N, !Ref Open, {{'${{N}}': x}}]}}
      Other: {{a: b}}
"""
    (stack,) = graph_of(text).scopes
    it = stack.resources["It"]
    assert why(read(it, "$.SetA", World())[0]) == "the loop Settings may add it at deploy"
    assert why(read(it, "$.Deep.x", World())[0]) == "the loop More may add it at deploy"
    assert read(it, "$.Other.x", World())[0] is ABSENT
    assert not stack.partial


def test_loops_make_conditions_and_outputs() -> None:
    text = f"""{LOOP}Conditions:
  Fn::ForEach::Cs: [N, [A, B], {{'Is${{N}}': !Equals [!Ref N, A]}}]
Resources:
  Child: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: c.yaml}}}}
  It: {{Type: A::B::C, Properties: {{A: !If [IsA, 1, 2], B: !If [IsB, 1, 2], C: !GetAtt Child.Outputs.OutB}}}}
"""
    child = "Resources: {R: {Type: A::B::C}}\nOutputs:\n  Fn::ForEach::Os: [N, [A, B], {'Out${N}': {Value: !Ref N}}]\n"
    it = the(graph_of({"t.yaml": text, "c.yaml": child}), "It")
    assert [read(it, path, World())[0] for path in ("$.A", "$.B", "$.C")] == [1, 2, "B"]


@pytest.mark.parametrize("loop", ["5", "[N, [a]]", "[[N], [a], {a: b}]", "[N, [a], [b]]"])
def test_a_loop_that_is_none_is_told(loop: str) -> None:
    graph = graph_of(f"{LOOP}Resources:\n  Fn::ForEach::Ts: {loop}\n  It: {{Type: A::B::C}}\n")
    (note,) = graph.notes
    assert note.message == "Fn::ForEach::Ts should be a list of a variable, a collection and a mapping"
    assert (note.level, note.file, note.line) == ("error", "t.yaml", 8)
    assert graph.scopes[0].partial


def test_two_turns_that_make_the_same_resource_are_told() -> None:
    graph = graph_of(f"{LOOP}Resources:\n  Fn::ForEach::Ts: [N, [a, a], {{'T${{N}}': {{Type: A::B::C}}}}]\n")
    assert [note.message for note in graph.notes] == [
        "there is another resource called Ta, so nothing can be said of it"
    ]


def test_loops_have_bounds() -> None:
    many = ", ".join(str(number) for number in range(100))
    inner = "{'T${A}${B}${C}': {Type: A::B::C}}"
    for variable in "CBA":
        inner = f"{{Fn::ForEach::L{variable}: [{variable}, [{many}], {inner}]}}"
    graph = graph_of(f"{LOOP}Resources: {inner}\n")
    assert [note.message for note in graph.notes if "turns" in note.message]
    assert graph.scopes[0].partial
    assert len(graph.resources) <= 10_000


# Nested stacks, exports and imports


PARENT = """
Parameters: {Env: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  Key: {Type: AWS::KMS::Key}
  Child:
    Type: AWS::CloudFormation::Stack
    Condition: IsProd
    Properties:
      TemplateURL: ./nested/child.yaml
      Parameters: {Env: !Ref Env, Key: !GetAtt Key.Arn, List: !Join [",", [a, b]], Nothing: !Ref AWS::NoValue}
  It: {Type: A::B::C, Properties: {Out: !GetAtt Child.Outputs.Name, Gone: !GetAtt Child.Outputs.Gone, Arn: !GetAtt Child.Arn}}
"""
CHILD = """
Parameters:
  Env: {Type: String, Default: dev}
  Key: {Type: String}
  List: {Type: CommaDelimitedList}
  Nothing: {Type: String, Default: something}
  Unset: {Type: String, Default: default}
Resources:
  Inner:
    Type: A::B::C
    Properties: {Env: !Ref Env, Key: !Ref Key, List: !Ref List, Nothing: !Ref Nothing, Unset: !Ref Unset}
Outputs:
  Name: {Value: !Sub "${Env}-${Unset}"}
"""


def test_a_nested_stack_takes_what_its_parent_passes() -> None:
    graph = graph_of({"app/t.yaml": PARENT, "app/nested/child.yaml": CHILD}, parameters={"Env": "prod", "Unset": "x"})
    assert [scope.address for scope in graph.scopes] == ["app/t.yaml", "app/t.yaml/Child"]
    inner = the(graph, "Inner")
    world = World(blurred=True)
    assert read(inner, "$.Env", world)[0] == "prod"
    assert read(inner, "$.Key", world)[0].resource.name == "Key"
    assert read(inner, "$.List", world)[0] == ["a", "b"]
    assert read(inner, "$.Nothing", world)[0] == "something"
    assert read(inner, "$.Unset", world)[0] == "default"  # what is pinned is for the stack that is deployed
    it = the(graph, "It")
    assert read(it, "$.Out", world)[0] == "prod-default"
    assert "has no output called Gone" in why(read(it, "$.Gone", world)[0])
    assert read(it, "$.Arn", world)[0].resource.name == "Child"


@pytest.mark.parametrize(("env", "exists"), [("prod", True), ("dev", False), (None, None)])
def test_a_nested_stack_exists_where_its_resource_does(env: str | None, exists: bool | None) -> None:
    pinned = {"Env": env} if env else {}
    graph = graph_of({"t.yaml": PARENT, "nested/child.yaml": CHILD}, parameters=pinned)
    inner = the(graph, "Inner")
    assert inner.scope.exists(inner, World(blurred=True)) is exists


def test_an_open_value_is_the_same_in_parent_and_child() -> None:
    graph = graph_of({"t.yaml": PARENT, "nested/child.yaml": CHILD})
    world = World(blurred=True)
    passed = read(the(graph, "Inner"), "$.Env", world)[0]
    assert symbol(passed) == ("parameter", "t.yaml", "Env")


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ("!If [Open, {A: x}, {A: y}]", "the condition Open is undecided"),
        ("!Transform {Name: Mine}", "the macro Mine makes it at deploy"),
        ("{'Fn::Transform': {Name: Mine}, B: c}", "a macro may add it at deploy"),
    ],
)
def test_what_a_parent_may_pass_is_unknown_and_not_the_default(parameters: str, reason: str) -> None:
    parent = f"""
Parameters: {{P: {{Type: String}}}}
Conditions: {{Open: !Equals [!Ref P, x]}}
Resources:
  Child: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: c.yaml, Parameters: {parameters}}}}}
"""
    child = "Parameters: {A: {Type: String, Default: z}}\nResources: {In: {Type: A::B::C, Properties: {A: !Ref A}}}\n"
    assert why(read(the(graph_of({"t.yaml": parent, "c.yaml": child}), "In"), "$.A", World(blurred=True))[0]) == reason


@pytest.mark.parametrize(
    "files",
    [
        {"a.yaml": "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml}}}"},
        {
            "a.yaml": "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}}",
            "b.yaml": "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./a.yaml}}}",
        },
        {
            "a.yaml": "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}}",
            "b.yaml": "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml}}}",
            "c.yaml": "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}}",
        },
    ],
)
def test_stacks_that_nest_themselves_are_read_once_each_way(files: dict[str, str]) -> None:
    graph = graph_of(files)
    assert {scope.document.name for scope in graph.scopes} == set(files)
    assert len(graph.scopes) <= 4


def test_stacks_that_nest_others_twice_have_bounds() -> None:
    nest = "{{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: t{0}.yaml}}}}"
    files = {
        f"t{number}.yaml": f"Resources: {{A: {nest.format(number + 1)}, B: {nest.format(number + 1)}}}"
        for number in range(30)
    }
    files["t30.yaml"] = "Resources: {In: {Type: A::B::C}}"
    graph = graph_of(files)
    assert len(graph.scopes) < 10_000
    assert any("nested" in note.message for note in graph.notes)


def test_parameters_that_come_from_outputs_that_come_from_them_are_unknown() -> None:
    parent = """
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: c.yaml, Parameters: {A: !GetAtt Child.Outputs.B}}
"""
    child = """
Parameters: {A: {Type: String}}
Conditions: {IsA: !Equals [!Ref A, x]}
Resources: {In: {Type: A::B::C, Condition: IsA, Properties: {A: !Ref A}}}
Outputs: {B: {Value: !Ref A}}
"""
    graph = graph_of({"t.yaml": parent, "c.yaml": child})
    for world in (World(blurred=True), World({("equals", "x"): True})):
        assert "comes from itself" in why(read(the(graph, "In"), "$.A", world)[0])


def test_two_children_that_wait_for_one_another_are_unknown() -> None:
    parent = """
Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml, Parameters: {P: !GetAtt B.Outputs.O}}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml, Parameters: {P: !GetAtt A.Outputs.O}}}
"""
    child = "Parameters: {P: {Type: String}}\nResources: {In: {Type: A::B::C, Properties: {P: !Ref P}}}\nOutputs: {O: {Value: !Sub 'x${P}'}}\n"
    graph = graph_of({"t.yaml": parent, "c.yaml": child})
    for address in ("t.yaml/A/In", "t.yaml/B/In"):
        assert isinstance(read(the(graph, address), "$.P", World(blurred=True))[0], (Unknown, Text))


def test_a_long_chain_of_outputs_ends() -> None:
    files = {
        f"t{number}.yaml": f"""
Resources: {{It: {{Type: A::B::C, Properties: {{A: !ImportValue e{number + 1}}}}}}}
Outputs: {{O: {{Value: !ImportValue e{number + 1}, Export: {{Name: e{number}}}}}}}
"""
        for number in range(500)
    }
    graph = graph_of(files)
    for address, far in (("t0.yaml/It", True), ("t480.yaml/It", False)):
        said = why(read(the(graph, address), "$.A", World(blurred=True))[0])
        assert ("too far" in said) is far


EXPORTER = "Resources: {Vpc: {Type: AWS::EC2::VPC}}\nOutputs: {O: {Value: !Ref Vpc, Export: {Name: net-vpc}}}\n"
IMPORTER = "Resources: {It: {Type: A::B::C, Properties: {A: !ImportValue net-vpc}}}\n"


def imported(*exporters: str, importer: str = IMPORTER, world: World | None = None, **settings: Any) -> Any:
    files = {f"e{number}.yaml": text for number, text in enumerate(exporters)}
    graph = graph_of({**files, "i.yaml": importer}, **settings)
    return read(the(graph, "It"), "$.A", world or World(blurred=True))[0]


def test_an_import_leads_to_the_export_of_that_name_within_the_scan() -> None:
    found = imported(EXPORTER)
    assert isinstance(found, Reference)
    assert found.resource.address == "e0.yaml/Vpc"
    named = EXPORTER.replace("net-vpc", "!Sub '${Env}-vpc'") + "Parameters: {Env: {Type: String, Default: net}}\n"
    assert isinstance(imported(named), Reference)


def test_a_name_that_is_exported_twice_is_unknown() -> None:
    assert why(imported(EXPORTER, EXPORTER)) == "2 stacks of this scan export net-vpc"
    assert why(imported()) == "net-vpc is exported by a stack outside this scan"


def test_an_output_that_does_not_exist_exports_nothing() -> None:
    other = EXPORTER.replace("Value:", "Condition: C, Value:") + "Conditions: {C: !Equals [a, b]}\n"
    found = imported(EXPORTER, other)
    assert isinstance(found, Reference)
    assert found.resource.address == "e0.yaml/Vpc"
    assert why(imported(other)) == "net-vpc is exported by a stack outside this scan"


@pytest.mark.parametrize(
    "outputs", ["5", "[a]", "{O: 5}", "{O: {Value: a, Export: 5}}", "{O: {Value: a, Export: {Name: [a]}}}"]
)
def test_outputs_that_make_no_sense_export_nothing(outputs: str) -> None:
    assert why(imported(f"Resources: {{V: {{Type: A::B::C}}}}\nOutputs: {outputs}\n"))


def test_stacks_that_import_from_one_another_are_unknown() -> None:
    one = "Resources: {V: {Type: A::B::C}}\nOutputs: {O: {Value: !ImportValue b, Export: {Name: net-vpc}}}\n"
    other = "Resources: {V: {Type: A::B::C}}\nOutputs: {O: {Value: !ImportValue net-vpc, Export: {Name: b}}}\n"
    assert "comes from itself" in why(imported(one, other))


# What cannot be read is told


@pytest.mark.parametrize(
    ("rest", "message", "line"),
    [
        ("Parameters: [a]", "Parameters is no mapping, so nothing of it can be read", 3),
        ("Mappings: 5", "Mappings is no mapping, so nothing of it can be read", 3),
        ("Conditions: text", "Conditions is no mapping, so nothing of it can be read", 3),
        ("Outputs: [a]", "Outputs is no mapping, so nothing of it can be read", 3),
        ("Globals: [a]", "Globals is no mapping, so nothing of it can be read", 3),
        ("Globals:\n  Function: 5", "the Globals of Function are no mapping", 4),
        ("Parameters:\n  P: 5", "the parameter P has no Type, so nobody knows its value", 4),
        ("Parameters:\n  P: {Default: a}", "the parameter P has no Type, so nobody knows its value", 4),
        ("Parameters:\n  P: {Type: String, AllowedValues: a}", "the AllowedValues of P are no list", 4),
        ("Mappings:\n  M: 5", "the mapping M is no mapping of mappings", 4),
        ("Mappings:\n  M:\n    a: 5", "the mapping M is no mapping of mappings", 5),
        ("Conditions:\n  C: 5", "the condition C cannot be decided: it should be one condition function", 4),
        ("Conditions:\n  C: !Not []", "the condition C cannot be decided: Fn::Not should have a list of one item", 4),
        (
            "Conditions:\n  C: !Equals [a]",
            "the condition C cannot be decided: Fn::Equals should have a list of two items",
            4,
        ),
        ("Conditions:\n  C: !And [5]", "the condition C cannot be decided: it should be one condition function", 4),
        (
            "Conditions:\n  C: {Fn::Join: [a]}",
            "the condition C cannot be decided: Fn::Join is no condition function",
            4,
        ),
        (
            "Conditions:\n  C: {Condition: [a]}",
            "the condition C cannot be decided: Condition should name a condition",
            4,
        ),
        ("Outputs:\n  O: 5", "the output O has no Value", 4),
        ("  R: 5", "the resource R has no Type, so nothing can be said of it", 3),
        ("  R: {Type: [a]}", "the resource R has no Type, so nothing can be said of it", 3),
        ("  R: {Properties: {}}", "the resource R has no Type, so nothing can be said of it", 3),
        (
            "  R: {Type: A::B::C, Properties: [a]}",
            "the Properties of R are no mapping, so nothing can be said of it",
            3,
        ),
        ("  R: {Type: A::B::C, Properties: a}", "the Properties of R are no mapping, so nothing can be said of it", 3),
        (
            "  R: {Type: A::B::C, Condition: {a: b}}",
            "the template has no condition for R, so it is judged as if it had none",
            3,
        ),
    ],
)
def test_what_cannot_be_read_of_a_template_is_told_with_its_line(rest: str, message: str, line: int) -> None:
    graph = graph_of(f"Resources:\n  It: {{Type: AWS::Test::It}}\n{rest}\n")
    assert [(note.level, note.file, note.line, note.message) for note in graph.notes] == [
        ("error", "t.yaml", line, message)
    ]


def test_a_condition_that_there_is_not_is_a_warning() -> None:
    (note,) = graph_of("Resources: {It: {Type: A::B::C, Condition: Gone}}\n").notes
    assert note.level == "warning"


@pytest.mark.parametrize(
    "rest",
    [
        "Parameters:\nMappings:\nConditions:\nOutputs:\nGlobals:\n",
        "Mappings: {M: {'Fn::Transform': {Name: AWS::Include}}}\n",
        "Mappings: {'Fn::Transform': {Name: AWS::Include}}\n",
        "Conditions: {'Fn::Transform': {Name: AWS::Include}}\n",
        "  R: {Type: A::B::C, Properties: }\n",
        "Transform: Mine\n",
        "Rules: {R: {Assertions: [{Assert: !Equals [a, a]}]}}\n",
    ],
)
def test_what_is_empty_or_left_to_a_macro_is_not_told(rest: str) -> None:
    assert graph_of(f"Resources:\n  It: {{Type: AWS::Test::It}}\n{rest}").notes == []


def test_a_template_that_is_nested_twice_is_complained_of_once() -> None:
    nest = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml}}"
    graph = graph_of(
        {
            "t.yaml": f"Resources: {{A: {nest}, B: {nest}}}",
            "c.yaml": "Resources: {R: {Type: A::B::C}}\nOutputs: {O: 5}\n",
        }
    )
    assert len(graph.scopes) == 3
    assert len(graph.notes) == 1


def test_a_name_that_leads_nowhere_is_a_warning_wherever_it_stands_and_only_once() -> None:
    graph = graph_of(
        """Parameters: {Env: {Type: String}}
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub ["${Env}-${Own}-${AWS::Region}-${!literal}-${Stray}", {Own: jobs}]
      KmsMasterKeyId: !Ref Nope
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Missing.Arn}
      Tags: [{Key: !Ref Nope2, Value: !Ref Nope2}]
Outputs:
  Url: {Value: !GetAtt [Gone, Arn]}
  Name: {Value: !GetAtt Jobs.QueueName}
"""
    )
    assert [(note.level, note.line, note.message) for note in graph.notes] == [
        ("warning", 6, "Sub names Stray, which the template does not have"),
        ("warning", 7, "Ref names Nope, which the template does not have"),
        ("warning", 8, "GetAtt names Missing, which the template does not have"),
        ("warning", 9, "Ref names Nope2, which the template does not have"),
        ("warning", 11, "GetAtt names Gone, which the template does not have"),
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "  F: {Type: AWS::Serverless::Function}\n  It: {Type: A::B::C, Properties: {A: !Ref FRole, B: !Ref F.Version}}",
        "  F: {Type: AWS::Serverless::Function}\n  It: {Type: A::B::C, Properties: {A: !Ref ServerlessRestApi}}",
        "  Net: {Type: Acme::Net::Vpc::MODULE}\n  It: {Type: A::B::C, Properties: {A: !Ref NetSubnet}}",
        "  Fn::Transform: {Name: Mine}\n  It: {Type: A::B::C, Properties: {A: !Ref Made}}",
        "  Fn::ForEach::L: [X, !Ref AWS::Region, {'B${X}': {Type: A::B::C}}]\n  It: {Type: A::B::C, Properties: {A: !Ref Ba}}",
        "  It: {Type: A::B::C, Properties: {A: {Ref: [a]}, B: {Fn::Sub: [a, b]}, C: {Fn::GetAtt: []}}}",
    ],
)
def test_a_name_that_something_may_make_is_no_warning(rest: str) -> None:
    graph = graph_of(f"Transform: AWS::Serverless-2016-10-31\nResources:\n{rest}\n")
    assert [note for note in graph.notes if "does not have" in note.message] == []


def test_a_reference_to_nothing_is_unknown_whichever_function_makes_it() -> None:
    for value in ("!Ref Gone", "!GetAtt Gone.Arn", '!Sub "${Gone.Arn}"'):
        assert present(worth(value)) is None
