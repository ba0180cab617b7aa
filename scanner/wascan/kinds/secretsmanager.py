"""AWS Secrets Manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Beside, Flag, LinkTo, Many, One
from wascan.kind import Kind, view
from wascan.kinds.families import Encrypts, Replicates, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.sharing import PolicyOfOne, Shared
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from typing import ClassVar

    from wascan.value import Value
    from wascan.verdict import Verdict

_CFN = "AWS::SecretsManager::RotationSchedule"
_TF = "aws_secretsmanager_secret_rotation"


class Rotates(Kind):
    """What a rotation schedule may be for."""

    schedule = Flag(
        by_presence=True,
        cfn=Beside(_CFN, "$.SecretId", by="$.SecretId"),
        tf=Beside(_TF, "$.secret_id", by="$.secret_id"),
    )
    rotation_days = One(
        cfn=Beside(_CFN, "$.RotationRules.AutomaticallyAfterDays", by="$.SecretId"),
        tf=Beside(_TF, "$.rotation_rules[*].automatically_after_days", by="$.secret_id"),
    )

    def has_schedule(self, days: int) -> Verdict:
        """Whether it is rotated on schedule, within so many days where the schedule counts days."""
        return self.schedule.is_true() & (self.rotation_days.is_absent() | self.rotation_days.at_most(days))


class Secret(Rotates, Encrypts, TakesKey, Replicates, Shared, HoldsSecrets, Taggable):
    """A secret."""

    types = ("AWS::SecretsManager::Secret", "aws_secretsmanager_secret")
    slug = "secret"
    noun = "secret"
    own_name = One(cfn="$.Name", tf="$.name")
    encrypted = Always(True, "AWS Secrets Manager User Guide, Secret encryption and decryption in AWS Secrets Manager")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    attachments = Many(cfn=Beside("AWS::SecretsManager::SecretTargetAttachment", "$.SecretId", by="$.SecretId"))
    replicas = Many(cfn="$.ReplicaRegions[*].Region", tf="$.replica[*].region")
    policy = Policy(
        cfn=Beside("AWS::SecretsManager::ResourcePolicy", "$.ResourcePolicy", by="$.SecretId"),
        tf=("$.policy", Beside("aws_secretsmanager_secret_policy", "$.policy", by="$.secret_arn")),
    )
    secrets = Secrets(cfn="$.SecretString")
    kept: ClassVar[dict[str, str]] = {
        "cfn": "have Secrets Manager make the secret with GenerateSecretString, or take {secrets} from a parameter with "
        "NoEcho and without a default"
    }
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def rotates_within(self, days: int) -> Verdict:
        """Whether it is rotated, itself or what attaches it to its database and stands for it from then on."""

        def rotates(attachment: Value) -> Verdict:
            kind = view(attachment.resource, self._world)
            assert isinstance(kind, Rotates)
            return kind.has_schedule(days)

        return self.has_schedule(days) | self.attachments.any(rotates)


class SecretAttachment(Rotates):
    """What completes a secret with the address of its database; its reference is that of the secret."""

    types = ("AWS::SecretsManager::SecretTargetAttachment",)
    slug = "secret-attachment"
    noun = "secret attachment"


class SecretPolicy(PolicyOfOne):
    """The policy of a secret."""

    types = ("AWS::SecretsManager::ResourcePolicy", "aws_secretsmanager_secret_policy")
    slug = "secret-policy"
    noun = "policy of a secret"
    plural = "policies of secrets"
    owner = LinkTo(to="Secret", cfn="$.SecretId", tf="$.secret_arn")
    policy = Policy(cfn="$.ResourcePolicy", tf="$.policy")
