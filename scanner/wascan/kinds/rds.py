"""Amazon Relational Database Service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Flag, LinkTo, One
from wascan.kinds.families import BacksUp, Encrypts, MultiAZ, Protected, Taggable, TakesKey, Upgrades
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class DBInstance(Encrypts, TakesKey, BacksUp, Protected, MultiAZ, Upgrades, Taggable):
    """A database instance. What belongs to the whole of an Aurora or Multi-AZ cluster is asked of the cluster."""

    types = ("AWS::RDS::DBInstance", "aws_db_instance")
    slug = "rds-instance"
    noun = "RDS instance"
    engine = One(cfn="$.Engine", tf="$.engine")
    cluster = LinkTo(to="DBCluster", cfn="$.DBClusterIdentifier")
    source = One(cfn="$.SourceDBInstanceIdentifier", tf="$.replicate_source_db")
    snapshot = One(cfn="$.DBSnapshotIdentifier", tf="$.snapshot_identifier")
    encrypted = Flag(cfn="$.StorageEncrypted", tf="$.storage_encrypted")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    multi_az = Flag(cfn="$.MultiAZ", tf="$.multi_az")
    backup_days = One(
        cfn="$.BackupRetentionPeriod", tf="$.backup_retention_period", default={"cfn": 1, "tf": 0}
    )
    deletion_protection = Flag(cfn="$.DeletionProtection", tf="$.deletion_protection")
    auto_upgrade = Flag(cfn="$.AutoMinorVersionUpgrade", tf="$.auto_minor_version_upgrade", default=True)
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def stands_alone(self) -> Verdict:
        """Whether it is no member of a cluster."""
        return self.cluster.is_absent() & ~self.engine.starts_with("aurora")

    def decides_encryption(self) -> Verdict:
        """A member, and a replica in the Region, is encrypted as its cluster or source is."""
        return self.stands_alone() & self.source.is_absent()

    def decides_backups(self) -> Verdict:
        """A member is backed up with its cluster; a replica is a copy already."""
        return self.stands_alone() & self.source.is_absent()

    def decides_protection(self) -> Verdict:
        """A member is protected with its cluster."""
        return self.stands_alone()

    def decides_zones(self) -> Verdict:
        """A member is placed by its cluster."""
        return self.stands_alone()

    def in_several_zones(self) -> Verdict:
        """A standby in a second zone is what ``MultiAZ`` makes."""
        return self.multi_az.is_true()
