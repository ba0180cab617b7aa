"""Amazon ElastiCache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, Many, One
from wascan.kinds.exposure import KnowsClients, Placeable
from wascan.kinds.families import BacksUp, Encrypts, MultiAZ, Taggable, TakesKey, Upgrades, Versioned
from wascan.kinds.keys import Key
from wascan.kinds.lifecycle import is_listed, supported
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.kinds.transit import EncryptsInTransit
from wascan.markers import ABSENT

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_WITHOUT_BACKUPS = "cache.t1.micro"
"""Amazon ElastiCache API Reference, "CreateSnapshot", SnapshotFeatureNotSupportedFault."""


class RunsCacheEngine(Versioned):
    """What runs Redis OSS, Valkey or Memcached. Of Memcached AWS publishes no end of support."""

    engine = One(cfn="$.Engine", tf="$.engine", default="redis")
    version = One(cfn="$.EngineVersion", tf="$.engine_version")

    def decides_version(self) -> Verdict:
        """Where no version is named, AWS takes one that it supports."""
        return self.version.is_present() & is_listed(self.engine)

    def is_supported(self, today: str) -> Verdict:
        """The engine is the product."""
        return supported(self.version, self.engine, today)


class ReplicationGroup(
    Encrypts,
    TakesKey,
    BacksUp,
    MultiAZ,
    Upgrades,
    RunsCacheEngine,
    Placeable,
    EncryptsInTransit,
    KnowsClients,
    Logs,
    HoldsSecrets,
    Taggable,
):
    """Redis OSS or Valkey with replicas.

    Valkey is encrypted where nobody says anything, Redis OSS is not (Amazon ElastiCache API Reference,
    "CreateReplicationGroup"). What belongs to a global datastore takes encryption and version from its primary group.
    """

    types = ("AWS::ElastiCache::ReplicationGroup", "aws_elasticache_replication_group")
    slug = "elasticache-replication-group"
    noun = "ElastiCache replication group"
    own_name = One(cfn="$.ReplicationGroupId", tf="$.replication_group_id")
    datastore = One(cfn="$.GlobalReplicationGroupId", tf="$.global_replication_group_id")
    encrypted = Flag(cfn="$.AtRestEncryptionEnabled", tf="$.at_rest_encryption_enabled", default=ABSENT)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    cache = True
    node_type = One(cfn="$.CacheNodeType", tf="$.node_type")
    backup_days = One(cfn="$.SnapshotRetentionLimit", tf="$.snapshot_retention_limit", default=0)
    multi_az = Flag(cfn="$.MultiAZEnabled", tf="$.multi_az_enabled")
    automatic_failover = Flag(cfn="$.AutomaticFailoverEnabled", tf="$.automatic_failover_enabled")
    auto_upgrade = Flag(cfn="$.AutoMinorVersionUpgrade", tf="$.auto_minor_version_upgrade", default=True)
    place = One(cfn="$.CacheSubnetGroupName", tf="$.subnet_group_name")
    transit = "set {in_transit}"
    in_transit = Flag(cfn="$.TransitEncryptionEnabled", tf="$.transit_encryption_enabled")
    transit_mode = One(cfn="$.TransitEncryptionMode", tf="$.transit_encryption_mode", default="required")
    logging = "add the slow log and the engine log to {logs.name}"
    logs = Many(cfn="$.LogDeliveryConfigurations[*].LogType", tf="$.log_delivery_configuration[*].log_type")
    sign_in = "name user groups in {users.name}, or set {token.name}; both need encryption in transit"
    users = Many(cfn="$.UserGroupIds[*]", tf="$.user_group_ids[*]")
    token = One(cfn="$.AuthToken", tf="$.auth_token", secret=True)
    secrets = Secrets(cfn="$.AuthToken", tf="$.auth_token")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_encrypted(self) -> Verdict:
        """What nobody says depends on the engine."""
        return self.encrypted.is_true() | (self.encrypted.is_absent() & self.engine.equals("valkey"))

    def decides_encryption(self) -> Verdict:
        """A secondary group of a global datastore is encrypted as the primary is."""
        return self.datastore.is_absent()

    def decides_backups(self) -> Verdict:
        return ~self.node_type.equals(_WITHOUT_BACKUPS)

    def in_several_zones(self) -> Verdict:
        """The replicas are in other zones than the primary where Multi-AZ is on."""
        return self.multi_az.is_true()

    def decides_version(self) -> Verdict:
        """A secondary group of a global datastore runs the version of the primary."""
        return self.datastore.is_absent() & super().decides_version()

    def encrypts_in_transit(self) -> Verdict:
        """In the mode ``preferred`` plain connections are taken as well."""
        return self.in_transit.is_true() & ~self.transit_mode.equals("preferred")

    def decides_transit(self) -> Verdict:
        """A secondary group of a global datastore encrypts as the primary does."""
        return self.datastore.is_absent()

    def knows_clients(self) -> Verdict:
        return ~self.users.is_empty() | self.token.is_present()

    def is_logged(self) -> Verdict:
        return ~self.logs.is_empty()


class CacheCluster(BacksUp, MultiAZ, Upgrades, RunsCacheEngine, Placeable, Taggable):
    """Nodes of Memcached, or one node of Redis OSS or Valkey, which is a member where a replication group is named."""

    types = ("AWS::ElastiCache::CacheCluster", "aws_elasticache_cluster")
    slug = "elasticache-cluster"
    noun = "ElastiCache cluster"
    spread = "set {multi_az}, with two nodes or more; for Redis OSS and Valkey use a replication group"
    own_name = One(cfn="$.ClusterName", tf="$.cluster_id")
    group = One(tf="$.replication_group_id")
    cache = True
    node_type = One(cfn="$.CacheNodeType", tf="$.node_type")
    backup_days = One(cfn="$.SnapshotRetentionLimit", tf="$.snapshot_retention_limit", default=0)
    multi_az = Flag(on=("cross-az",), cfn="$.AZMode", tf="$.az_mode")
    auto_upgrade = Flag(cfn="$.AutoMinorVersionUpgrade", tf="$.auto_minor_version_upgrade", default=True)
    place = One(cfn="$.CacheSubnetGroupName", tf="$.subnet_group_name")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def stands_alone(self) -> Verdict:
        """Whether it is no member of a replication group."""
        return self.group.is_absent()

    def decides_backups(self) -> Verdict:
        """Memcached on nodes cannot be backed up, nor can the smallest node of old; a member is backed up with its group."""
        return self.stands_alone() & ~self.engine.equals("memcached") & ~self.node_type.equals(_WITHOUT_BACKUPS)

    def decides_upgrades(self) -> Verdict:
        """Of Memcached AWS upgrades no minor versions; a member is upgraded with its group."""
        return self.stands_alone() & ~self.engine.equals("memcached")

    def decides_zones(self) -> Verdict:
        """A member is placed by its group."""
        return self.stands_alone()

    def in_several_zones(self) -> Verdict:
        """Only nodes of Memcached can be spread: a cluster of another engine has one node."""
        return self.multi_az.is_true() & self.engine.equals("memcached")

    def decides_version(self) -> Verdict:
        """A member runs the version of its group."""
        return self.stands_alone() & super().decides_version()

    def has_own_network(self) -> Verdict:
        """The group that is called so has the subnets of the default VPC."""
        return super().has_own_network() & ~self.place.equals("default")

    def decides_place(self) -> Verdict:
        """A member is placed with its group."""
        return self.stands_alone()


class ServerlessCache(Encrypts, TakesKey, BacksUp, RunsCacheEngine, KnowsClients, Taggable):
    """A serverless cache, which AWS spreads over zones, scales and patches."""

    types = ("AWS::ElastiCache::ServerlessCache", "aws_elasticache_serverless_cache")
    slug = "elasticache-serverless-cache"
    noun = "ElastiCache serverless cache"
    version = One(cfn="$.MajorEngineVersion", tf="$.major_engine_version")
    encrypted = Always(True, "Amazon ElastiCache User Guide, At-Rest Encryption in ElastiCache")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    backup_days = One(cfn="$.SnapshotRetentionLimit", tf="$.snapshot_retention_limit", default=0)
    sign_in = "set {users.name} to a user group"
    users = One(cfn="$.UserGroupId", tf="$.user_group_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def knows_clients(self) -> Verdict:
        """Memcached knows nobody (Amazon ElastiCache User Guide, "Authentication and Authorization")."""
        return self.users.is_present() | self.engine.equals("memcached")
