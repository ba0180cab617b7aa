"""What SAM makes of a template: Globals, what it derives, and what templates call that."""

from __future__ import annotations

from typing import Any

import pytest

from templates import graph_of, the
from wascan.kinds.iam import Role
from wascan.markers import ABSENT, Reference, Unknown
from wascan.path import read
from wascan.world import World

HEAD = "Transform: AWS::Serverless-2016-10-31\n"


def sam(text: str, **settings: Any) -> Any:
    (stack,) = graph_of(HEAD + text, **settings).scopes
    return stack


def at(resource: Any, path: str, world: World | None = None) -> Any:
    """What is at a path, through and through."""
    world = world or World(blurred=True)
    return resource.scope.deep(*read(resource, path, world), world)


def line(resource: Any, path: str) -> int:
    return int(resource.place(read(resource, path, World(blurred=True))[1]).line)


# Globals


GLOBALS = """Globals:
  Function:
    Runtime: python3.12
    Timeout: 10
    MemorySize: 128
    Layers: [shared-1, shared-2]
    Environment:
      Variables: {A: shared, B: shared}
    VpcConfig: {SubnetIds: [s-1]}
    Tags: {Owner: team}
    Tracing: Active
    Architectures: [arm64]
  SimpleTable:
    SSESpecification: {SSEEnabled: true}
Resources:
  Own:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 3
      Layers:
        - own-1
        - own-2
      Environment:
        Variables: {B: own, C: own}
      VpcConfig: !If [Never, {SubnetIds: [s-2]}, !Ref AWS::NoValue]
      Tracing: !Ref AWS::NoValue
      Architectures: x86_64
      MemorySize:
      Tags: {RefTable: x}
  Bare:
    Type: AWS::Serverless::Function
  Table: {Type: AWS::Serverless::SimpleTable}
  Plain: {Type: AWS::Lambda::Function}
Conditions: {Never: !Equals [a, b]}
"""


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("$.Runtime", "python3.12"),
        ("$.Timeout", 3),
        ("$.Layers", ["shared-1", "shared-2", "own-1", "own-2"]),
        ("$.Environment.Variables", {"A": "shared", "B": "own", "C": "own"}),
        ("$.VpcConfig", ABSENT),  # a function replaces, whatever it comes to
        ("$.Tracing", ABSENT),
        ("$.Architectures", "x86_64"),
        ("$.MemorySize", ABSENT),
        ("$.Tags", {"Owner": "team", "RefTable": "x"}),
    ],
)
def test_globals_are_merged_maps_by_key_lists_one_behind_the_other_and_all_else_replaced(path: str, data: Any) -> None:
    assert at(sam(GLOBALS).resources["Own"], path) == data


def test_globals_hold_for_their_type_alone() -> None:
    resources = sam(GLOBALS).resources
    assert at(resources["Bare"], "$.Timeout") == 10
    assert at(resources["Table"], "$.SSESpecification.SSEEnabled") is True
    assert at(resources["Table"], "$.Timeout") is ABSENT
    assert at(resources["Plain"], "$.Timeout") is ABSENT


def test_without_the_transform_nothing_is_merged() -> None:
    (stack,) = graph_of(GLOBALS).scopes
    assert at(stack.resources["Bare"], "$.Timeout") is ABSENT


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("$.Runtime", "    Runtime: python3.12"),
        ("$.Timeout", "      Timeout: 3"),
        ("$.Layers[0]", "    Layers: [shared-1, shared-2]"),
        ("$.Layers[2]", "        - own-1"),
        ("$.Layers[3]", "        - own-2"),
        ("$.Environment.Variables.A", "      Variables: {A: shared, B: shared}"),
        ("$.Environment.Variables.B", "        Variables: {B: own, C: own}"),
        ("$.Environment.Gone", "      Environment:"),
        ("$.Gone", "  Own:"),
    ],
)
def test_what_comes_from_globals_stands_there(path: str, text: str) -> None:
    found = line(sam(GLOBALS).resources["Own"], path)
    assert (HEAD + GLOBALS).splitlines()[found - 1] == text


def test_what_is_missing_in_a_map_from_globals_is_missing_there() -> None:
    found = line(sam(GLOBALS).resources["Bare"], "$.VpcConfig.SecurityGroupIds")
    assert (HEAD + GLOBALS).splitlines()[found - 1] == "    VpcConfig: {SubnetIds: [s-1]}"


