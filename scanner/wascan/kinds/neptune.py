"""Amazon Neptune: database clusters, and graphs of Neptune Analytics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, Many, One
from wascan.kinds.clusters import DatabaseCluster, GlobalDatabase, instances_of, zones_of
from wascan.kinds.exposure import Publishable
from wascan.kinds.families import DataStore, Encrypts, MultiAZ, Protected, Taggable, TagsBackups, TakesKey, Upgrades
from wascan.kinds.keys import Key
from wascan.kinds.permissions import TakesIAM
from wascan.kinds.tags import Tags
from wascan.kinds.transit import EncryptsInTransit

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_INSTANCE, _MEMBER = "AWS::Neptune::DBInstance", "aws_neptune_cluster_instance"


class NeptuneCluster(DatabaseCluster, TagsBackups, TakesIAM):
    """A database cluster."""

    types = ("AWS::Neptune::DBCluster", "aws_neptune_cluster")
    slug = "neptune-cluster"
    noun = "Neptune cluster"
    product = "neptune"
    instances = instances_of(_INSTANCE, _MEMBER)
    zones = zones_of(_INSTANCE, _MEMBER)
    origin = One(
        cfn=("$.SourceDBClusterIdentifier", "$.SnapshotIdentifier"),
        tf=("$.replication_source_identifier", "$.snapshot_identifier"),
    )
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_arn")
    copies_tags = Flag(cfn="$.CopyTagsToSnapshot", tf="$.copy_tags_to_snapshot")
    exports = Many(cfn="$.EnableCloudwatchLogsExports[*]", tf="$.enable_cloudwatch_logs_exports[*]")
    iam_login = Flag(cfn="$.IamAuthEnabled", tf="$.iam_database_authentication_enabled")


class NeptuneInstance(DataStore, Upgrades, Publishable, Taggable):
    """An instance of a database cluster."""

    types = (_INSTANCE, _MEMBER)
    slug = "neptune-instance"
    noun = "Neptune instance"
    auto_upgrade = Flag(cfn="$.AutoMinorVersionUpgrade", tf="$.auto_minor_version_upgrade", default=True)
    public = Flag(cfn="$.PubliclyAccessible", tf="$.publicly_accessible")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class NeptuneParameterGroup(EncryptsInTransit, Taggable):
    """What database clusters are set to. They demand TLS unless told not to (Amazon Neptune User Guide, "Encryption in
    transit").
    """

    types = ("AWS::Neptune::DBClusterParameterGroup", "aws_neptune_cluster_parameter_group")
    slug = "neptune-db-cluster-parameter-group"
    noun = "Neptune parameter group"
    transit = "set the parameter neptune_enforce_ssl to 1"
    tls = Flag(
        on=("1",),
        cfn="$.Parameters.neptune_enforce_ssl",
        tf="$.parameter[?@.name=='neptune_enforce_ssl'].value",
        default=True,
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def encrypts_in_transit(self) -> Verdict:
        return self.tls.is_true()


class NeptuneGlobalCluster(GlobalDatabase):
    """A database cluster in several Regions."""

    types = ("AWS::Neptune::GlobalCluster", "aws_neptune_global_cluster")
    slug = "neptune-global-cluster"
    noun = "Neptune global cluster"


class NeptuneGraph(Encrypts, TakesKey, Protected, MultiAZ, Publishable, Taggable):
    """A graph of Neptune Analytics."""

    types = ("AWS::NeptuneGraph::Graph", "aws_neptunegraph_graph")
    slug = "neptune-graph"
    noun = "Neptune Analytics graph"
    spread = "set {replicas.name} to 1 or more"
    encrypted = Always(True, "Neptune Analytics User Guide, Data protection in Neptune Analytics")
    key = Key(cfn="$.KmsKeyIdentifier", tf="$.kms_key_identifier")
    deletion_protection = Flag(cfn="$.DeletionProtection", tf="$.deletion_protection", default=True)
    replicas = One(cfn="$.ReplicaCount", tf="$.replica_count", default=1)
    public = Flag(cfn="$.PublicConnectivity", tf="$.public_connectivity")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        """Replicas are in other zones."""
        return self.replicas.at_least(1)
