"""Types that somebody misspelt: they are told, and what AWS or anybody else may have is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from templates import graph_of
from wascan.dialects import spelling
from wascan.kinds._index import MODULES

ROOT = Path(__file__).resolve().parent.parent
TABLE = (ROOT / "scanner/wascan/data/types.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AWS::S3::Buckett", "AWS::S3::Bucket"),
        ("AWS::S3::Bcket", "AWS::S3::Bucket"),
        ("AWS::S3::Bukcet", "AWS::S3::Bucket"),
        ("AWS::S3::Backet", "AWS::S3::Bucket"),
        ("AWS::S3:Bucket", "AWS::S3::Bucket"),
        ("aws::s3::bucket", "AWS::S3::Bucket"),
        ("AWS::Dynamodb::Tables", "AWS::DynamoDB::Table"),
        ("AWS::Cloudfront::Distribution", "AWS::CloudFront::Distribution"),
        ("AWS::StepFunction::StateMachine", "AWS::StepFunctions::StateMachine"),
        ("AWS::Eks::Cluster", "AWS::EKS::Cluster"),
    ],
)
def test_a_slip_of_the_pen_is_a_warning_where_the_type_stands(written: str, meant: str) -> None:
    text = f"Resources:\n  Data:\n    Properties: {{}}\n    Type: {written}\n"
    assert [(note.level, note.file, note.line, note.message) for note in graph_of(text).notes] == [
        ("warning", "t.yaml", 4, f"there is no resource type {written}, so it is not judged. Did you mean {meant}?")
    ]


@pytest.mark.parametrize(
    "type",
    [
        "AWS::S3::Bucket",
        "AWS::IAM::InstanceProfile",
        "AWS::OpsWorks::Stack",
        "AWS::CDK::Metadata",
        "AWS::CloudFormation::CustomResource",
        "AWS::CloudFormation::WaitConditionHandle",
        "AWS::Serverless::Function",
        "AWS::Serverless::Functions",
        "AWS::S3::Buckett::MODULE",
        "AWS::S3::Warehouse",
        "AWS::Quantum::Computer",
        "Custom::Buckett",
        "Alexa::ASK::Skill",
        "Acme::S3::Buckett",
        "AWS",
    ],
)
def test_what_there_is_or_may_be_is_not_spoken_of(type: str) -> None:
    assert not graph_of(f"Resources:\n  It:\n    Type: {type}\n").notes


def test_the_table_is_not_read_where_all_types_have_kinds() -> None:
    spelling.meant.cache_clear()
    spelling._table.cache_clear()
    graph_of("Resources:\n  It:\n    Type: AWS::S3::Bucket\n")
    assert not spelling._table.cache_info().misses


def test_hardly_two_types_are_one_slip_apart() -> None:
    """Or a type that AWS adds would be taken for a slip."""
    names = [name.casefold() for name in TABLE[1:]]
    assert sum(spelling._one_slip(one, other) for at, one in enumerate(names) for other in names[at + 1 :]) < 10


def test_no_kind_is_taken_for_a_slip() -> None:
    kinds = {type.casefold() for type in MODULES if type.startswith("AWS::") and "::Serverless::" not in type}
    assert kinds <= {name.casefold() for name in TABLE[1:]}


def test_the_table_is_current() -> None:
    script = ROOT / "scripts/build_types.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
