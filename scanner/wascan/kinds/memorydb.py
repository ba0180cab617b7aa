"""Amazon MemoryDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, One
from wascan.kinds.exposure import KnowsClients
from wascan.kinds.families import BacksUp, Encrypts, MultiAZ, Taggable, TakesKey, Upgrades
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags
from wascan.kinds.transit import EncryptsInTransit

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class MemoryDBCluster(Encrypts, TakesKey, BacksUp, MultiAZ, Upgrades, EncryptsInTransit, KnowsClients, Taggable):
    """A cluster of shards. The ACL ``open-access`` takes in everybody (Amazon MemoryDB Developer Guide,
    "Authenticating users with Access Control Lists").
    """

    types = ("AWS::MemoryDB::Cluster", "aws_memorydb_cluster")
    slug = "memorydb-cluster"
    noun = "MemoryDB cluster"
    spread = "set {replicas.name} to 1 or more"
    own_name = One(cfn="$.ClusterName", tf="$.name")
    encrypted = Always(True, "Amazon MemoryDB Developer Guide, At-Rest Encryption in MemoryDB")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_arn")
    backup_days = One(cfn="$.SnapshotRetentionLimit", tf="$.snapshot_retention_limit", default=0)
    replicas = One(cfn="$.NumReplicasPerShard", tf="$.num_replicas_per_shard", default=1)
    auto_upgrade = Flag(cfn="$.AutoMinorVersionUpgrade", tf="$.auto_minor_version_upgrade", default=True)
    transit = "set {in_transit}"
    in_transit = Flag(cfn="$.TLSEnabled", tf="$.tls_enabled", default=True)
    sign_in = "set {acl.name} to an ACL with users"
    acl = One(cfn="$.ACLName", tf="$.acl_name")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        """The replicas of a shard are in other zones than its primary."""
        return self.replicas.at_least(1)

    def encrypts_in_transit(self) -> Verdict:
        return self.in_transit.is_true()

    def knows_clients(self) -> Verdict:
        return ~self.acl.equals("open-access")


class MemoryDBSnapshot(TakesKey, Taggable):
    """A snapshot that somebody takes."""

    types = ("AWS::MemoryDB::Snapshot", "aws_memorydb_snapshot")
    slug = "memorydb-snapshot"
    noun = "MemoryDB snapshot"
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_arn")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_encryption(self) -> Verdict:
        """Where nobody says which, the key is that of the cluster."""
        return self.key.is_present()
