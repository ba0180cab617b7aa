"""Amazon Redshift, provisioned and serverless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Beside, Flag, Many, One
from wascan.kinds.exposure import InGroups, Placeable, Publishable, RoutesThroughVPC
from wascan.kinds.families import BacksUp, Encrypts, MultiAZ, Taggable, TakesKey, Upgrades
from wascan.kinds.keys import Key
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Audits
from wascan.kinds.transit import EncryptsInTransit
from wascan.markers import ABSENT

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class RedshiftCluster(
    Encrypts,
    TakesKey,
    BacksUp,
    MultiAZ,
    Upgrades,
    Publishable,
    Placeable,
    InGroups,
    RoutesThroughVPC,
    Audits,
    HoldsSecrets,
    Taggable,
):
    """A provisioned cluster.

    AWS encrypts where nobody says anything, and refuses ``false`` (Amazon Redshift API Reference, "CreateCluster"). The
    Terraform provider's own default, up to its version 5, is false.
    """

    types = ("AWS::Redshift::Cluster", "aws_redshift_cluster")
    slug = "redshift-cluster"
    noun = "Redshift cluster"
    own_name = One(cfn="$.ClusterIdentifier", tf="$.cluster_identifier")
    restored = One(cfn="$.SnapshotIdentifier", tf=("$.snapshot_arn", "$.snapshot_identifier"))
    encrypted = Flag(cfn="$.Encrypted", tf="$.encrypted", default={"cfn": True, "tf": False})
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    backup_days = One(cfn="$.AutomatedSnapshotRetentionPeriod", tf="$.automated_snapshot_retention_period", default=1)
    multi_az = Flag(cfn="$.MultiAZ", tf="$.multi_az")
    auto_upgrade = Flag(cfn="$.AllowVersionUpgrade", tf="$.allow_version_upgrade", default=True)
    public = Flag(cfn="$.PubliclyAccessible", tf="$.publicly_accessible", default={"cfn": False, "tf": True})
    place = One(cfn="$.ClusterSubnetGroupName", tf="$.cluster_subnet_group_name")
    groups = Many(cfn="$.VpcSecurityGroupIds[*]", tf="$.vpc_security_group_ids[*]")
    routes_in_vpc = Flag(cfn="$.EnhancedVpcRouting", tf="$.enhanced_vpc_routing")
    auditing = "switch its logs on with {audit.name}"
    audit = One(
        cfn=("$.LoggingProperties.BucketName", "$.LoggingProperties.LogDestinationType"),
        tf=(
            "$.logging[*].enable",
            Beside("aws_redshift_logging", "$.bucket_name", by="$.cluster_identifier"),
            Beside("aws_redshift_logging", "$.log_destination_type", by="$.cluster_identifier"),
        ),
    )
    secrets = Secrets(cfn="$.MasterUserPassword", tf="$.master_password")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_encryption(self) -> Verdict:
        """What is restored is encrypted as its snapshot was."""
        return self.restored.is_absent()

    def in_several_zones(self) -> Verdict:
        """With ``MultiAZ`` half of the computing is in a second zone."""
        return self.multi_az.is_true()

    def is_audited(self) -> Verdict:
        return self.audit.is_present() & ~self.audit.equals(False)


class RedshiftNamespace(Encrypts, TakesKey, Audits, HoldsSecrets, Taggable):
    """What a serverless data warehouse keeps."""

    types = ("AWS::RedshiftServerless::Namespace", "aws_redshiftserverless_namespace")
    slug = "redshift-serverless-namespace"
    noun = "Redshift Serverless namespace"
    own_name = One(cfn="$.NamespaceName", tf="$.namespace_name")
    encrypted = Always(True, "Amazon Redshift Management Guide, Considerations when using Amazon Redshift Serverless")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    auditing = "put connectionlog and userlog into {exports.name}"
    exports = Many(cfn="$.LogExports[*]", tf="$.log_exports[*]")
    secrets = Secrets(cfn="$.AdminUserPassword", tf="$.admin_user_password")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_audited(self) -> Verdict:
        return self.exports.any(lambda log: log.equals("connectionlog"), "connectionlog") & self.exports.any(
            lambda log: log.equals("userlog"), "userlog"
        )


class RedshiftWorkgroup(Publishable, RoutesThroughVPC, EncryptsInTransit, Taggable):
    """What a serverless data warehouse computes with."""

    types = ("AWS::RedshiftServerless::Workgroup", "aws_redshiftserverless_workgroup")
    slug = "redshift-serverless-workgroup"
    noun = "Redshift Serverless workgroup"
    own_name = One(cfn="$.WorkgroupName", tf="$.workgroup_name")
    public = Flag(cfn="$.PubliclyAccessible", tf="$.publicly_accessible")
    routes_in_vpc = Flag(cfn="$.EnhancedVpcRouting", tf="$.enhanced_vpc_routing")
    transit = "set the parameter require_ssl to true"
    require_ssl = Flag(
        cfn="$.ConfigParameters[?@.ParameterKey=='require_ssl'].ParameterValue",
        tf="$.config_parameter[?@.parameter_key=='require_ssl'].parameter_value",
        default=True,
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def encrypts_in_transit(self) -> Verdict:
        return self.require_ssl.is_true()


class RedshiftSnapshot(Taggable):
    """A snapshot that somebody takes."""

    types = ("AWS::Redshift::Snapshot", "aws_redshift_cluster_snapshot")
    slug = "redshift-snapshot"
    noun = "Redshift snapshot"
    tags = Tags(cfn="$.Tags", tf="$.tags")


class RedshiftSnapshotCopyGrant(TakesKey, Taggable):
    """The permission to encrypt copies of snapshots in another Region, with a key of that Region."""

    types = ("AWS::Redshift::SnapshotCopyGrant", "aws_redshift_snapshot_copy_grant")
    slug = "redshift-snapshot-copy-grant"
    noun = "Redshift snapshot copy grant"
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class RedshiftParameterGroup(EncryptsInTransit, Audits, Taggable):
    """What clusters are set to. Groups of the family ``redshift-2.0`` demand TLS, those of ``redshift-1.0`` do not, unless
    somebody says otherwise (Amazon Redshift Management Guide, "Amazon Redshift parameter groups").
    """

    types = ("AWS::Redshift::ClusterParameterGroup", "aws_redshift_parameter_group")
    slug = "redshift-parameter-group"
    noun = "Redshift parameter group"
    transit = "set the parameter require_ssl to true"
    family = One(cfn="$.ParameterGroupFamily", tf="$.family")
    require_ssl = Flag(
        cfn="$.Parameters[?@.ParameterName=='require_ssl'].ParameterValue",
        tf="$.parameter[?@.name=='require_ssl'].value",
        default=ABSENT,
    )
    auditing = "set the parameter enable_user_activity_logging to true"
    activity = Flag(
        cfn="$.Parameters[?@.ParameterName=='enable_user_activity_logging'].ParameterValue",
        tf="$.parameter[?@.name=='enable_user_activity_logging'].value",
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_audited(self) -> Verdict:
        """Whether the audit log of the cluster holds what was asked of it, and not only who was there."""
        return self.activity.is_true()

    def encrypts_in_transit(self) -> Verdict:
        silent = self.require_ssl.is_absent()
        return self.require_ssl.is_true() | (silent & ~self.family.equals("redshift-1.0"))
