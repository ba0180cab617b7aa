"""AWS Key Management Service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag, LinkTo, One
from wascan.kind import Kind
from wascan.kinds.families import Taggable
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import PolicyOfOne, Shared
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class AnyKey(Kind):
    """A key of the customer's own, whoever made its material."""

    noun = "KMS key"
    deletion_days = One(cfn="$.PendingWindowInDays", tf="$.deletion_window_in_days", default=30)


class HasKeyPolicy(Shared):
    """What a key policy is written in."""

    def allows_every_action(self) -> Verdict:
        """That the account itself may is what leaves the key to its policies (AWS KMS Developer Guide, "Default key
        policy").
        """
        return self.policy.any(
            lambda one: (one.takes_every_action() | one.takes_whole_service()) & one.allows() & ~one.is_for_account()
        )


class KMSKey(AnyKey, HasKeyPolicy, Taggable):
    """A KMS key that the customer makes. In Terraform a key store outside KMS makes the material where one is named."""

    types = ("AWS::KMS::Key", "aws_kms_key")
    slug = "kms-key"
    noun = "KMS key"
    spec = One(cfn="$.KeySpec", tf="$.customer_master_key_spec", default="SYMMETRIC_DEFAULT")
    usage = One(cfn="$.KeyUsage", tf="$.key_usage", default="ENCRYPT_DECRYPT")
    origin = One(cfn="$.Origin", tf="$.custom_key_store_id", default="AWS_KMS")
    rotates = Flag(cfn="$.EnableKeyRotation", tf="$.enable_key_rotation")
    policy = Policy(cfn="$.KeyPolicy", tf=("$.policy", Beside("aws_kms_key_policy", "$.policy", by="$.key_id")))
    tags = Tags(cfn="$.Tags", tf="$.tags")


class ReplicaKey(AnyKey, Taggable):
    """The copy of a key in another Region, which is rotated with the first one."""

    types = ("AWS::KMS::ReplicaKey", "aws_kms_replica_key")
    slug = "kms-replica-key"
    noun = "KMS replica key"
    tags = Tags(cfn="$.Tags", tf="$.tags")


class ExternalKey(AnyKey, Taggable):
    """A key whose material was made elsewhere, and is rotated there."""

    types = ("aws_kms_external_key",)
    slug = "kms-external-key"
    noun = "KMS key with imported material"
    plural = "KMS keys with imported material"
    deletion_days = One(tf="$.deletion_window_in_days", default=30)
    tags = Tags(tf="$.tags")


class KeyPolicy(PolicyOfOne, HasKeyPolicy):
    """The policy of a key."""

    types = ("aws_kms_key_policy",)
    slug = "kms-key-policy"
    noun = "KMS key policy"
    owner = LinkTo(to="KMSKey", tf="$.key_id")
    policy = Policy(tf="$.policy")
