"""Amazon Keyspaces (for Apache Cassandra)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, Many, One
from wascan.kinds.families import DataStore, Encrypts, RecoversToAnyPoint, Scales, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.scaling import scalable, scales, scaling_policies
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Keyspace(DataStore, Taggable):
    """A keyspace, whose tables are in all of its Regions."""

    types = ("AWS::Cassandra::Keyspace", "aws_keyspaces_keyspace")
    slug = "keyspaces-keyspace"
    noun = "keyspace"
    regions = Many(cfn="$.ReplicationSpecification.RegionList[*]", tf="$.replication_specification[*].region_list[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def lies_in(self, regions: list[str]) -> Verdict:
        """The data is in each Region that it is replicated to."""
        return super().lies_in(regions) & self.regions.every(lambda region: region.one_of(*regions))


class KeyspacesTable(Encrypts, TakesKey, RecoversToAnyPoint, Scales, Taggable):
    """A table."""

    types = ("AWS::Cassandra::Table", "aws_keyspaces_table")
    slug = "keyspaces-table"
    noun = "Keyspaces table"
    scaling = "let {mode} be on demand, or capacity be adjusted automatically"
    own_name = One(cfn="$.TableName", tf="$.table_name")
    encrypted = Always(True, "Amazon Keyspaces Developer Guide, Encryption at rest in Amazon Keyspaces")
    key = Key(cfn="$.EncryptionSpecification.KmsKeyIdentifier", tf="$.encryption_specification[*].kms_key_identifier")
    point_in_time_recovery = Flag(
        on=("true", "ENABLED"), cfn="$.PointInTimeRecoveryEnabled", tf="$.point_in_time_recovery[*].status"
    )
    mode = One(cfn="$.BillingMode.Mode", tf="$.capacity_specification[*].throughput_mode", default="ON_DEMAND")
    reads = One(cfn="$.AutoScalingSpecifications.ReadCapacityAutoScaling.MaximumUnits")
    writes = One(cfn="$.AutoScalingSpecifications.WriteCapacityAutoScaling.MaximumUnits")
    auto_scaling = scalable()
    policies = scaling_policies()
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_fixed_capacity(self) -> Verdict:
        """Whether it is provisioned, and not paid by request."""
        return self.mode.equals("PROVISIONED")

    def follows_demand(self) -> Verdict:
        """By settings of its own, or by Application Auto Scaling."""
        return (self.reads.is_present() & self.writes.is_present()) | scales(self.auto_scaling, self.policies)
