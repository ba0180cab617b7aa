"""Ideas that many kinds share: a rule written for a family judges every kind that has the idea.

A family names the question; each kind answers it, with an attribute or with a method, in the words of its service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wascan.kind import Kind
from wascan.verdict import Verdict, known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wascan.attribute import Attribute, Switch
    from wascan.kinds.keys import KeyValue
    from wascan.kinds.tags import TagSet
    from wascan.value import Value, Values


class Taggable(Kind):
    """A resource that takes tags."""

    noun = "resource"
    tags: Attribute[TagSet]

    def takes_tags(self) -> Verdict:
        """Whether its dialect can say them."""
        return known(True)


class Attributed(Taggable):
    """A resource of which people ask whose it is: it expires, or costs, or is met, long after it was made."""

    noun = "certificate or Auto Scaling group"
    plural = "certificates and Auto Scaling groups"


class PassesTagsOn(Taggable):
    """A resource that makes others, and can give them its tags. `handing_on` is how, for the remedy."""

    noun = "Auto Scaling group or ECS service"
    plural = "Auto Scaling groups and ECS services"
    handing_on: ClassVar[str]

    def passes_tags_on(self) -> Verdict:
        """Whether what it makes gets tags from it."""
        raise NotImplementedError


class DataStore(Kind):
    """A resource that keeps data: where it lives is where the data lives."""

    noun = "data store"

    def lies_in(self, regions: list[str]) -> Verdict:
        """Whether all that it keeps, copies included, is in these Regions."""
        return self.region.one_of(*regions)


class Encrypts(DataStore):
    """A store that can, or always does, encrypt what it keeps. `encrypted` is the switch, or says that it always does;
    `encryption` is how, for the remedy.
    """

    encryption: ClassVar[str] = "set {encrypted}"
    encrypted: Attribute[Value]

    def is_encrypted(self) -> Verdict:
        """Whether all that it keeps is encrypted."""
        return self.encrypted.is_true()

    def decides_encryption(self) -> Verdict:
        """Whether encryption is its own affair, and not that of a cluster or source that it takes it from."""
        return known(True)


class BringsRootVolume(Kind):
    """What runs on a machine whose root volume is encrypted where `encrypts_root` is on, whatever is said of other
    volumes.
    """

    noun = "EMR cluster or WorkSpace"
    plural = "EMR clusters and WorkSpaces"
    encrypts_root: Attribute[Value]

    def decides_root_encryption(self) -> Verdict:
        """Whether it can be encrypted, and nothing else is to be said first."""
        return known(True)


class TakesKey(DataStore):
    """A store whose encryption key the customer can choose: `key`; `own_key` is how, for the remedy."""

    own_key: ClassVar[str] = "set {key.name} to a customer-managed KMS key"
    key: Attribute[KeyValue]

    def has_own_key(self) -> Verdict:
        """Whether all that it keeps is encrypted with a key of the customer's own."""
        return self.key.is_customer_managed()

    def decides_encryption(self) -> Verdict:
        """As for `Encrypts`."""
        return known(True)

    def can_take_key(self) -> Verdict:
        """Whether it would work with a key of the customer's own."""
        return known(True)


class BacksUp(DataStore):
    """A store that AWS backs up on its own: `backup_days` says for how many days backups are kept, 0 for never. A `cache`
    can be filled again from where its data is from.
    """

    noun = "database, cache or file system"
    plural = "databases, caches and file systems"
    cache: ClassVar[bool] = False
    backup_days: Attribute[Value]

    def decides_backups(self) -> Verdict:
        """Whether backups are its own affair, and not those of a cluster or source."""
        return known(True)


class TagsBackups(DataStore):
    """A store that can hand its tags on to its backups, where `copies_tags` is on."""

    noun = "database or file system"
    plural = "databases and file systems"
    copies_tags: Attribute[Value]

    def decides_backup_tags(self) -> Verdict:
        """Whether it has backups of its own, and not those of a cluster."""
        return known(True)


class BackupPlanned(DataStore):
    """A store that AWS Backup can back up. `arn` is the service and the type of resource, as ARNs have them."""

    noun = "database, file system or volume"
    plural = "databases, file systems and volumes"
    arn: ClassVar[tuple[str, str]]

    def is_in_backup_plan(self) -> Verdict:
        """Whether a plan of AWS Backup selects it."""
        from wascan.kinds.backup import selected

        return selected(self)

    def backs_itself_up(self) -> Verdict:
        """Whether its service makes backups of it, plan or no plan."""
        return known(False)

    def decides_plan(self) -> Verdict:
        """Whether backups are its own affair, and not those of a cluster or source."""
        return known(True)


class RecoversToAnyPoint(DataStore):
    """A store that can be put back to any second of the last days, where `point_in_time_recovery` is on."""

    noun = "table"
    point_in_time_recovery: Attribute[Value]

    def recovers_to_any_point(self) -> Verdict:
        """Whether all that it keeps can be put back so."""
        return self.point_in_time_recovery.is_true()


