"""Amazon DocumentDB, with its elastic clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Many, One
from wascan.kinds.clusters import DatabaseCluster, GlobalDatabase, instances_of, zones_of
from wascan.kinds.families import BacksUp, DataStore, Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.kinds.transit import EncryptsInTransit

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_INSTANCE, _MEMBER = "AWS::DocDB::DBInstance", "aws_docdb_cluster_instance"


class DocumentDBCluster(DatabaseCluster, Logs, HoldsSecrets):
    """A cluster with instances."""

    types = ("AWS::DocDB::DBCluster", "aws_docdb_cluster")
    slug = "docdb-cluster"
    noun = "DocumentDB cluster"
    product = "docdb"
    instances = instances_of(_INSTANCE, _MEMBER)
    zones = zones_of(_INSTANCE, _MEMBER)
    origin = One(
        cfn=("$.SourceDBClusterIdentifier", "$.SnapshotIdentifier"),
        tf=("$.restore_to_point_in_time[*].source_cluster_identifier", "$.snapshot_identifier"),
    )
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    logging = "put audit and profiler into {exports.name}"
    exports = Many(cfn="$.EnableCloudwatchLogsExports[*]", tf="$.enabled_cloudwatch_logs_exports[*]")
    secrets = Secrets(cfn="$.MasterUserPassword", tf="$.master_password")

    def is_logged(self) -> Verdict:
        """Both of its logs are written."""
        return self.is_audited() & self.exports.any(lambda log: log.equals("profiler"), "profiler")


class DocumentDBInstance(DataStore, Taggable):
    """An instance of a cluster. Minor versions it takes from the cluster, whatever ``AutoMinorVersionUpgrade`` says
    (Amazon DocumentDB API Reference, "CreateDBInstance").
    """

    types = (_INSTANCE, _MEMBER)
    slug = "docdb-instance"
    noun = "DocumentDB instance"
    tags = Tags(cfn="$.Tags", tf="$.tags")


class DocumentDBParameterGroup(EncryptsInTransit, Taggable):
    """What clusters are set to. They demand TLS unless told not to (Amazon DocumentDB Developer Guide, "Encrypting data in
    transit").
    """

    types = ("AWS::DocDB::DBClusterParameterGroup", "aws_docdb_cluster_parameter_group")
    slug = "docdb-db-cluster-parameter-group"
    noun = "DocumentDB parameter group"
    transit = "set the parameter tls to enabled"
    tls = One(cfn="$.Parameters.tls", tf="$.parameter[?@.name=='tls'].value", default="enabled")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def encrypts_in_transit(self) -> Verdict:
        return ~self.tls.equals("disabled")


class DocumentDBGlobalCluster(GlobalDatabase):
    """A cluster in several Regions."""

    types = ("AWS::DocDB::GlobalCluster", "aws_docdb_global_cluster")
    slug = "docdb-global-cluster"
    noun = "DocumentDB global cluster"


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
