"""Policies that are resources of their own, each of one owner, with which it is judged where that is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Attribute, LinkTo, Many, One
from wascan.kinds.exposure import Given
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import Shared
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.attribute import Link
    from wascan.verdict import Verdict


class OfOne(Shared):
    """A policy, by what it belongs to."""

    owner: Attribute[Link]

    def decides_sharing(self) -> Verdict:
        return known(self.owner.target is None)


class RepositoryPolicy(OfOne):
    """The policy of a repository of images."""

    types = ("aws_ecr_repository_policy",)
    slug = "ecr-repository-policy"
    noun = "ECR repository policy"
    plural = "ECR repository policies"
    owner = LinkTo(to="Repository", tf="$.repository")
    policy = Policy(tf="$.policy")


class SecretPolicy(OfOne):
    """The policy of a secret."""

    types = ("AWS::SecretsManager::ResourcePolicy", "aws_secretsmanager_secret_policy")
    slug = "secret-policy"
    noun = "policy of a secret"
    plural = "policies of secrets"
    owner = LinkTo(to="Secret", cfn="$.SecretId", tf="$.secret_arn")
    policy = Policy(cfn="$.ResourcePolicy", tf="$.policy")


class KeyPolicy(OfOne):
    """The policy of a key."""

    types = ("aws_kms_key_policy",)
    slug = "kms-key-policy"
    noun = "KMS key policy"
    plural = "KMS key policies"
    owner = LinkTo(to="KMSKey", tf="$.key_id")
    policy = Policy(tf="$.policy")


class VaultPolicy(OfOne):
    """The policy of a backup vault."""

    types = ("aws_backup_vault_policy",)
    slug = "backup-vault-policy"
    noun = "backup vault policy"
    plural = "backup vault policies"
    owner = LinkTo(to="BackupVault", tf="$.backup_vault_name")
    policy = Policy(tf="$.policy")


class FileSystemPolicy(OfOne):
    """The policy of a file system."""

    types = ("aws_efs_file_system_policy",)
    slug = "efs-file-system-policy"
    noun = "EFS file system policy"
    plural = "EFS file system policies"
    owner = LinkTo(to="FileSystem", tf="$.file_system_id")
    policy = Policy(tf="$.policy")


class DomainPolicy(OfOne):
    """The policy of a search domain."""

    types = ("aws_opensearch_domain_policy", "aws_elasticsearch_domain_policy")
    slug = "opensearch-domain-policy"
    noun = "OpenSearch domain policy"
    plural = "OpenSearch domain policies"
    owner = LinkTo(to="SearchDomain", tf="$.domain_name")
    policy = Policy(tf="$.access_policies")


class AccessPointPolicy(OfOne):
    """The policy of an access point of a bucket."""

    types = ("aws_s3control_access_point_policy",)
    slug = "s3-access-point-policy"
    noun = "policy of an S3 access point"
    plural = "policies of S3 access points"
    owner = LinkTo(to="AccessPoint", tf="$.access_point_arn")
    policy = Policy(tf="$.policy")


class EventBusPolicy(OfOne):
    """The policy of a bus; in CloudFormation one statement of it, which may name just a principal."""

    types = ("AWS::Events::EventBusPolicy", "aws_cloudwatch_event_bus_policy")
    slug = "eventbridge-bus-policy"
    noun = "EventBridge bus policy"
    plural = "EventBridge bus policies"
    owner = LinkTo(to="EventBus", tf="$.event_bus_name")
    policy = Policy(cfn="$", tf="$.policy")
    principal = One(cfn="$.Principal")
    condition = One(cfn="$.Condition.Value")

    def is_shared_with_everybody(self) -> Verdict:
        named = self.principal.equals("*") & self.condition.is_absent()
        return super().is_shared_with_everybody() | named


class EventPermission(Given):
    """The permission of an account to send events, as Terraform had it first."""

    types = ("aws_cloudwatch_event_permission",)
    slug = "eventbridge-permission"
    noun = "EventBridge permission"
    audience = Many(tf="$.principal")
    condition = One(tf="$.condition[*].value")

    def is_given_to_everybody(self) -> Verdict:
        return self.audience.any(lambda one: one.equals("*")) & self.condition.is_absent()
