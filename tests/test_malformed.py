"""Templates with anything anywhere: they are judged, or told to be unreadable, and no rule breaks on them."""

from __future__ import annotations

import copy
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from templates import engine_of
from wascan import dialects, document, words
from wascan._recognise import BrokenError, StrangerError, recognise
from wascan.document import DocumentError
from wascan.packs import Packs
from wascan.sources import Source
from wascan.testing import Lines, kind_cases, rule_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "cloudformation"
PACKS = Packs()

SMALL = [
    case
    for case in (*rule_cases(ROOT / "fixtures" / "rules"), *kind_cases(ROOT / "fixtures" / "kinds"))
    if case.dialect != "terraform"
]
LARGE = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.stat().st_size < 30_000)

WHOLE = """
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod], Default: dev}
  Names: {Type: CommaDelimitedList, Default: "a,b"}
Mappings: {Sizes: {dev: {Type: t3.micro}, prod: {Type: m5.large}}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Both: !And [!Condition IsProd, !Not [!Equals [!Ref AWS::Region, eu-west-1]]]
Globals: {Function: {Timeout: 3, Layers: [a], Environment: {Variables: {A: b}}}}
Resources:
  Fn::ForEach::Buckets: [Name, !Ref Names, {"Bucket${Name}": {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Name}}}]
  Function:
    Type: AWS::Serverless::Function
    Condition: Both
    Properties:
      AutoPublishAlias: live
      Policies: [AmazonS3FullAccess, {Statement: [{Effect: Allow, Action: "*", Resource: !Sub "${Key.Arn}/*"}]}]
      Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}
  Key: {Type: AWS::KMS::Key, DeletionPolicy: Retain, Properties: {Tags: [{Key: owner, Value: !FindInMap [Sizes, !Ref Env, Type]}]}}
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml, Parameters: {A: !GetAtt Key.Arn}}}
  Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Select [0, !Split [",", !Join [",", [!Ref Key, x]]]]}}
Outputs: {Out: {Condition: IsProd, Value: !Ref Key, Export: {Name: !Sub "${Env}-key"}}}
"""

ODD: list[Any] = [
    *(None, 5, -1, 0.5, 10**30, "", "text", "a,b", "[", True, False, [], {}, [[]], [None], {"": None}, {"a": "b"}),
    *("{{resolve:ssm:a}}", "\ue0000\ue001", '{"Statement": 5}', '{"Statement": [5]}', "arn:aws:s3:::", "é\u2028\x00"),
    *({"Ref": name} for name in ("AWS::NoValue", "AWS::Region", "Env", "Names", "Gone", ["Key"], None)),
    {"Fn::If": ["IsProd", {"Ref": "Env"}, {"Ref": "AWS::NoValue"}]},
    {"Fn::If": [1]},
    {"Fn::Sub": "${A}${B.c}"},
    {"Fn::Join": ["", ["a", {"Ref": "Gone"}]]},
    {"Fn::GetAtt": ["Key", "Arn"]},
    {"Fn::GetAtt": "Gone"},
    {"Fn::Transform": {"Name": "X"}},
    {"Fn::ForEach::L": ["x", ["1", "2"], {"K${x}": {"Ref": "x"}}]},
    {"Fn::FindInMap": ["A", "B", "C"]},
    {"Fn::Select": ["0", []]},
    {"Fn::ImportValue": "x"},
    {"Fn::GetAZs": ""},
    {"Fn::Cidr": ["10.0.0.0/8", 300, 8]},
    {"!Unheard": "of"},
]


def paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all that is below `data`."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, item in items:
        yield (*path, step)
        yield from paths(item, (*path, step))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def spoiled(data: Any, draw: Any) -> Any:
    """The data with something else in a few places."""
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 4))):
        where = list(paths(data))
        if not where:
            break
        path = draw(st.sampled_from(where))
        container, old = at(data, path[:-1]), at(data, path)
        new = copy.deepcopy(draw(st.sampled_from([*ODD, [old], {"x": old}, [old, old]])))
        if draw(st.integers(0, 3)) == 0:
            new = copy.deepcopy(at(data, draw(st.sampled_from(where))))
        container[path[-1]] = new
        if isinstance(container, dict) and draw(st.integers(0, 9)) == 0:
            container[draw(st.sampled_from(["Fn::Transform", "Ref", "", "Fn::ForEach::Z", "Type"]))] = new
    return data


def survives(data: Any) -> None:
    """Asserts that a template is judged and that everything about its findings can be said, or that it is refused."""
    try:
        found = recognise(io.BytesIO(json.dumps(data).encode()), "t.json")
    except (StrangerError, BrokenError, DocumentError):
        return
    graph = dialects.read([Source("t.json", None, *found)], dialects.Settings())
    engine = engine_of(graph, PACKS.checks)
    for finding in engine.findings():
        assert finding.place.line > 0
        assert words.sentence(finding)
        assert words.fix(finding)
        for fact in (*finding.facts, *finding.related):
            assert fact.place.file == "t.json"
    assert engine.broken == []
    for note in graph.notes:
        assert note.level in ("error", "warning")
        assert (note.file, bool(note.line)) == ("t.json", True)


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_small_template_with_anything_anywhere_is_judged(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(SMALL), label="case")
    read = document.read("case", Lines(case.text, case.dialect).source(case.entry).encode())
    survives(spoiled(read.data, data.draw))


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_template_with_all_sections_and_anything_anywhere_is_judged(data: st.DataObject) -> None:
    survives(spoiled(document.read("t", WHOLE.encode()).data, data.draw))


@pytest.mark.skipif(not LARGE, reason="the corpus is not here")
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_real_template_with_anything_anywhere_is_judged(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(LARGE), label="path")
    try:
        read = document.read(path.name, path.read_bytes())
    except DocumentError:
        return
    if isinstance(read.data, dict):
        survives(spoiled(read.data, data.draw))


@given(st.recursive(st.sampled_from(ODD), lambda inner: st.lists(inner, max_size=3), max_leaves=6))
@example([[[[[]]]]])
def test_a_property_may_be_anything(value: Any) -> None:
    survives(
        {"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketEncryption": value, "Tags": value}}}}
    )
