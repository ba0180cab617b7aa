"""Amazon FSx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, One
from wascan.kinds.families import BacksUp, BackupPlanned, Encrypts, MultiAZ, Taggable, TagsBackups, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.kind import Kind
    from wascan.value import Value
    from wascan.verdict import Verdict

_SYSTEMS = {
    "aws_fsx_lustre_file_system": "LUSTRE",
    "aws_fsx_ontap_file_system": "ONTAP",
    "aws_fsx_openzfs_file_system": "OPENZFS",
    "aws_fsx_windows_file_system": "WINDOWS",
}


class SystemType(One):
    """Which file system it is, which Terraform says with the type of the resource."""

    def of(self, kind: Kind) -> Value:
        value = super().of(kind)
        value.data = _SYSTEMS.get(kind._resource.type, value.data)
        return value


class BackupDays(One):
    """For how many days backups are kept. Lustre makes none unless told to."""

    def of(self, kind: Kind) -> Value:
        value = super().of(kind)
        if value.defaulted and isinstance(kind, FSxFileSystem) and kind.system.data == "LUSTRE":
            value.data = 0
        return value


def _of_each(name: str) -> tuple[str, ...]:
    """A property of whichever file system it is."""
    return tuple(f"$.{system}Configuration.{name}" for system in ("Windows", "Ontap", "OpenZFS", "Lustre"))


class FSxFileSystem(Encrypts, TakesKey, BacksUp, TagsBackups, MultiAZ, BackupPlanned, Taggable):
    """A file system. It is always encrypted, scratch ones of Lustre with a key that nobody chooses.

    Backups are kept for thirty days by default, by Lustre not at all (Amazon FSx API Reference, "CreateFileSystem"); of
    scratch file systems there are none.
    """

    types = ("AWS::FSx::FileSystem", *_SYSTEMS)
    slug = "fsx-file-system"
    noun = "FSx file system"
    arn = ("fsx", "file-system")
    spread = "set {deployment.name} to one of several zones, such as MULTI_AZ_1"
    system = SystemType(cfn="$.FileSystemType")
    deployment = One(cfn=_of_each("DeploymentType"), tf="$.deployment_type")
    encrypted = Always(True, "Amazon FSx for Windows File Server User Guide, Data encryption in Amazon FSx")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    backup_days = BackupDays(
        cfn=_of_each("AutomaticBackupRetentionDays"),
        tf="$.automatic_backup_retention_days",
        default={"cfn": 30, "tf": 0},
    )
    copies_tags = Flag(
        cfn=(
            "$.WindowsConfiguration.CopyTagsToBackups",
            "$.OpenZFSConfiguration.CopyTagsToBackups",
            "$.LustreConfiguration.CopyTagsToBackups",
        ),
        tf="$.copy_tags_to_backups",
    )
    source = One(cfn="$.BackupId", tf="$.backup_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_scratch(self) -> Verdict:
        """Whether it is made for a job and its data kept elsewhere, which Lustre's is unless told otherwise."""
        return self.system.equals("LUSTRE") & (self.deployment.is_absent() | self.deployment.starts_with("SCRATCH"))

    def decides_encryption(self) -> Verdict:
        """A file system that is made from a backup has its key from there."""
        return ~self.is_scratch() & self.source.is_absent()

    def decides_backups(self) -> Verdict:
        return ~self.is_scratch()

    def decides_backup_tags(self) -> Verdict:
        """In ONTAP volumes are backed up, one by one."""
        return ~self.is_scratch() & ~self.system.equals("ONTAP")

    def decides_zones(self) -> Verdict:
        """Lustre is always in one zone."""
        return ~self.system.equals("LUSTRE")

    def in_several_zones(self) -> Verdict:
        return self.deployment.starts_with("MULTI_AZ")
