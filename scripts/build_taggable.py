#!/usr/bin/env python3
"""Build `scanner/wascan/data/taggable.txt`: every resource type that takes tags, a kind a line.

    python scripts/build_taggable.py           write it
    python scripts/build_taggable.py --check   write nothing; exit 1 where it is not current

Types of CloudFormation and where they keep their tags come from the registry schemas that cfn-lint ships, those of
Terraform from the AWS provider's schema. What is one thing in both stands on one line: the names agree once the words
that a dialect has for a service are set aside, and `PAIRS` has those that do not. Schemas grow with cfn-lint; a file that
another version made is current as long as all that it says still holds.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "scanner/wascan/data/taggable.txt"
PROVIDER = ROOT / "tests/data/terraform-aws-5.100-schema.json.gz"

SERVICES = {
    "APS": ("prometheus",),
    "AmazonMQ": ("mq",),
    "Bedrock": ("bedrock", "bedrockagent"),
    "CertificateManager": ("acm",),
    "Chime": ("chimesdkvoice", "chimesdkmediapipelines"),
    "EC2": ("ec2", "", "ebs", "vpc"),
    "ElasticLoadBalancingV2": ("lb",),
    "EventSchemas": ("schemas",),
    "Events": ("cloudwatch_event",),
    "InspectorV2": ("inspector2",),
    "KafkaConnect": ("mskconnect",),
    "Lex": ("lexv2models",),
    "Lightsail": ("lightsail",),
    "Logs": ("cloudwatch_log",),
    "Macie": ("macie2",),
    "OpenSearchService": ("opensearch",),
    "RDS": ("rds", "db", ""),
    "SES": ("sesv2", "ses"),
    "SMSVOICE": ("pinpointsmsvoicev2",),
    "SSO": ("ssoadmin",),
    "StepFunctions": ("sfn",),
    "Timestream": ("timestreamwrite", "timestreamquery", "timestream"),
}
"""What the provider calls a service, where it is not the name that CloudFormation has."""

PAIRS = {
    "AWS::AppRunner::AutoScalingConfiguration": "aws_apprunner_auto_scaling_configuration_version",
    "AWS::AutoScaling::AutoScalingGroup": "aws_autoscaling_group",
    "AWS::Backup::BackupPlan": "aws_backup_plan",
    "AWS::Backup::BackupVault": "aws_backup_vault",
    "AWS::Backup::LogicallyAirGappedBackupVault": "aws_backup_logically_air_gapped_vault",
    "AWS::Bedrock::ApplicationInferenceProfile": "aws_bedrock_inference_profile",
    "AWS::Budgets::BudgetsAction": "aws_budgets_budget_action",
    "AWS::Chatbot::MicrosoftTeamsChannelConfiguration": "aws_chatbot_teams_channel_configuration",
    "AWS::CloudHSM::Cluster": "aws_cloudhsm_v2_cluster",
    "AWS::CloudTrail::Trail": "aws_cloudtrail",
    "AWS::CloudWatch::Alarm": "aws_cloudwatch_metric_alarm",
    "AWS::CloudWatch::InsightRule": "aws_cloudwatch_contributor_insight_rule",
    "AWS::CodeDeploy::Application": "aws_codedeploy_app",
    "AWS::CodePipeline::Pipeline": "aws_codepipeline",
    "AWS::Config::AggregationAuthorization": "aws_config_aggregate_authorization",
    "AWS::DataSync::LocationFSxLustre": "aws_datasync_location_fsx_lustre_file_system",
    "AWS::DataSync::LocationFSxONTAP": "aws_datasync_location_fsx_ontap_file_system",
    "AWS::DataSync::LocationFSxOpenZFS": "aws_datasync_location_fsx_openzfs_file_system",
    "AWS::DataSync::LocationFSxWindows": "aws_datasync_location_fsx_windows_file_system",
    "AWS::DirectConnect::Connection": "aws_dx_connection",
    "AWS::DirectConnect::Lag": "aws_dx_lag",
    "AWS::DirectConnect::PrivateVirtualInterface": "aws_dx_private_virtual_interface",
    "AWS::DirectConnect::PublicVirtualInterface": "aws_dx_public_virtual_interface",
    "AWS::DirectConnect::TransitVirtualInterface": "aws_dx_transit_virtual_interface",
    "AWS::DirectoryService::MicrosoftAD": "aws_directory_service_directory",
    "AWS::DocDB::DBCluster": "aws_docdb_cluster",
    "AWS::DocDB::DBClusterParameterGroup": "aws_docdb_cluster_parameter_group",
    "AWS::DocDB::DBInstance": "aws_docdb_cluster_instance",
    "AWS::DocDB::DBSubnetGroup": "aws_docdb_subnet_group",
    "AWS::EC2::PrefixList": "aws_ec2_managed_prefix_list",
    "AWS::EC2::SpotFleet": "aws_spot_fleet_request",
    "AWS::ElastiCache::CacheCluster": "aws_elasticache_cluster",
    "AWS::ElasticLoadBalancing::LoadBalancer": "aws_elb",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "aws_lb",
    "AWS::FSx::Snapshot": "aws_fsx_openzfs_snapshot",
    "AWS::FSx::StorageVirtualMachine": "aws_fsx_ontap_storage_virtual_machine",
    "AWS::IAM::OIDCProvider": "aws_iam_openid_connect_provider",
    "AWS::Lightsail::Container": "aws_lightsail_container_service",
    "AWS::Lightsail::LoadBalancer": "aws_lightsail_lb",
    "AWS::Neptune::DBCluster": "aws_neptune_cluster",
    "AWS::Neptune::DBClusterParameterGroup": "aws_neptune_cluster_parameter_group",
    "AWS::Neptune::DBInstance": "aws_neptune_cluster_instance",
    "AWS::Neptune::DBParameterGroup": "aws_neptune_parameter_group",
    "AWS::Neptune::DBSubnetGroup": "aws_neptune_subnet_group",
    "AWS::NetworkManager::DirectConnectGatewayAttachment": "aws_networkmanager_dx_gateway_attachment",
    "AWS::RDS::DBCluster": "aws_rds_cluster",
    "AWS::RDS::DBClusterEndpoint": "aws_rds_cluster_endpoint",
    "AWS::RDS::DBClusterParameterGroup": "aws_rds_cluster_parameter_group",
    "AWS::RDS::DBShardGroup": "aws_rds_shard_group",
    "AWS::Redshift::ClusterParameterGroup": "aws_redshift_parameter_group",
    "AWS::Redshift::ClusterSubnetGroup": "aws_redshift_subnet_group",
    "AWS::Redshift::Snapshot": "aws_redshift_cluster_snapshot",
    "AWS::Route53::HostedZone": "aws_route53_zone",
    "AWS::Route53Profiles::ProfileAssociation": "aws_route53profiles_association",
    "AWS::Route53Resolver::ResolverEndpoint": "aws_route53_resolver_endpoint",
    "AWS::Route53Resolver::ResolverQueryLoggingConfig": "aws_route53_resolver_query_log_config",
    "AWS::Route53Resolver::ResolverRule": "aws_route53_resolver_rule",
    "AWS::S3::AccessGrant": "aws_s3control_access_grant",
    "AWS::S3::AccessGrantsInstance": "aws_s3control_access_grants_instance",
    "AWS::S3::AccessGrantsLocation": "aws_s3control_access_grants_location",
    "AWS::S3::StorageLens": "aws_s3control_storage_lens_configuration",
    "AWS::S3Outposts::Bucket": "aws_s3control_bucket",
    "AWS::SageMaker::EndpointConfig": "aws_sagemaker_endpoint_configuration",
    "AWS::SageMaker::NotebookInstanceLifecycleConfig": "aws_sagemaker_notebook_instance_lifecycle_configuration",
    "AWS::ServiceCatalog::CloudFormationProduct": "aws_servicecatalog_product",
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct": "aws_servicecatalog_provisioned_product",
    "AWS::Timestream::InfluxDBInstance": "aws_timestreaminfluxdb_db_instance",
    "AWS::VpcLattice::Rule": "aws_vpclattice_listener_rule",
    "AWS::WorkSpaces::WorkspaceIpGroup": "aws_workspaces_ip_group",
}

TWINS = {
    "AWS::EC2::TransitGatewayAttachment": "AWS::EC2::TransitGatewayVpcAttachment",
    "AWS::Serverless::Api": "AWS::ApiGateway::RestApi",
    "AWS::Serverless::Function": "AWS::Lambda::Function",
    "AWS::Serverless::GraphQLApi": "AWS::AppSync::GraphQLApi",
    "AWS::Serverless::HttpApi": "AWS::ApiGatewayV2::Api",
    "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
    "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
    "aws_alb": "aws_lb",
    "aws_alb_listener": "aws_lb_listener",
    "aws_alb_listener_rule": "aws_lb_listener_rule",
    "aws_alb_target_group": "aws_lb_target_group",
    "aws_default_network_acl": "aws_network_acl",
    "aws_default_route_table": "aws_route_table",
    "aws_default_security_group": "aws_security_group",
    "aws_default_subnet": "aws_subnet",
    "aws_default_vpc": "aws_vpc",
    "aws_default_vpc_dhcp_options": "aws_vpc_dhcp_options",
    "aws_s3_bucket_object": "aws_s3_object",
}
"""Types that are one thing with another of the same dialect, or of SAM's."""

WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+")


def main() -> None:
    """Write it, or compare."""
    made = text()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(made, encoding="utf-8")
        print(f"wrote {TARGET.relative_to(ROOT)}: {made.count(chr(10)) - 1} kinds, {len(made) // 1024} KiB")
        return
    current = TARGET.read_text(encoding="utf-8")
    if current.partition("\n")[0] == made.partition("\n")[0]:
        if current != made:
            sys.exit(f"{TARGET.name} is not current: run python scripts/build_taggable.py")
    elif wrong := sorted(set(current.partition("\n")[2].split()) - set(made.split())):
        sys.exit(f"{TARGET.name} says what no longer holds: {', '.join(wrong)}")


def text() -> str:
    """The file: a line for each kind, its slug and its types; ``=`` and a path where tags are not in ``$.Tags``."""
    paths = cloudformation()
    provider: dict[str, Any] = json.loads(gzip.decompress(PROVIDER.read_bytes()))
    terraform = {type for type, attributes in provider.items() if {"tags", "tags_all"} <= attributes.keys()}
    terraform.add("aws_autoscaling_group")
    groups: dict[str, list[str]] = {}
    for type in sorted(paths):
        if type not in TWINS:
            pair = PAIRS.get(type) or same_name(type, terraform)
            groups[type] = [type, *([pair] if pair in terraform else [])]
    paired = {type for group in groups.values() for type in group}
    groups |= {type: [type] for type in sorted(terraform - paired) if type not in TWINS}
    for twin, type in sorted(TWINS.items()):
        next(group for group in groups.values() if type in group).append(twin)
    lines = []
    for first, group in groups.items():
        entries = [f"{type}={paths[type]}" if paths.get(type, "$.Tags") != "$.Tags" else type for type in group]
        lines.append(" ".join([slug(first), *entries]))
    head = f"# Made by scripts/build_taggable.py from cfn-lint {version('cfn-lint')} and the AWS provider 5.100.0."
    return "\n".join([head, *sorted(lines)]) + "\n"


