"""What leads from one resource to another, and how ``wascan graph`` draws it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from test_cli import wascan, write
from wascan import dialects, document
from wascan.edges import edges
from wascan.sources import Form, Source
from wascan.testing import plan

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(text: str, form: Form = Form.TEMPLATE) -> set[tuple[str, str, str]]:
    graph = dialects.read([Source("t", None, form, document.read("t", text.encode()))], dialects.Settings())
    return {(edge.source.name, edge.target.name, edge.at) for edge in edges(graph)}


TEMPLATE = """
Parameters:
  Own: {Type: String, AllowedValues: ["yes", "no"]}
Conditions:
  Own: !Equals [!Ref Own, "yes"]
Resources:
  Key: {Type: AWS::KMS::Key}
  Other: {Type: AWS::KMS::Key}
  Jobs:
    Type: AWS::SQS::Queue
    DependsOn: Topic
    Properties:
      KmsMasterKeyId: !If [Own, !Ref Key, !GetAtt Other.Arn]
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: [Key, Missing]
    Properties:
      DisplayName: !Sub "${Jobs.QueueName}-topic"
      Subscription:
        - {Protocol: sqs, Endpoint: !GetAtt Jobs.Arn}
        - {Protocol: sqs, Endpoint: !GetAtt Jobs.Arn}
"""


def test_every_reference_is_an_edge_in_whatever_case_it_is_made() -> None:
    assert found(TEMPLATE) == {
        ("Jobs", "Key", "KmsMasterKeyId"),
        ("Jobs", "Other", "KmsMasterKeyId"),
        ("Jobs", "Topic", "DependsOn"),
        ("Topic", "Key", "DependsOn"),
        ("Topic", "Jobs", "DisplayName"),
        ("Topic", "Jobs", "Subscription.Endpoint"),
    }


def test_a_plan_has_edges_by_its_expressions() -> None:
    resources = {
        "aws_kms_key.k": {},
        "aws_sqs_queue.jobs": {"kms_master_key_id": {"!ref": "aws_kms_key.k.arn"}},
    }
    assert found(json.dumps(plan(resources)), Form.PLAN) == {
        ("aws_sqs_queue.jobs", "aws_kms_key.k", "kms_master_key_id")
    }


def test_the_graph_is_drawn_in_json() -> None:
    write("t.yaml", TEMPLATE)
    done = wascan("graph", "t.yaml")
    assert done.returncode == 0
    drawn = json.loads(done.stdout)
    assert {resource["name"] for resource in drawn["resources"]} == {"Key", "Other", "Jobs", "Topic"}
    assert {"from": "t.yaml/Jobs", "to": "t.yaml/Key", "at": "KmsMasterKeyId"} in drawn["references"]
    addresses = {resource["address"] for resource in drawn["resources"]}
    assert all({edge["from"], edge["to"]} <= addresses for edge in drawn["references"])
    assert drawn["resources"][0]["line"] == 7


HOSTILE = """
Resources:
  'A"]; end <script>alert(1)</script> \\n': {Type: AWS::KMS::Key}
  B:
    Type: AWS::SQS::Queue
    Properties: {KmsMasterKeyId: !Ref 'A"]; end <script>alert(1)</script> \\n'}
"""


def test_names_are_no_markup_in_dot_and_mermaid() -> None:
    write("t.yaml", HOSTILE)
    dot = wascan("graph", "t.yaml", "--format", "dot").stdout
    for line in dot.splitlines()[2:-1]:
        string = r'"(?:[^"\\]|\\.)*"'
        assert re.fullmatch(rf"  {string}( -> {string})? \[label={string}\];", line), line
    mermaid = wascan("graph", "t.yaml", "--format", "mermaid").stdout
    for line in mermaid.splitlines()[1:]:
        assert re.fullmatch(r'  r\d+(\["[^"<>]*<br>[^"<>]*"\]| -- "[^"<>]*" --> r\d+)', line), line


def test_what_cannot_be_read_is_said_and_nothing_is_nothing() -> None:
    assert wascan("graph").returncode == 3
    write("t.yaml", TEMPLATE)
    write("broken.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n\tx")
    done = wascan("graph")
    assert done.returncode == 2
    assert "broken.yaml:3" in done.stderr
    assert json.loads(done.stdout)["resources"]
