"""Amazon Elastic File System: file systems, and ways into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag, LinkTo, Many, One
from wascan.kinds.families import BackupPlanned, Encrypts, MultiAZ, Replicates, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import PolicyOfOne, Shared
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class FileSystem(Encrypts, TakesKey, BackupPlanned, MultiAZ, Replicates, Shared, Taggable):
    """A file system. It lies in all zones of the Region unless one is named for it.

    Automatic backups are a backup plan of AWS's own; in one zone they are on unless switched off (Amazon EFS User
    Guide, "Backing up EFS file systems").
    """

    types = ("AWS::EFS::FileSystem", "aws_efs_file_system")
    slug = "efs-file-system"
    noun = "EFS file system"
    arn = ("elasticfilesystem", "file-system")
    spread = "leave out {zone}"
    encrypted = Flag(cfn="$.Encrypted", tf="$.encrypted")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    zone = One(cfn="$.AvailabilityZoneName", tf="$.availability_zone_name")
    backups = One(
        cfn="$.BackupPolicy.Status",
        tf=Beside("aws_efs_backup_policy", "$.backup_policy[*].status", by="$.file_system_id"),
    )
    replicas = Many(
        cfn="$.ReplicationConfiguration.Destinations[*].Region",
        tf=Beside("aws_efs_replication_configuration", "$.destination[*].region", by="$.source_file_system_id"),
    )
    policy = Policy(
        cfn="$.FileSystemPolicy", tf=Beside("aws_efs_file_system_policy", "$.policy", by="$.file_system_id")
    )
    tags = Tags(cfn="$.FileSystemTags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        return self.zone.is_absent()

    def is_in_backup_plan(self) -> Verdict:
        automatic = self.backups.equals("ENABLED") | (self.backups.is_absent() & self.zone.is_present())
        return automatic | super().is_in_backup_plan()


class FileSystemPolicy(PolicyOfOne):
    """The policy of a file system."""

    types = ("aws_efs_file_system_policy",)
    slug = "efs-file-system-policy"
    noun = "EFS file system policy"
    owner = LinkTo(to="FileSystem", tf="$.file_system_id")
    policy = Policy(tf="$.policy")


class FileAccessPoint(Taggable):
    """An access point, which may put a user and a folder of its own in the place of those that a client claims."""

    types = ("AWS::EFS::AccessPoint", "aws_efs_access_point")
    slug = "efs-access-point"
    noun = "EFS access point"
    user = One(cfn="$.PosixUser.Uid", tf="$.posix_user[*].uid")
    folder = One(cfn="$.RootDirectory.Path", tf="$.root_directory[*].path", default="/")
    tags = Tags(cfn="$.AccessPointTags", tf="$.tags")
