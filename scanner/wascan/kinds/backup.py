"""AWS Backup: what its plans select, and the vaults that keep it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from wascan.attribute import Always, Beside, LinkTo, Many, One
from wascan.kind import Block, Kind, everywhere
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import PolicyOfOne, Shared
from wascan.kinds.tags import Tags
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, plain, symbol
from wascan.value import Fact, Reading, Value
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict, any_of, known

if TYPE_CHECKING:
    from wascan.kinds.families import BackupPlanned


class TagCondition(Block):
    """A tag that a selection asks for, by key and value; the key may say that it is one of the resource."""

    key = One(cfn="$.ConditionKey", tf="$.key")
    value = One(cfn="$.ConditionValue", tf="$.value")

    def holds(self, store: BackupPlanned) -> Verdict:
        """Whether a store has the tag. The value may have wildcards, which ``StringEquals`` takes for nothing special
        and hardly any tag has in it.
        """
        wanted, key = self.value.data, self.key.data
        if not isinstance(store, Taggable):
            return known(False)
        if isinstance(wanted, MARKERS) or isinstance(key, MARKERS):
            return Verdict(UNKNOWN, (Fact(self.value, "is tagged"),))
        tag = store.tags.get(plain(key).removeprefix("aws:ResourceTag/"))
        return tag.satisfies(lambda text: fnmatchcase(text, plain(wanted)), plain(wanted))


class BackupSelection(Kind):
    """What a backup plan is for.

    ARNs say what is selected, all that AWS Backup supports where there are none. Of the listed tags one is enough, the
    conditions must all hold (AWS Backup Developer Guide, "BackupSelection" and "Assigning resources to a backup plan").
    """

    types = ("AWS::Backup::BackupSelection", "aws_backup_selection")
    slug = "backup-selection"
    noun = "backup selection"
    resources = Many(cfn="$.BackupSelection.Resources[*]", tf="$.resources[*]")
    excepted = Many(cfn="$.BackupSelection.NotResources[*]", tf="$.not_resources[*]")
    some_tags = Many(block=TagCondition, cfn="$.BackupSelection.ListOfTags[*]", tf="$.selection_tag[*]")
    all_tags = Many(
        block=TagCondition,
        cfn=("$.BackupSelection.Conditions.StringEquals[*]", "$.BackupSelection.Conditions.StringLike[*]"),
        tf=("$.condition[*].string_equals[*]", "$.condition[*].string_like[*]"),
    )
    no_tags = Many(
        block=TagCondition,
        cfn=("$.BackupSelection.Conditions.StringNotEquals[*]", "$.BackupSelection.Conditions.StringNotLike[*]"),
        tf=("$.condition[*].string_not_equals[*]", "$.condition[*].string_not_like[*]"),
    )

    def selects(self, store: BackupPlanned) -> Verdict:
        """Whether a store is one of those."""
        if _apart(self.region, store.region):
            return known(False)
        return (
            (self.resources.is_empty() | self.resources.any(lambda arn: _names(arn, store)))
            & (self.some_tags.is_empty() | self.some_tags.any(lambda tag: tag.holds(store)))
            & self.all_tags.every(lambda tag: tag.holds(store))
            & self.no_tags.none(lambda tag: tag.holds(store))
            & self.excepted.none(lambda arn: _names(arn, store))
        )


class _Plan:
    """What is missing of a store that no plan selects."""

    name = "backup_plan"
    secret = False

    def label(self, dialect: str) -> str:
        return "its backup plan"


_PLAN = _Plan()


def selected(store: BackupPlanned) -> Verdict:
    """Whether a selection of the scan selects a store: a plan may stand in another stack than what it backs up."""
    found = any_of(selection.selects(store) for selection in everywhere(store, BackupSelection))
    if found.truth is not FAIL:
        return found
    # a selection of other things is not where this one is missing
    resource = store._resource
    return Value(_PLAN, Reading(ABSENT, resource.path, resource)).is_present()


def _apart(one: Value, other: Value) -> bool:
    """Whether two Regions are sure to differ."""
    return isinstance(one.data, str) and isinstance(other.data, str) and one.data != other.data


def _names(arn: Value, store: BackupPlanned) -> Verdict:
    """Whether an ARN, which may have wildcards, is that of a store."""
    truth = _covers(arn.data, store)
    return Verdict(UNKNOWN if truth is None else PASS if truth else FAIL, (Fact(arn, "covers", store._resource.name),))


def _covers(data: object, store: BackupPlanned) -> bool | None:
    if isinstance(data, Unknown):
        return None
    parts = data.parts if isinstance(data, Text) else (data,)
    named = [part.resource for part in parts if isinstance(part, Reference)]
    if named:
        return store._resource in named
    fields = "".join("\0" if isinstance(part, Unknown) else plain(part) for part in parts).split(":", 5)
    if len(fields) == 6:
        # a plan is for its own account and Region
        fields[1] = fields[3] = fields[4] = "*"
    pattern = ":".join(fields).replace("/", ":")
    service, type = store.arn
    given = ABSENT if store.own_name is None else store.own_name.data
    name = symbol(given)
    own = ":".join(("arn", "aws", service, "region", "account", type, name if isinstance(name, str) else "its own"))
    if fnmatchcase(own, pattern):
        return True
    open = isinstance(given, (Unknown, Text))
    if open:  # it may turn out to be the one that is named
        own = own.rpartition(":")[0] + ":" + pattern.rpartition(":")[2].replace("*", "").replace("?", "x")
    return None if (open or "\0" in pattern) and fnmatchcase(own, pattern.replace("\0", "*")) else False


class BackupVault(Encrypts, TakesKey, Shared, Taggable):
    """A vault, which encrypts what services do not encrypt themselves, and the copies that it takes in."""

    types = ("AWS::Backup::BackupVault", "aws_backup_vault")
    slug = "backup-vault"
    noun = "backup vault"
    own_name = One(cfn="$.BackupVaultName", tf="$.name")
    encrypted = Always(True, "AWS Backup Developer Guide, Encryption for backups in AWS Backup")
    key = Key(cfn="$.EncryptionKeyArn", tf="$.kms_key_arn")
    policy = Policy(cfn="$.AccessPolicy", tf=Beside("aws_backup_vault_policy", "$.policy", by="$.backup_vault_name"))
    tags = Tags(cfn="$.BackupVaultTags", tf="$.tags")


class VaultPolicy(PolicyOfOne):
    """The policy of a backup vault."""

    types = ("aws_backup_vault_policy",)
    slug = "backup-vault-policy"
    noun = "backup vault policy"
    owner = LinkTo(to="BackupVault", tf="$.backup_vault_name")
    policy = Policy(tf="$.policy")
