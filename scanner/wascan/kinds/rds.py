"""Amazon Relational Database Service, with Amazon Aurora."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, LinkTo, Many, One, depends
from wascan.kind import Kind, remembered
from wascan.kinds.clusters import DatabaseCluster, GlobalDatabase, instances_of, zones_of
from wascan.kinds.exposure import Given, Publishable
from wascan.kinds.families import (
    BacksUp,
    BackupPlanned,
    Encrypts,
    MultiAZ,
    Protected,
    Taggable,
    TagsBackups,
    TakesKey,
    Upgrades,
    Versioned,
)
from wascan.kinds.keys import Key
from wascan.kinds.lifecycle import is_listed, supported
from wascan.kinds.permissions import TakesIAM
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Audits, Logs, Monitored
from wascan.markers import ABSENT
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.attribute import Attribute, Switch
    from wascan.kinds.keys import KeyValue
    from wascan.verdict import Verdict

_INSTANCE, _MEMBER = "AWS::RDS::DBInstance", "aws_rds_cluster_instance"


class RunsEngine(Versioned):
    """What runs a database engine. Without a version AWS takes one that it supports, or the source's."""

    engine = One(cfn="$.Engine", tf="$.engine")
    version = One(cfn="$.EngineVersion", tf="$.engine_version")

    @remembered
    def runs_aurora(self) -> Verdict:
        """Whether the engine is one of Aurora's. RDS takes engines in any case."""
        return self.engine.starts_with("aurora", "Aurora")

    def decides_version(self) -> Verdict:
        """AWS publishes the end of support of some engines."""
        return self.version.is_present() & is_listed(self.engine)

    def is_supported(self, today: str) -> Verdict:
        """The engine is the product."""
        return supported(self.version, self.engine, today)


class HasInsights(Kind):
    """What Performance Insights can watch: `insights` is the switch, `insights_key` encrypts what it gathers."""

    noun = "RDS database"
    insights: Attribute[Switch]
    insights_key: Attribute[KeyValue]

    def decides_insights(self) -> Verdict:
        """Whether they are its own affair."""
        return known(True)


class DBInstance(
    Encrypts,
    TakesKey,
    BacksUp,
    BackupPlanned,
    TagsBackups,
    Protected,
    MultiAZ,
    Upgrades,
    RunsEngine,
    HasInsights,
    Publishable,
    Logs,
    Monitored,
    TakesIAM,
    HoldsSecrets,
    Taggable,
):
    """A database instance. What belongs to the whole of an Aurora cluster is asked of the cluster."""

    types = (_INSTANCE, "aws_db_instance", _MEMBER)
    slug = "rds-instance"
    noun = "RDS instance"
    arn = ("rds", "db")
    own_name = One(cfn="$.DBInstanceIdentifier", tf="$.identifier")
    cluster = LinkTo(to="DBCluster", cfn="$.DBClusterIdentifier", tf="$.cluster_identifier")
    source = One(cfn=("$.SourceDBClusterIdentifier", "$.SourceDBInstanceIdentifier"), tf="$.replicate_source_db")
    restored = One(
        cfn=(
            "$.DBClusterSnapshotIdentifier",
            "$.SourceDBInstanceAutomatedBackupsArn",
            "$.SourceDbiResourceId",
            "$.DBSnapshotIdentifier",
        ),
        tf=(
            "$.restore_to_point_in_time[*].source_db_instance_automated_backups_arn",
            "$.restore_to_point_in_time[*].source_db_instance_identifier",
            "$.restore_to_point_in_time[*].source_dbi_resource_id",
            "$.snapshot_identifier",
        ),
    )
    encrypted = Flag(cfn="$.StorageEncrypted", tf="$.storage_encrypted")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    multi_az = Flag(cfn="$.MultiAZ", tf="$.multi_az")
    backup_days = One(cfn="$.BackupRetentionPeriod", tf="$.backup_retention_period", default={"cfn": 1, "tf": 0})
    copies_tags = Flag(cfn="$.CopyTagsToSnapshot", tf="$.copy_tags_to_snapshot")
    deletion_protection = Flag(cfn="$.DeletionProtection", tf="$.deletion_protection")
    auto_upgrade = Flag(cfn="$.AutoMinorVersionUpgrade", tf="$.auto_minor_version_upgrade", default=True)
    insights = Flag(cfn="$.EnablePerformanceInsights", tf="$.performance_insights_enabled")
    insights_key = Key(cfn="$.PerformanceInsightsKMSKeyId", tf="$.performance_insights_kms_key_id")
    public = Flag(cfn="$.PubliclyAccessible", tf="$.publicly_accessible", default={"cfn": depends, "tf": False})
    logging = "list the logs of the engine in {exports}"
    exports = Many(cfn="$.EnableCloudwatchLogsExports[*]", tf="$.enabled_cloudwatch_logs_exports[*]")
    monitoring = "set {metrics_interval.name} to 1, 5, 10, 15, 30 or 60 seconds"
    metrics_interval = One(cfn="$.MonitoringInterval", tf="$.monitoring_interval", default=0)
    iam_login = Flag(cfn="$.EnableIAMDatabaseAuthentication", tf="$.iam_database_authentication_enabled")
    secrets = Secrets(cfn=("$.MasterUserPassword", "$.TdeCredentialPassword"), tf="$.password")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    @remembered
    def stands_alone(self) -> Verdict:
        """Whether it is no member of a cluster."""
        return self.cluster.is_absent() & ~self.runs_aurora()

    def decides_encryption(self) -> Verdict:
        """A member is encrypted as its cluster is, a replica as its source, what is restored as its backup."""
        return self.stands_alone() & self.source.is_absent() & self.restored.is_absent()

    def backs_itself_up(self) -> Verdict:
        return self.backup_days.at_least(1)

    def decides_plan(self) -> Verdict:
        return self.decides_backups()

    def decides_backups(self) -> Verdict:
        """A member is backed up with its cluster; a replica is a copy already."""
        return self.stands_alone() & self.source.is_absent()

    def decides_backup_tags(self) -> Verdict:
        """A member has no snapshots of its own."""
        return self.stands_alone()

    def decides_protection(self) -> Verdict:
        """A member is protected with its cluster."""
        return self.stands_alone()

    def decides_zones(self) -> Verdict:
        """A member is one of several; a replica stands beside its source."""
        return self.stands_alone() & self.source.is_absent()

    def in_several_zones(self) -> Verdict:
        """A standby in a second zone is what ``MultiAZ`` makes."""
        return self.multi_az.is_true()

    def decides_version(self) -> Verdict:
        """A member runs the version of its cluster."""
        return self.stands_alone() & super().decides_version()

    def decides_logs(self) -> Verdict:
        """What a member logs is its cluster's affair."""
        return self.stands_alone()

    def is_logged(self) -> Verdict:
        return ~self.exports.is_empty()

    def is_monitored(self) -> Verdict:
        return self.metrics_interval.at_least(1)

    def decides_login(self) -> Verdict:
        """Of the engines these can (Amazon RDS User Guide, "IAM database authentication for MariaDB, MySQL, and
        PostgreSQL"); who is let into a member is its cluster's affair.
        """
        return self.stands_alone() & self.engine.one_of("mariadb", "mysql", "postgres")


