"""The inputs of the benchmarks, made or found: one bucket, 500 resources, the AWS samples, plans of 1,000 and more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT.parent / "shared" / "corpus" / "cloudformation" / "aws-cloudformation-templates"

_TURNS: list[tuple[str, dict[str, Any]]] = [
    ("AWS::S3::Bucket", {"BucketEncryption": {"ServerSideEncryptionConfiguration": [
        {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": {"Ref": "Key"}}}]}}),
    ("AWS::SQS::Queue", {"KmsMasterKeyId": "alias/aws/sqs", "VisibilityTimeout": 300}),
    ("AWS::RDS::DBInstance", {"Engine": "postgres", "MultiAZ": False, "StorageEncrypted": True,
                              "DBInstanceClass": "db.t4g.medium", "AllocatedStorage": "100"}),
    ("AWS::Lambda::Function", {"Runtime": "python3.12", "Handler": "index.handler", "Timeout": 30,
                               "Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Code": {"ZipFile": "pass"}}),
    ("AWS::DynamoDB::Table", {"BillingMode": "PAY_PER_REQUEST", "KeySchema": [
        {"AttributeName": "id", "KeyType": "HASH"}], "AttributeDefinitions": [
        {"AttributeName": "id", "AttributeType": "S"}]}),
    ("AWS::EC2::Volume", {"Size": 100, "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}}),
    ("AWS::Logs::LogGroup", {"RetentionInDays": 30}),
    ("AWS::SNS::Topic", {"DisplayName": {"Fn::Sub": "${AWS::StackName}-topic"}}),
    ("AWS::EFS::FileSystem", {"Encrypted": True}),
    ("AWS::IAM::Role", {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}),
]  # fmt: skip


def bucket() -> str:
    """A template with one bucket."""
    return "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Data:\n    Type: AWS::S3::Bucket\n"


def template(count: int) -> str:
    """A JSON template of `count` resources of ten types, tagged and described as real ones are."""
    resources: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": True}}}
    for number in range(count - 1):
        type, properties = _TURNS[number % len(_TURNS)]
        tags = [{"Key": key, "Value": f"value-{number}"} for key in ("owner", "cost-center", "environment")]
        resources[f"Resource{number}"] = {
            "Type": type,
            "DependsOn": "Key",
            "Metadata": {"purpose": f"resource number {number} of a generated template, described at some length"},
            "Properties": {**properties, "Tags": tags},
        }
    return json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}, indent=2)


def plan(count: int) -> str:
    """A Terraform plan in JSON that creates `count` resources of four types in two modules."""
    turns: list[tuple[str, dict[str, Any]]] = [
        ("aws_s3_bucket", {"bucket": None, "force_destroy": False, "tags": None}),
        ("aws_sqs_queue", {"delay_seconds": 0, "fifo_queue": False, "kms_master_key_id": None, "tags": None}),
        ("aws_db_instance", {"engine": "postgres", "instance_class": "db.t4g.medium", "storage_encrypted": True}),
        ("aws_dynamodb_table", {"billing_mode": "PAY_PER_REQUEST", "hash_key": "id", "server_side_encryption": []}),
    ]
    changes, modules = [], {"a": [], "b": []}  # type: dict[str, list[Any]]  # filled below
    for number in range(count):
        type, after = turns[number % len(turns)]
        module, name = "ab"[number % 2], f"r{number}"
        after = {**after, "tags_all": {"owner": "orders"}, "timeouts": None}
        changes.append({
            "address": f"module.{module}.{type}.{name}", "module_address": f"module.{module}", "mode": "managed",
            "type": type, "name": name, "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": ["create"], "before": None, "after": after,
                       "after_unknown": {"id": True, "arn": True, "multi_az": True, "url": True, "tags_all": {}},
                       "before_sensitive": False, "after_sensitive": {"tags_all": {}}},
        })  # fmt: skip
        modules[module].append({
            "address": f"{type}.{name}", "mode": "managed", "type": type, "name": name,
            "provider_config_key": "aws", "schema_version": 0,
            "expressions": {key: {"constant_value": value} for key, value in turns[number % 4][1].items() if value},
        })  # fmt: skip
    calls = {name: {"source": f"./{name}", "module": {"resources": resources}} for name, resources in modules.items()}
    return json.dumps({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": True, "resource_changes": changes,
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws",
                                        "expressions": {"region": {"constant_value": "eu-central-1"}}}},
            "root_module": {"module_calls": calls},
        },
    })  # fmt: skip
