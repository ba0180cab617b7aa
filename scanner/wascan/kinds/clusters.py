"""Database clusters, and the instances that name them as theirs.

Amazon DocumentDB and Amazon Neptune share the management API of Amazon RDS, and with it what their clusters are declared by
(Amazon DocumentDB Developer Guide, "Resource management API"; Amazon Neptune User Guide, "Amazon Neptune API reference").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Attribute, Beside, Flag, Many, One
from wascan.kinds.families import BacksUp, Encrypts, MultiAZ, Protected, Taggable, TakesKey, Versioned
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Audits
from wascan.markers import Unknown
from wascan.value import Reading, Value, Values

if TYPE_CHECKING:
    from wascan.kind import Kind
    from wascan.verdict import Verdict

_CLUSTER, _TF_CLUSTER = "$.DBClusterIdentifier", "$.cluster_identifier"


class Members(Many):
    """Resources that name this one as theirs.

    That there is none proves something only in a declared whole, for they may be in another stack.
    """

    def of(self, kind: Kind) -> Values:
        found = super().of(kind)
        resource = kind._resource
        if found.items or found.open or resource.scope.whole:
            return found
        elsewhere = Reading(Unknown("what belongs to it may be in another stack"), resource.path, resource)
        return Values(Value(self, elsewhere), [], open=True)

    def label(self, dialect: str) -> str:
        return f"the list of its {self.name}"


class OfInstances(MultiAZ):
    """A cluster that keeps its data in several zones anyway, and computes in `instances`, each of them in one zone.

    `zones` are those of the instances that say theirs. AWS puts the others where there is none yet.
    """

    spread = "add an instance in another Availability Zone"
    instances: Attribute[Values]
    zones: Attribute[Values]

    def in_several_zones(self) -> Verdict:
        """Another instance takes over when one is lost with its zone."""
        all_named = self.zones.count_at_least(len(self.instances.items) or 1)
        return self.instances.count_at_least(2) & (self.zones.distinct_at_least(2) | ~all_named)


class DatabaseCluster(Encrypts, TakesKey, BacksUp, Protected, OfInstances, Versioned, Audits, Taggable):
    """A cluster that is declared as those of Amazon RDS are. `origin` is what it is made of, where that is another cluster or
    a snapshot, and `exports` are the logs that it sends on.
    """

    own_name = One(cfn=_CLUSTER, tf=_TF_CLUSTER)
    encrypted = Flag(cfn="$.StorageEncrypted", tf="$.storage_encrypted")
    backup_days = One(cfn="$.BackupRetentionPeriod", tf="$.backup_retention_period", default=1)
    deletion_protection = Flag(cfn="$.DeletionProtection", tf="$.deletion_protection")
    version = One(cfn="$.EngineVersion", tf="$.engine_version")
    auditing = "put audit into {exports.name}"
    origin: Attribute[Value]
    exports: Attribute[Values]
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_encryption(self) -> Verdict:
        """What is made of something is encrypted as that is."""
        return self.origin.is_absent()

    def is_audited(self) -> Verdict:
        return self.exports.any(lambda log: log.equals("audit"), "audit")


def instances_of(type: str, tf_type: str) -> Members:
    """The instances that name a cluster, of these types."""
    return Members(cfn=Beside(type, _CLUSTER, by=_CLUSTER), tf=Beside(tf_type, _TF_CLUSTER, by=_TF_CLUSTER))


def zones_of(type: str, tf_type: str) -> Many:
    """The zones that the instances of a cluster name, of these types."""
    return Many(
        cfn=Beside(type, "$.AvailabilityZone", by=_CLUSTER), tf=Beside(tf_type, "$.availability_zone", by=_TF_CLUSTER)
    )


class GlobalDatabase(Encrypts, Protected):
    """A cluster in several Regions, of clusters that are declared so."""

    source = One(cfn="$.SourceDBClusterIdentifier", tf="$.source_db_cluster_identifier")
    encrypted = Flag(cfn="$.StorageEncrypted", tf="$.storage_encrypted")
    deletion_protection = Flag(cfn="$.DeletionProtection", tf="$.deletion_protection")

    def decides_encryption(self) -> Verdict:
        """What is made of a cluster is encrypted as that is."""
        return self.source.is_absent()
