"""Amazon Elastic Block Store: volumes, copies of snapshots, and what the account does by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from wascan.attribute import Flag, One
from wascan.kind import Kind, view
from wascan.kinds.exposure import RefusesPublicAccess
from wascan.kinds.families import BackupPlanned, Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags
from wascan.markers import symbol
from wascan.verdict import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.verdict import Verdict

_Setting = TypeVar("_Setting", bound=Kind)


class OnEBS(Encrypts, TakesKey):
    """What is encrypted with its own setting, or with that of the account."""

    def is_encrypted(self) -> Verdict:
        return self.encrypted.is_true() | encrypted_by_default(self)

    def has_own_key(self) -> Verdict:
        return self.key.is_customer_managed() | own_key_by_default(self)


class Volume(OnEBS, BackupPlanned, Taggable):
    """A volume on its own. Those of an instance stand with the instance."""

    types = ("AWS::EC2::Volume", "aws_ebs_volume")
    slug = "ebs-volume"
    noun = "EBS volume"
    arn = ("ec2", "volume")
    encrypted = Flag(cfn="$.Encrypted", tf="$.encrypted")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class SnapshotCopy(OnEBS, Taggable):
    """A copy of a snapshot, mostly in another Region."""

    types = ("aws_ebs_snapshot_copy",)
    slug = "ebs-snapshot-copy"
    noun = "EBS snapshot copy"
    encrypted = Flag(tf="$.encrypted")
    key = Key(tf="$.kms_key_id")
    tags = Tags(tf="$.tags")


class DefaultEncryption(Kind):
    """Whether the account encrypts new volumes and snapshots of a Region, asked or not."""

    types = ("aws_ebs_encryption_by_default",)
    slug = "ebs-default-encryption"
    noun = "default EBS encryption"
    plural = "settings of default EBS encryption"
    enabled = Flag(tf="$.enabled", default=True)


class DefaultKey(Kind):
    """The key that the account takes for volumes that name none."""

    types = ("aws_ebs_default_kms_key",)
    slug = "ebs-default-key"
    noun = "default EBS key"
    key = Key(tf="$.key_arn")


class RegionalBlock(RefusesPublicAccess):
    """A block of a Region, which refuses unless its state is that nothing is blocked."""

    state = One(tf="$.state")

    def refuses(self) -> Verdict:
        return ~self.state.equals("unblocked")


class SnapshotBlock(RegionalBlock):
    """Whether snapshots of EBS volumes can be public in a Region. CloudFormation's cannot say that they can."""

    types = ("aws_ebs_snapshot_block_public_access",)
    slug = "ebs-snapshot-public-access-block"
    noun = "public access block of EBS snapshots"
    plural = "public access blocks of EBS snapshots"
    refusing = "set {state.name} to block-all-sharing"


def encrypted_by_default(kind: Kind) -> Verdict:
    """Whether the same plan switches default encryption on: then a volume cannot be made without (Amazon EBS User Guide,
    "Enable Amazon EBS encryption by default").
    """
    return any_of(setting.enabled.is_true() for setting in _settings(kind, DefaultEncryption))


def own_key_by_default(kind: Kind) -> Verdict:
    """Whether the same plan makes a key of the customer's own the default one."""
    return any_of(setting.key.is_customer_managed() for setting in _settings(kind, DefaultKey))


def _settings(kind: Kind, wanted: type[_Setting]) -> Iterator[_Setting]:
    """What the plan sets in the Region of a resource."""
    resource, world = kind._resource, kind._world
    region = symbol(kind.region.data)
    for type in wanted.types:
        for found in resource.scope.graph.of_type(type, resource.scope):
            setting = view(found, world)
            if isinstance(setting, wanted) and region is not None and symbol(setting.region.data) == region:
                yield setting