def cloudformation() -> dict[str, str]:
    """The types of CloudFormation and SAM that take tags, and the path of these."""
    found: dict[str, str] = {}
    for type in PROVIDER_SCHEMA_MANAGER.get_resource_types("us-east-1"):
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type).schema
        place = (schema.get("tagging") or {}).get("tagProperty")
        if place:
            found[type] = "$." + place.removeprefix("/properties/").replace("/*", "[*]").replace("/", ".")
        elif "Tags" in schema.get("properties", {}):
            found[type] = "$.Tags"
    return found


def same_name(type: str, terraform: set[str]) -> str | None:
    """The type of Terraform's that has the same name."""
    _, service, name = type.split("::")[:3]
    squashed = {re.sub(r"_", "", candidate[4:]): candidate for candidate in sorted(terraform, reverse=True)}
    for prefix in (*SERVICES.get(service, ()), service):
        found = squashed.get(re.sub(r"[^a-z0-9]", "", f"{prefix}{name}".lower()))
        if found:
            return found
    return None


def slug(type: str) -> str:
    """The slug of a kind: service and resource, in kebab case."""
    if "::" not in type:
        return type.removeprefix("aws_").replace("_", "-")
    _, service, name = type.split("::")[:3]
    return "-".join([service, *WORDS.findall(name)]).lower()


if __name__ == "__main__":
    main()