class Protected(Kind):
    """A resource that refuses to be deleted while its `deletion_protection` is on."""

    noun = "database, user pool, instance or load balancer"
    plural = "databases, user pools, instances and load balancers"
    deletion_protection: Attribute[Value]

    def is_protected(self) -> Verdict:
        """Whether all of it is protected."""
        return self.deletion_protection.is_true()

    def decides_protection(self) -> Verdict:
        """Whether protection is its own affair, and not that of a cluster."""
        return known(True)


class MultiAZ(Kind):
    """A resource that can be spread over Availability Zones. `spread` is how, for the remedy."""

    noun = "database, cluster or load balancer"
    plural = "databases, clusters and load balancers"
    spread: ClassVar[str] = "set {multi_az}"

    def in_several_zones(self) -> Verdict:
        """Whether it runs, or keeps a standby, in more than one zone."""
        raise NotImplementedError

    def decides_zones(self) -> Verdict:
        """Whether its zones are its own affair, and not those of a cluster or of a target that it belongs to."""
        return known(True)


class Versions(DataStore):
    """A store that can keep earlier versions of what is overwritten or deleted: `versioned`."""

    noun = "bucket"
    versioned: Attribute[Value]


class Replicates(DataStore):
    """A store that can send copies of what it keeps to other stores, mostly in other Regions: `replicas` are these."""

    noun = "bucket, file system or secret"
    plural = "buckets, file systems and secrets"
    replicas: Attribute[Values]


class Scales(Kind):
    """A resource whose capacity can follow demand. `scaling` is how, for the remedy."""

    noun = "service, table or group of instances"
    plural = "services, tables and groups of instances"
    scaling: ClassVar[str | dict[str, str]] = "set {autoscaling}"

    def follows_demand(self) -> Verdict:
        """Whether its capacity is adjusted to demand without anybody's doing."""
        raise NotImplementedError

    def has_fixed_capacity(self) -> Verdict:
        """Whether there is a capacity to be adjusted at all."""
        return known(True)


class Redundant(Kind):
    """A resource that runs as a number of like instances. `redundancy` is how, for the remedy."""

    noun = "Auto Scaling group or ECS service"
    plural = "Auto Scaling groups and ECS services"
    redundancy: ClassVar[str] = "set {instances}"
    instances: Attribute[Value]

    def runs_at_least(self, count: int) -> Verdict:
        """Whether so many of them run at any time."""
        return self.instances.at_least(count)

    def decides_instances(self) -> Verdict:
        """Whether the number is its own affair."""
        return known(True)


class Balances(Kind):
    """A resource that hands requests to targets in several zones: with `cross_zone` on, to those of all zones alike."""

    noun = "load balancer"
    cross_zone: Attribute[Switch]

    def decides_cross_zone(self) -> Verdict:
        """Whether that is left to anybody to decide."""
        return known(True)


class ChoosesHealthy(Kind):
    """A resource that is to be used only while it is healthy, where there are others."""

    noun = "DNS record"
    health_check: Attribute[Value]

    def chooses(self) -> Verdict:
        """Whether there are others to be used in its place."""
        raise NotImplementedError

    def knows_health(self) -> Verdict:
        """Whether it is seen when it is not."""
        raise NotImplementedError


class KeepsFailures(Kind):
    """A resource that can put aside what it could not deliver or process: `failures_to` is where."""

    noun = "function, queue or event target"
    plural = "functions, queues and event targets"
    failures_to: Attribute[Value]

    def keeps_failures(self) -> Verdict:
        """Whether there is a place for all that fails."""
        return self.failures_to.is_present()

    def failure_places(self) -> Iterable[Value]:
        """Every place for failures that it names."""
        return (self.failures_to,)

    def can_fail_quietly(self) -> Verdict:
        """Whether something would be lost without a place for failures; a place for failures itself needs none."""
        return known(True)


class Upgrades(Kind):
    """A resource that AWS can patch in its maintenance window: `auto_upgrade`."""

    noun = "managed service"
    auto_upgrade: Attribute[Value]

    def decides_upgrades(self) -> Verdict:
        """Whether patching is its own affair."""
        return known(True)


class Versioned(Kind):
    """A resource that runs software of a version that will reach its end of support.

    `product` is its name in the table of `wascan.kinds.lifecycle`, `version` the attribute.
    """

    noun = "function, database or cluster"
    plural = "functions, databases and clusters"
    product: ClassVar[str] = ""
    version: Attribute[Value]

    def is_supported(self, today: str) -> Verdict:
        """Whether the version is in standard support on a day (ISO 8601)."""
        from wascan.kinds.lifecycle import supported

        return supported(self.version, self.product, today)

    def decides_version(self) -> Verdict:
        """Whether it names a version of its own; where nobody names one, AWS takes one that it supports."""
        return self.version.is_present()
