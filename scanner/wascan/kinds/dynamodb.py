"""Amazon DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Beside, Flag, Many, One
from wascan.kind import Block
from wascan.kinds.families import BackupPlanned, Encrypts, Protected, RecoversToAnyPoint, Scales, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.scaling import POLICY, TARGET, ScalableTarget, leaves_room
from wascan.kinds.tags import Tags
from wascan.markers import MARKERS
from wascan.value import Fact
from wascan.verdict import UNKNOWN, Verdict, all_of, known

if TYPE_CHECKING:
    from typing import Any, ClassVar

    from wascan.value import Value

_GLOBAL = "AWS::DynamoDB::GlobalTable"
_ENCRYPTION = "Amazon DynamoDB Developer Guide, DynamoDB encryption at rest"
_SETTINGS = "CapacityAutoScalingSettings"


class Replica(Block):
    """A copy of a global table in one Region."""

    region_name = One(cfn="$.Region", tf="$.region_name")
    key = Key(cfn="$.SSESpecification.KMSMasterKeyId", tf="$.kms_key_arn")
    point_in_time_recovery = Flag(
        cfn="$.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", tf="$.point_in_time_recovery"
    )
    deletion_protection = Flag(cfn="$.DeletionProtectionEnabled", default={"cfn": False, "tf": True})
    reads = One(cfn=f"$.ReadProvisionedThroughputSettings.Read{_SETTINGS}")


class SecondaryIndex(Block):
    """A global secondary index, whose capacity is its own."""

    index_name = One(cfn="$.IndexName", tf="$.name")
    writes = One(cfn=f"$.WriteProvisionedThroughputSettings.Write{_SETTINGS}")


class CapacityTarget(ScalableTarget):
    """A scalable target of a table or of one of its indexes."""

    dimension = One(cfn="$.ScalableDimension", tf="$.scalable_dimension")
    resource_id = One(cfn="$.ResourceId", tf="$.resource_id")


class CapacityPolicy(Block):
    """A scaling policy of a table or of one of its indexes."""

    dimension = One(cfn="$.ScalableDimension", tf="$.scalable_dimension")
    resource_id = One(cfn="$.ResourceId", tf="$.resource_id")


class Table(Encrypts, TakesKey, RecoversToAnyPoint, BackupPlanned, Protected, Scales, Taggable):
    """A table, also one with replicas in other Regions.

    CloudFormation's global table has all settings in its replicas, of which its own Region's is one.
    """

    types = ("AWS::DynamoDB::Table", _GLOBAL, "AWS::Serverless::SimpleTable", "aws_dynamodb_table")
    slug = "dynamodb-table"
    noun = "DynamoDB table"
    arn = ("dynamodb", "table")
    scaling: ClassVar[str | dict[str, str]] = {
        "cfn": "set {billing.name} to PAY_PER_REQUEST, or let Application Auto Scaling adjust reads and writes",
        "sam": "leave out {throughput.name}, or let Application Auto Scaling adjust reads and writes",
    }
    own_name = One(cfn="$.TableName", tf="$.name")
    replicas = Many(block=Replica, cfn="$.Replicas[*]", tf="$.replica[*]")
    encrypted = Always(True, _ENCRYPTION)
    key = Key(cfn="$.SSESpecification.KMSMasterKeyId", tf="$.server_side_encryption[*].kms_key_arn")
    point_in_time_recovery = Flag(
        cfn="$.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", tf="$.point_in_time_recovery[*].enabled"
    )
    deletion_protection = Flag(cfn="$.DeletionProtectionEnabled", sam=None, tf="$.deletion_protection_enabled")
    billing = One(
        cfn="$.BillingMode",
        sam=None,
        tf="$.billing_mode",
        default={"cfn": "PROVISIONED", "sam": "PAY_PER_REQUEST", "tf": "PROVISIONED"},
    )
    throughput = One(sam="$.ProvisionedThroughput")
    indexes = Many(block=SecondaryIndex, cfn="$.GlobalSecondaryIndexes[*]", tf="$.global_secondary_index[*]")
    writes = One(cfn=f"$.WriteProvisionedThroughputSettings.Write{_SETTINGS}")
    application_auto_scaling = Many(
        block=CapacityTarget,
        cfn=Beside(TARGET, "$", by="$.ResourceId", inside=True),
        tf=Beside("aws_appautoscaling_target", "$", by="$.resource_id", inside=True),
    )
    policies = Many(
        block=CapacityPolicy,
        cfn=Beside(POLICY, "$", by="$.ResourceId", inside=True),
        tf=Beside("aws_appautoscaling_policy", "$", by="$.resource_id", inside=True),
    )
    tags = Tags(cfn=("$.Replicas[*].Tags", "$.Tags"), tf="$.tags")

    def _here(self, verdict: Verdict) -> Verdict:
        """What the table itself says, where it says anything beside its replicas."""
        return known(True) if self._resource.type == _GLOBAL else verdict

    def has_own_key(self) -> Verdict:
        """Each replica has a key of its Region."""
        return self._here(self.key.is_customer_managed()) & self.replicas.every(
            lambda replica: replica.key.is_customer_managed()
        )

    def backs_itself_up(self) -> Verdict:
        return self.recovers_to_any_point()

    def recovers_to_any_point(self) -> Verdict:
        """Each replica is backed up by itself."""
        return self._here(self.point_in_time_recovery.is_true()) & self.replicas.every(
            lambda replica: replica.point_in_time_recovery.is_true()
        )

    def is_protected(self) -> Verdict:
        """Each replica can be deleted by itself."""
        return self._here(self.deletion_protection.is_true()) & self.replicas.every(
            lambda replica: replica.deletion_protection.is_true()
        )

    def decides_protection(self) -> Verdict:
        """SAM's simple table knows no protection."""
        return known(self._resource.dialect != "sam")

    def lies_in(self, regions: list[str]) -> Verdict:
        """The data is in the Region of each replica."""
        return super().lies_in(regions) & self.replicas.every(lambda replica: replica.region_name.one_of(*regions))

    def has_fixed_capacity(self) -> Verdict:
        """Whether it is provisioned, and not paid by request."""
        return self.billing.equals("PROVISIONED") | self.throughput.is_present()

    def follows_demand(self) -> Verdict:
        """Reads and writes are scaled, of the table and of each index: an index that cannot keep up throttles the
        writes to its table (Amazon DynamoDB Developer Guide, "Managing throughput capacity with DynamoDB auto
        scaling").
        """
        if self._resource.type == _GLOBAL:
            written = self.writes.is_present() & self.indexes.every(lambda index: index.writes.is_present())
            return written & self.replicas.every(lambda replica: replica.reads.is_present())
        table = all_of(self._scaled(f"dynamodb:table:{way}CapacityUnits") for way in ("Read", "Write"))
        return table & self.indexes.every(
            lambda index: all_of(
                self._scaled(f"dynamodb:index:{way}CapacityUnits", index.index_name) for way in ("Read", "Write")
            )
        )

    def _scaled(self, dimension: str, index: Value | None = None) -> Verdict:
        """Whether one dimension of the table, or of the index of that name, has a target and a policy."""

        def meant(item: Any) -> Verdict:
            same: Verdict = item.dimension.equals(dimension)
            if index is None:
                return same
            if isinstance(index.data, MARKERS):
                return same & Verdict(UNKNOWN, (Fact(index, "is"),))
            of_index: Verdict = item.resource_id.ends_with(f"/index/{index.data}")
            return same & of_index

        room = self.application_auto_scaling.any(
            lambda target: meant(target) & leaves_room(target.least, target.most), f"a scalable target for {dimension}"
        )
        moved = self.policies.any(meant, f"a scaling policy for {dimension}") | self.application_auto_scaling.any(
            lambda target: meant(target) & ~(target.policies.is_empty() & target.schedule.is_empty())
        )
        return room & (moved | ~room)  # without a target, its policy need not be spoken of


class TableReplica(Encrypts, TakesKey, RecoversToAnyPoint, Protected, Taggable):
    """A replica of a table that is declared in its own Region."""

    types = ("aws_dynamodb_table_replica",)
    slug = "dynamodb-table-replica"
    noun = "DynamoDB table replica"
    encrypted = Always(True, _ENCRYPTION)
    key = Key(tf="$.kms_key_arn")
    point_in_time_recovery = Flag(tf="$.point_in_time_recovery")
    deletion_protection = Flag(tf="$.deletion_protection_enabled")
    tags = Tags(tf="$.tags")