@pytest.mark.parametrize(
    ("ignored", "timeout", "runtime"),
    [
        ("'*'", ABSENT, ABSENT),
        ("[Timeout]", ABSENT, "python3.12"),
        ("[Gone]", 10, "python3.12"),
        ("{a: b}", 10, "python3.12"),
    ],
)
def test_a_resource_can_do_without_globals(ignored: str, timeout: Any, runtime: Any) -> None:
    text = GLOBALS + "Outputs:\n"
    text = text.replace("  Bare:\n", f"  Bare:\n    IgnoreGlobals: {ignored}\n")
    bare = sam(text).resources["Bare"]
    assert (at(bare, "$.Timeout"), at(bare, "$.Runtime")) == (timeout, runtime)


@pytest.mark.parametrize(
    "globals", ["5", "[a]", "{Function: 5}", "{Function: [a]}", "{Function: }", "{'Function': {}}"]
)
def test_globals_that_make_no_sense_change_nothing(globals: str) -> None:
    stack = sam(
        f"Globals: {globals}\nResources: {{F: {{Type: AWS::Serverless::Function, Properties: {{Timeout: 3}}}}}}\n"
    )
    assert at(stack.resources["F"], "$") == {"Timeout": 3}


# What SAM derives


FUNCTION = """Resources:
  F:
    Type: AWS::Serverless::Function
    Condition: IsProd
    Properties:
      Policies:
        - AmazonS3FullAccess
        - arn:aws:iam::aws:policy/AdministratorAccess
        - !Ref Own
        - S3ReadPolicy: {BucketName: b}
        - Version: "2012-10-17"
          Statement: [{Effect: Allow, Action: "*", Resource: "*"}]
      Tags: {Owner: team}
      PermissionsBoundary: arn:aws:iam::123456789012:policy/boundary
  Own: {Type: AWS::IAM::ManagedPolicy}
  It: {Type: A::B::C, Properties: {Role: !GetAtt FRole.Arn}}
Parameters: {Env: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
"""