class DBCluster(
    DatabaseCluster, BackupPlanned, TagsBackups, Upgrades, RunsEngine, HasInsights, Logs, Audits, TakesIAM, HoldsSecrets
):
    """An Aurora cluster, or a Multi-AZ DB cluster of RDS.

    Aurora clusters made since 18 February 2026 are encrypted with a key that AWS owns, unless another is asked for
    (Amazon Aurora User Guide, "Encrypting Amazon Aurora resources").
    """

    types = ("AWS::RDS::DBCluster", "aws_rds_cluster")
    slug = "rds-cluster"
    noun = "RDS cluster"
    arn = ("rds", "cluster")
    mode = One(cfn="$.EngineMode", tf="$.engine_mode", default="provisioned")
    scalability = One(cfn="$.ClusterScalabilityType", tf="$.cluster_scalability_type", default="standard")
    own_instances = One(cfn="$.DBClusterInstanceClass", tf="$.db_cluster_instance_class")
    instances = instances_of(_INSTANCE, _MEMBER)
    zones = zones_of(_INSTANCE, _MEMBER)
    source = One(cfn="$.ReplicationSourceIdentifier", tf="$.replication_source_identifier")
    restored = One(
        cfn=("$.SourceDbClusterResourceId", "$.SourceDBClusterIdentifier", "$.SnapshotIdentifier"),
        tf=(
            "$.restore_to_point_in_time[*].source_cluster_resource_id",
            "$.restore_to_point_in_time[*].source_cluster_identifier",
            "$.snapshot_identifier",
        ),
    )
    global_cluster = One(cfn="$.GlobalClusterIdentifier", tf="$.global_cluster_identifier")
    encrypted = Flag(cfn="$.StorageEncrypted", tf="$.storage_encrypted", default=ABSENT)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    backtrack_seconds = One(cfn="$.BacktrackWindow", tf="$.backtrack_window", default=0)
    copies_tags = Flag(cfn="$.CopyTagsToSnapshot", tf="$.copy_tags_to_snapshot")
    auto_upgrade = Flag(cfn="$.AutoMinorVersionUpgrade", default=True)
    insights = Flag(cfn="$.PerformanceInsightsEnabled", tf="$.performance_insights_enabled")
    insights_key = Key(cfn="$.PerformanceInsightsKmsKeyId", tf="$.performance_insights_kms_key_id")
    logging = "list the logs of the engine in {exports}"
    auditing = "put audit into {exports.name}, and set server_audit_logging in its cluster parameter group"
    exports = Many(cfn="$.EnableCloudwatchLogsExports[*]", tf="$.enabled_cloudwatch_logs_exports[*]")
    iam_login = Flag(cfn="$.EnableIAMDatabaseAuthentication", tf="$.iam_database_authentication_enabled")
    secrets = Secrets(cfn="$.MasterUserPassword", tf="$.master_password")

    def backs_itself_up(self) -> Verdict:
        return self.backup_days.at_least(1)

    def is_encrypted(self) -> Verdict:
        """Aurora encrypts where nobody says anything; the other engines where it is asked for."""
        return self.encrypted.is_true() | (self.encrypted.is_absent() & self.runs_aurora())

    def decides_encryption(self) -> Verdict:
        """A replica is encrypted as its source, what is restored as its backup."""
        return self.source.is_absent() & self.restored.is_absent()

    def in_several_zones(self) -> Verdict:
        """As for `OfInstances`. A Multi-AZ DB cluster makes its own three instances in three zones (Amazon RDS User
        Guide, "Multi-AZ DB cluster deployments for Amazon RDS"); Aurora Serverless v1 moves to another zone by
        itself (Amazon Aurora User Guide, "How Aurora Serverless v1 works").
        """
        return super().in_several_zones() | self.own_instances.is_present() | self.mode.equals("serverless")

    def decides_zones(self) -> Verdict:
        """A limitless cluster computes in a shard group, which has standbys of its own."""
        return ~self.scalability.equals("limitless")

    def can_go_back(self) -> Verdict:
        """Whether it could be rewound: provisioned Aurora MySQL clusters can that belong to no global database (Amazon
        Aurora User Guide, "Backtracking an Aurora DB cluster").
        """
        rewinds = self.engine.one_of("aurora", "aurora-mysql") & ~self.mode.equals("serverless")
        return rewinds & self.global_cluster.is_absent() & self.source.is_absent()

    def is_logged(self) -> Verdict:
        return ~self.exports.is_empty()

    def is_audited(self) -> Verdict:
        return self.exports.any(lambda log: log.equals("audit"), "audit")

    def decides_audit(self) -> Verdict:
        """Aurora MySQL has a log of its own for that; PostgreSQL writes it into its one log, by an extension (Amazon Aurora
        User Guide, "Using Advanced Auditing with an Amazon Aurora MySQL DB cluster").
        """
        return self.engine.one_of("aurora", "aurora-mysql")

    def decides_login(self) -> Verdict:
        """Not where Aurora Serverless v1 scales it (Amazon Aurora User Guide, "Limitations of Aurora Serverless v1")."""
        return ~self.mode.equals("serverless")

    def decides_insights(self) -> Verdict:
        """The instances of Aurora have their own."""
        return self.own_instances.is_present()


