"""Amazon EMR."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Beside, Flag, LinkTo, Many, One
from wascan.kinds.exposure import Placeable, RefusesPublicAccess
from wascan.kinds.families import BringsRootVolume, Encrypts, Protected, Scales, Taggable, TakesKey
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.kinds.transit import EncryptsInTransit
from wascan.kinds.within import FlagWithin, KeyWithin, OneWithin

if TYPE_CHECKING:
    from wascan.verdict import Verdict


_AT_REST = ("EncryptionConfiguration", "AtRestEncryptionConfiguration")
_DOCUMENT: dict[str, Any] = {"cfn": "$.SecurityConfiguration", "tf": "$.configuration"}


class EMRSecurityConfiguration(Encrypts, BringsRootVolume, TakesKey, EncryptsInTransit):
    """What clusters encrypt, and with what. What they keep in S3 is encrypted by S3 in any case; their disks are only
    where local disk encryption says so, and the root volumes among these only by a switch of its own, which wants a key of
    KMS (Amazon EMR Management Guide, "Encryption at rest for EMRFS data in Amazon S3 and local disks").
    """

    types = ("AWS::EMR::SecurityConfiguration", "aws_emr_security_configuration")
    slug = "emr-security-configuration"
    noun = "EMR security configuration"
    encryption = "set {encrypted}, and set {disks.name}"
    own_name = One(cfn="$.Name", tf="$.name")
    encrypted = FlagWithin("EncryptionConfiguration", "EnableAtRestEncryption", **_DOCUMENT)
    disks = FlagWithin(*_AT_REST, "LocalDiskEncryptionConfiguration", by_presence=True, **_DOCUMENT)
    encrypts_root = FlagWithin(*_AT_REST, "LocalDiskEncryptionConfiguration", "EnableEbsEncryption", **_DOCUMENT)
    provider = OneWithin(*_AT_REST, "LocalDiskEncryptionConfiguration", "EncryptionKeyProviderType", **_DOCUMENT)
    key = KeyWithin(*_AT_REST, "S3EncryptionConfiguration", "AwsKmsKey", **_DOCUMENT)
    transit = "set {in_transit}"
    in_transit = FlagWithin("EncryptionConfiguration", "EnableInTransitEncryption", **_DOCUMENT)

    def is_encrypted(self) -> Verdict:
        return self.encrypted.is_true() & self.disks.is_true()

    def decides_root_encryption(self) -> Verdict:
        return self.disks.is_true() & ~self.provider.equals("Custom")

    def encrypts_in_transit(self) -> Verdict:
        return self.in_transit.is_true()


class EMRCluster(Encrypts, EncryptsInTransit, Placeable, Protected, Scales, Logs, HoldsSecrets, Taggable):
    """A cluster, which encrypts its disks, and what its nodes send, as its security configuration says. One that ends with
    its last step, or when it is idle, is to be deleted, and needs no protection.
    """

    types = ("AWS::EMR::Cluster", "aws_emr_cluster")
    slug = "emr-cluster"
    noun = "EMR cluster"
    encryption = "set {configuration.name} to a security configuration with encryption at rest"
    transit = "set {configuration.name} to a security configuration with encryption in transit"
    scaling = "set {managed_scaling}"
    configuration = LinkTo(to="EMRSecurityConfiguration", cfn="$.SecurityConfiguration", tf="$.security_configuration")
    stays = Flag(cfn="$.Instances.KeepJobFlowAliveWhenNoSteps", tf="$.keep_job_flow_alive_when_no_steps", default=True)
    idle = One(cfn="$.AutoTerminationPolicy.IdleTimeout", tf="$.auto_termination_policy[*].idle_timeout")
    deletion_protection = Flag(cfn="$.Instances.TerminationProtected", tf="$.termination_protection")
    managed_scaling = Many(
        cfn="$.ManagedScalingPolicy.ComputeLimits",
        tf=Beside("aws_emr_managed_scaling_policy", "$.compute_limits[*]", by="$.cluster_id"),
    )
    group_scaling = Many(
        cfn=(
            "$.Instances.CoreInstanceGroup.AutoScalingPolicy",
            "$.Instances.TaskInstanceGroups[*].AutoScalingPolicy",
            Beside("AWS::EMR::InstanceGroupConfig", "$.AutoScalingPolicy", by="$.JobFlowId"),
        ),
        tf=(
            "$.core_instance_group[*].autoscaling_policy",
            Beside("aws_emr_instance_group", "$.autoscaling_policy", by="$.cluster_id"),
        ),
    )
    place = Many(
        cfn=("$.Instances.Ec2SubnetIds[*]", "$.Instances.Ec2SubnetId"),
        tf=("$.ec2_attributes[*].subnet_ids[*]", "$.ec2_attributes[*].subnet_id"),
    )
    logs = One(cfn="$.LogUri", tf="$.log_uri")
    secrets = Secrets(
        cfn=(
            "$.KerberosAttributes.ADDomainJoinPassword",
            "$.KerberosAttributes.CrossRealmTrustPrincipalPassword",
            "$.KerberosAttributes.KdcAdminPassword",
        ),
        tf=(
            "$.kerberos_attributes[*].ad_domain_join_password",
            "$.kerberos_attributes[*].cross_realm_trust_principal_password",
            "$.kerberos_attributes[*].kdc_admin_password",
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_encrypted(self) -> Verdict:
        return self.configuration.is_present() & self.configuration.ask(lambda found: found.is_encrypted())

    def encrypts_in_transit(self) -> Verdict:
        return self.configuration.is_present() & self.configuration.ask(lambda found: found.encrypts_in_transit())

    def has_own_network(self) -> Verdict:
        """Without a subnet it is put into the default VPC (Amazon EMR API Reference, "JobFlowInstancesConfig")."""
        return ~self.place.is_empty()

    def is_permanent(self) -> Verdict:
        return self.stays.is_true() & self.idle.is_absent()

    def decides_protection(self) -> Verdict:
        return self.is_permanent()

    def follows_demand(self) -> Verdict:
        return ~self.managed_scaling.is_empty() | ~self.group_scaling.is_empty()

    def has_fixed_capacity(self) -> Verdict:
        """A cluster that is made for its steps is made for their size."""
        return self.is_permanent()

    def is_logged(self) -> Verdict:
        return self.logs.is_present()


class EMRBlock(RefusesPublicAccess):
    """Whether EMR refuses to start clusters whose security groups are open to everybody. SSH is all that AWS itself lets
    through (Amazon EMR Management Guide, "Using Amazon EMR block public access").
    """

    types = ("aws_emr_block_public_access_configuration",)
    slug = "emr-public-access-block"
    noun = "public access block of EMR"
    plural = "public access blocks of EMR"
    refusing = "set {blocks}, and permit no port but 22 in {permitted.name}"
    blocks = Flag(tf="$.block_public_security_group_rules")
    permitted = Many(
        tf=(
            "$.permitted_public_security_group_rule_range[*].min_range",
            "$.permitted_public_security_group_rule_range[*].max_range",
        )
    )

    def refuses(self) -> Verdict:
        return self.blocks.is_true() & self.permitted.every(lambda port: port.equals(22))
