"""Whose KMS key a value names."""

from __future__ import annotations

import pytest

from reporting import Store, stores
from templates import graph_of, the
from wascan.verdict import FAIL, PASS, UNKNOWN, Truth
from wascan.world import World

__all__ = ["stores"]

REST = """
  Key: {Type: AWS::KMS::Key}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/own, TargetKeyId: !Ref Key}}
  Replica: {Type: AWS::KMS::ReplicaKey}
  Other: {Type: AWS::Lambda::Function}
Parameters:
  P: {Type: String}
"""
ARN = "arn:aws:kms:eu-central-1:123456789012"


@pytest.mark.usefixtures("stores")
@pytest.mark.parametrize(
    ("value", "truth"),
    [
        ("!Ref AWS::NoValue", FAIL),
        ("''", FAIL),
        ("alias/aws/sns", FAIL),
        (f"{ARN}:alias/aws/s3", FAIL),
        ("!Sub 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/ebs'", FAIL),
        ("!Sub 'alias/aws/${P}'", FAIL),
        ("alias/own", PASS),
        ("alias/aws", PASS),
        ("alias/awsome", PASS),
        (f"{ARN}:alias/own", PASS),
        (f"{ARN}:key/1234", PASS),
        ("1234abcd-12ab-34cd-56ef-1234567890ab", PASS),
        ("mrk-1234", PASS),
        ("!Ref Key", PASS),
        ("!GetAtt Key.Arn", PASS),
        ("!Ref Alias", PASS),
        ("!Ref Replica", PASS),
        ("!Sub '${Key.Arn}'", PASS),
        ("!Sub 'arn:aws:kms:eu-central-1:1:key/${Key}'", PASS),
        ("!Sub 'alias/own-${P}'", PASS),
        ("!Sub 'arn:aws:kms:${AWS::Region}:1:key/${P}'", PASS),
        ("!Sub 'alias/${P}'", UNKNOWN),
        ("!Sub 'alias/a${P}'", UNKNOWN),
        ("!Sub '${P}/own'", UNKNOWN),
        ("!Ref P", UNKNOWN),
        ("!GetAtt Other.Arn", UNKNOWN),
        ("!ImportValue key", UNKNOWN),
        ("'{{resolve:ssm:/key}}'", UNKNOWN),
        ("{a: b}", UNKNOWN),
        ("[a]", UNKNOWN),
        ("true", UNKNOWN),
        ("5", UNKNOWN),
    ],
)
def test_a_key_is_the_customers_own_aws_s_or_nobody_can_tell(value: str, truth: Truth) -> None:
    graph = graph_of(f"Resources:\n  It: {{Type: Test::Data::Store, Properties: {{KmsKeyId: {value}}}}}{REST}")
    assert Store(the(graph, "It"), World(blurred=True)).key.is_customer_managed().truth is truth


@pytest.mark.usefixtures("stores")
def test_a_store_without_a_key_has_none_of_its_own() -> None:
    graph = graph_of("Resources: {It: {Type: Test::Data::Store}}")
    assert Store(the(graph, "It"), World(blurred=True)).key.is_customer_managed().truth is FAIL
