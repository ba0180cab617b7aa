"""Amazon DocumentDB, with its elastic clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Always, Beside, Flag, Many, One
from wascan.kinds.clusters import Members, OfInstances
from wascan.kinds.families import BacksUp, DataStore, Encrypts, Protected, Taggable, TakesKey, Versioned
from wascan.kinds.keys import Key
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Audits, Logs

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_INSTANCE, _MEMBER = "AWS::DocDB::DBInstance", "aws_docdb_cluster_instance"


class DocumentDBCluster(
    Encrypts, TakesKey, BacksUp, Protected, OfInstances, Versioned, Logs, Audits, HoldsSecrets, Taggable
):
    """A cluster with instances."""

    types = ("AWS::DocDB::DBCluster", "aws_docdb_cluster")
    slug = "docdb-cluster"
    noun = "DocumentDB cluster"
    product = "docdb"
    own_name = One(cfn="$.DBClusterIdentifier", tf="$.cluster_identifier")
    instances = Members(
        cfn=Beside(_INSTANCE, "$.DBClusterIdentifier", by="$.DBClusterIdentifier"),
        tf=Beside(_MEMBER, "$.cluster_identifier", by="$.cluster_identifier"),
    )
    zones = Many(
        cfn=Beside(_INSTANCE, "$.AvailabilityZone", by="$.DBClusterIdentifier"),
        tf=Beside(_MEMBER, "$.availability_zone", by="$.cluster_identifier"),
    )
    origin = One(
        cfn=("$.SourceDBClusterIdentifier", "$.SnapshotIdentifier"),
        tf=("$.restore_to_point_in_time[*].source_cluster_identifier", "$.snapshot_identifier"),
    )
    encrypted = Flag(cfn="$.StorageEncrypted", tf="$.storage_encrypted")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    backup_days = One(cfn="$.BackupRetentionPeriod", tf="$.backup_retention_period", default=1)
    deletion_protection = Flag(cfn="$.DeletionProtection", tf="$.deletion_protection")
    version = One(cfn="$.EngineVersion", tf="$.engine_version")
    logging = "put audit and profiler into {exports.name}"
    auditing = "put audit into {exports.name}"
    exports = Many(cfn="$.EnableCloudwatchLogsExports[*]", tf="$.enabled_cloudwatch_logs_exports[*]")
    secrets = Secrets(cfn="$.MasterUserPassword", tf="$.master_password")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_encryption(self) -> Verdict:
        """What is made of a snapshot, or of another cluster, is encrypted as that is."""
        return self.origin.is_absent()

    def is_logged(self) -> Verdict:
        """Both of its logs are written."""
        return self.is_audited() & self.exports.any(lambda log: log.equals("profiler"), "profiler")

    def is_audited(self) -> Verdict:
        return self.exports.any(lambda log: log.equals("audit"), "audit")


class DocumentDBInstance(DataStore, Taggable):
    """An instance of a cluster. Minor versions it takes from the cluster, whatever ``AutoMinorVersionUpgrade`` says
    (Amazon DocumentDB API Reference, "CreateDBInstance").
    """

    types = (_INSTANCE, _MEMBER)
    slug = "docdb-instance"
    noun = "DocumentDB instance"
    tags = Tags(cfn="$.Tags", tf="$.tags")


class DocumentDBGlobalCluster(Encrypts, Protected):
    """A cluster in several Regions."""

    types = ("AWS::DocDB::GlobalCluster", "aws_docdb_global_cluster")
    slug = "docdb-global-cluster"
    noun = "DocumentDB global cluster"
    source = One(cfn="$.SourceDBClusterIdentifier", tf="$.source_db_cluster_identifier")
    encrypted = Flag(cfn="$.StorageEncrypted", tf="$.storage_encrypted")
    deletion_protection = Flag(cfn="$.DeletionProtection", tf="$.deletion_protection")

    def decides_encryption(self) -> Verdict:
        """What is made of a cluster is encrypted as that is."""
        return self.source.is_absent()


class DocumentDBElasticCluster(Encrypts, TakesKey, BacksUp, HoldsSecrets, Taggable):
    """A cluster of shards, which AWS spreads over zones."""

    types = ("AWS::DocDBElastic::Cluster", "aws_docdbelastic_cluster")
    slug = "docdb-elastic-cluster"
    noun = "DocumentDB elastic cluster"
    encrypted = Always(
        True, "Amazon DocumentDB Developer Guide, Data encryption at rest for Amazon DocumentDB elastic clusters"
    )
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    backup_days = One(cfn="$.BackupRetentionPeriod", tf="$.backup_retention_period", default=1)
    secrets = Secrets(cfn="$.AdminUserPassword", tf="$.admin_user_password")
    tags = Tags(cfn="$.Tags", tf="$.tags")