class GlobalCluster(GlobalDatabase, RunsEngine, Taggable):
    """An Aurora global database. Encryption is as for `DBCluster`."""

    types = ("AWS::RDS::GlobalCluster", "aws_rds_global_cluster")
    slug = "rds-global-cluster"
    noun = "RDS global cluster"
    encrypted = Flag(cfn="$.StorageEncrypted", tf="$.storage_encrypted", default=True)
    tags = Tags(cfn="$.Tags", tf="$.tags")


class DBSnapshot(Given, Taggable):
    """A snapshot that somebody takes of an instance or of a cluster."""

    types = ("AWS::RDS::DBSnapshot", "AWS::RDS::ClusterSnapshot", "aws_db_snapshot", "aws_db_cluster_snapshot")
    slug = "rds-snapshot"
    noun = "RDS snapshot"
    audience = Many(tf="$.shared_accounts[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def can_be_given(self) -> Verdict:
        """CloudFormation cannot share it."""
        return known(self._resource.dialect == "tf")


class DBSnapshotCopy(TakesKey, Taggable):
    """A copy of a snapshot."""

    types = ("aws_db_snapshot_copy", "aws_rds_cluster_snapshot_copy")
    slug = "rds-snapshot-copy"
    noun = "RDS snapshot copy"
    key = Key(tf="$.kms_key_id")
    tags = Tags(tf="$.tags")

    def decides_encryption(self) -> Verdict:
        """Where nobody says which, the key is that of the snapshot."""
        return self.key.is_present()


class DBBackupReplication(TakesKey, BacksUp):
    """The replication of an instance's backups to the Region that it is declared in."""

    types = ("aws_db_instance_automated_backups_replication",)
    slug = "rds-backup-replication"
    noun = "RDS backup replication"
    key = Key(tf="$.kms_key_id")
    backup_days = One(tf="$.retention_period", default=7)