def test_a_function_without_role_gets_one_with_its_policies() -> None:
    stack = sam(FUNCTION)
    role = stack.resources["FRole"]
    assert (role.type, role.dialect, role.derived) == ("AWS::IAM::Role", "sam", False)
    *named, own = at(role, "$.ManagedPolicyArns")
    assert named == ["arn:aws:iam::aws:policy/AmazonS3FullAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]
    assert own.resource.name == "Own"
    (policy,) = at(role, "$.Policies")
    assert policy["PolicyDocument"]["Statement"][0]["Action"] == "*"
    assert at(role, "$.Tags") == {"Owner": "team"}
    assert at(role, "$.PermissionsBoundary") == "arn:aws:iam::123456789012:policy/boundary"
    assert at(stack.resources["It"], "$.Role").resource is role


def test_what_the_role_is_given_is_called_as_the_function_calls_it() -> None:
    role = sam(FUNCTION).resources["FRole"]
    assert Role(role, World(blurred=True)).managed_policies.whole.name == "Policies"


def test_the_role_stands_where_its_policies_are_written() -> None:
    role = sam(FUNCTION).resources["FRole"]
    lines = (HEAD + FUNCTION).splitlines()
    for path, text in {
        "$.ManagedPolicyArns[1]": "        - arn:aws:iam::aws:policy/AdministratorAccess",
        "$.ManagedPolicyArns[2]": "        - !Ref Own",
        "$.Policies[0].PolicyDocument.Statement[0].Action": "          Statement: ",
        "$.Policies[0].PolicyName": '        - Version: "2012-10-17"',
        "$.Tags.Owner": "      Tags: {Owner: team}",
        "$.Gone": "  F:",
    }.items():
        assert lines[line(role, path) - 1].startswith(text), path


def test_what_is_derived_exists_where_its_source_does() -> None:
    for env, exists in (("prod", True), ("dev", False)):
        stack = sam(FUNCTION, parameters={"Env": env})
        assert stack.exists(stack.resources["FRole"], World()) is exists


@pytest.mark.parametrize(
    ("properties", "managed", "inline"),
    [
        ("{}", [], 0),
        ("{Policies: AmazonS3FullAccess}", ["arn:aws:iam::aws:policy/AmazonS3FullAccess"], 0),
        ("{Policies: {Statement: []}}", [], 1),
        ("{Policies: {S3ReadPolicy: {BucketName: b}}}", [], 0),
        ("{Policies: []}", [], 0),
        ("{Policies: 5}", [], 0),
        ("{Policies: [5, [a], {}]}", [], 0),
    ],
)
def test_policies_may_be_one_or_a_list(properties: str, managed: list[str], inline: int) -> None:
    stack = sam(f"Resources: {{F: {{Type: AWS::Serverless::StateMachine, Properties: {properties}}}}}\n")
    role = stack.resources["FRole"]
    assert at(role, "$.ManagedPolicyArns") == managed
    assert len(at(role, "$.Policies")) == inline


def test_policies_that_a_condition_chooses_are_open() -> None:
    chosen = "!If [C, {Statement: [{Effect: Allow}]}, !Ref AWS::NoValue]"
    text = f"Resources: {{F: {{Type: AWS::Serverless::Function, Properties: {{Policies: [{chosen}]}}}}}}\n"
    role = sam(f"{text}Parameters: {{P: {{Type: String}}}}\nConditions: {{C: !Equals [!Ref P, x]}}\n").resources[
        "FRole"
    ]
    assert isinstance(at(role, "$.Policies")[0], Unknown)
    assert isinstance(at(role, "$.ManagedPolicyArns")[0], Unknown)


def test_a_function_with_a_role_gets_none() -> None:
    stack = sam(
        "Resources: {F: {Type: AWS::Serverless::Function, Properties: {Role: !GetAtt R.Arn}}, R: {Type: AWS::IAM::Role}}\n"
    )
    assert "FRole" not in stack.resources


def test_a_resource_of_the_template_is_not_replaced() -> None:
    text = "Resources: {F: {Type: AWS::Serverless::Function}, FRole: {Type: AWS::IAM::Role, Properties: {RoleName: own}}}\n"
    assert at(sam(text).resources["FRole"], "$.RoleName") == "own"


PARTS = """Resources:
  F: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, FunctionUrlConfig: {AuthType: NONE}}}
  Bare: {Type: AWS::Serverless::Function}
  M: {Type: AWS::Serverless::StateMachine, Properties: {AutoPublishAlias: live}}
  A: {Type: AWS::Serverless::Api, Properties: {StageName: Gamma}}
  H: {Type: AWS::Serverless::HttpApi}
  HS: {Type: AWS::Serverless::HttpApi, Properties: {StageName: Gamma}}
  It: {Type: A::B::C, Properties: {Value: VALUE}}
"""


@pytest.mark.parametrize(
    ("value", "name", "type", "attribute"),
    [
        ("!Ref F.Alias", "F.Alias", "AWS::Lambda::Alias", None),
        ("!Ref F.Version", "F.Version", "AWS::Lambda::Version", None),
        ("!Ref FAliaslive", "FAliaslive", "AWS::Lambda::Alias", None),
        ("!Sub '${F.Alias}'", "F.Alias", "AWS::Lambda::Alias", None),
        ("!GetAtt F.Alias.AliasArn", "F.Alias", "AWS::Lambda::Alias", "AliasArn"),
        ("!GetAtt FUrl.FunctionUrl", "FUrl", "AWS::Lambda::Url", "FunctionUrl"),
        ("!Ref M.Alias", "M.Alias", "AWS::StepFunctions::StateMachineAlias", None),
        ("!Ref A.Stage", "A.Stage", "AWS::ApiGateway::Stage", None),
        ("!Ref AGammaStage", "AGammaStage", "AWS::ApiGateway::Stage", None),
        ("!Ref A.Deployment", "A.Deployment", "AWS::ApiGateway::Deployment", None),
        ("!Ref H.Stage", "H.Stage", "AWS::ApiGatewayV2::Stage", None),
        ("!Ref HApiGatewayDefaultStage", "HApiGatewayDefaultStage", "AWS::ApiGatewayV2::Stage", None),
        ("!Ref HSGammaStage", "HSGammaStage", "AWS::ApiGatewayV2::Stage", None),
        ("!GetAtt A.RootResourceId", "A", "AWS::Serverless::Api", "RootResourceId"),
    ],
)
def test_what_sam_derives_has_the_names_that_templates_call_it(
    value: str, name: str, type: str, attribute: str | None
) -> None:
    found = at(sam(PARTS.replace("VALUE", value)).resources["It"], "$.Value")
    assert isinstance(found, Reference)
    assert (found.resource.name, found.resource.type, found.attribute) == (name, type, attribute)
    assert found.resource.derived is (name != "A")


@pytest.mark.parametrize("value", ["!Ref Bare.Alias", "!Ref BareUrl", "!Ref Gone.Stage"])
def test_what_sam_does_not_derive_is_not_there(value: str) -> None:
    found = at(sam(PARTS.replace("VALUE", value)).resources["It"], "$.Value")
    assert isinstance(found, Unknown)


# Implicit APIs


IMPLICIT = """Globals:
  Api: {TracingEnabled: true}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}
  G:
    Type: AWS::Serverless::Function
    Properties:
      Events: {Get: {Type: HttpApi}, Named: {Type: Api, Properties: {RestApiId: !Ref Own}}, Queue: {Type: SQS}}
  Own: {Type: AWS::Serverless::Api, Properties: {StageName: x}}
"""


def test_events_that_name_no_api_get_one() -> None:
    stack = sam(IMPLICIT)
    rest, http = stack.resources["ServerlessRestApi"], stack.resources["ServerlessHttpApi"]
    assert (rest.type, http.type) == ("AWS::Serverless::Api", "AWS::Serverless::HttpApi")
    assert not rest.derived
    assert at(rest, "$.TracingEnabled") is True
    lines = (HEAD + IMPLICIT).splitlines()
    assert lines[line(rest, "$.TracingEnabled") - 1] == "  Api: {TracingEnabled: true}"
    assert lines[line(rest, "$.AccessLogSetting") - 1] == "  Api: {TracingEnabled: true}"
    assert lines[line(http, "$.AccessLogSetting") - 1] == "  G:"
    assert {
        "ServerlessRestApi.Stage",
        "ServerlessRestApiProdStage",
        "ServerlessHttpApi.Stage",
    } <= stack.resources.keys()


def test_events_that_name_their_api_get_none() -> None:
    named = "{Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Api, Properties: {RestApiId: x}}}}}"
    assert "ServerlessRestApi" not in sam(f"Resources: {{F: {named}}}\n").resources


def test_a_state_machine_gets_an_api_too() -> None:
    text = "Resources: {M: {Type: AWS::Serverless::StateMachine, Properties: {Events: {E: {Type: Api, Properties: {Path: /}}}}}}\n"
    assert "ServerlessRestApi" in sam(text).resources


@pytest.mark.parametrize(
    ("first", "second", "env", "exists"),
    [
        ("IsProd", "IsTest", "prod", True),
        ("IsProd", "IsTest", "test", True),
        ("IsProd", "IsTest", "dev", False),
        ("IsProd", "IsProd", "test", False),
        ("IsProd", "", "dev", True),
    ],
)
def test_an_implicit_api_exists_where_a_function_does_that_it_is_made_for(
    first: str, second: str, env: str, exists: bool
) -> None:
    event = "Properties: {Events: {E: {Type: Api, Properties: {Path: /}}}}"
    text = f"""Parameters: {{Env: {{Type: String}}}}
Conditions: {{IsProd: !Equals [!Ref Env, prod], IsTest: !Equals [!Ref Env, test]}}
Resources:
  F: {{Type: AWS::Serverless::Function, Condition: {first}, {event}}}
  G: {{Type: AWS::Serverless::Function, {f"Condition: {second}, " if second else ""}{event}}}
"""
    stack = sam(text, parameters={"Env": env})
    assert stack.exists(stack.resources["ServerlessRestApi"], World()) is exists


@pytest.mark.parametrize("events", ["5", "[a]", "{E: 5}", "{E: {Type: [Api]}}", "{E: {}}", "!If [C, {}, {}]"])
def test_events_that_make_no_sense_make_no_api(events: str) -> None:
    stack = sam(f"Resources: {{F: {{Type: AWS::Serverless::Function, Properties: {{Events: {events}}}}}}}\n")
    assert "ServerlessRestApi" not in stack.resources


# Applications


def test_an_application_of_this_scan_is_a_nested_stack() -> None:
    parent = f"""{HEAD}Resources:
  App: {{Type: AWS::Serverless::Application, Properties: {{Location: ./app/template.yaml, Parameters: {{Name: n}}}}}}
  It: {{Type: A::B::C, Properties: {{Value: !GetAtt App.Outputs.Name}}}}
"""
    child = f"""{HEAD}Globals: {{Function: {{Timeout: 9}}}}
Parameters: {{Name: {{Type: String}}}}
Resources: {{F: {{Type: AWS::Serverless::Function, Properties: {{FunctionName: !Ref Name}}}}}}
Outputs: {{Name: {{Value: !Sub "${{Name}}-x"}}}}
"""
    graph = graph_of({"t.yaml": parent, "app/template.yaml": child})
    assert [scope.address for scope in graph.scopes] == ["t.yaml", "t.yaml/App"]
    assert at(the(graph, "F"), "$.FunctionName") == "n"
    assert at(the(graph, "F"), "$.Timeout") == 9
    assert at(the(graph, "It"), "$.Value") == "n-x"


@pytest.mark.parametrize(
    "location", ["{ApplicationId: a, SemanticVersion: 1.0.0}", "https://a/b.yaml", "!Ref P", "s3://a/b", "gone.yaml"]
)
def test_an_application_from_elsewhere_is_not_followed(location: str) -> None:
    stack = sam(f"Resources: {{App: {{Type: AWS::Serverless::Application, Properties: {{Location: {location}}}}}}}\n")
    assert stack.children == {}
