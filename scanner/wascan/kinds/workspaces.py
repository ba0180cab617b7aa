"""Amazon WorkSpaces."""

from __future__ import annotations

from wascan.attribute import Flag
from wascan.kinds.families import BringsRootVolume, Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags


class Workspace(Encrypts, BringsRootVolume, TakesKey, Taggable):
    """A desktop, with a volume for its user, which is what it keeps, and one for the system. Each has a switch of its own
    (Amazon WorkSpaces Administration Guide, "Encrypted WorkSpaces").
    """

    types = ("AWS::WorkSpaces::Workspace", "aws_workspaces_workspace")
    slug = "workspace"
    noun = "WorkSpace"
    encrypted = Flag(cfn="$.UserVolumeEncryptionEnabled", tf="$.user_volume_encryption_enabled")
    encrypts_root = Flag(cfn="$.RootVolumeEncryptionEnabled", tf="$.root_volume_encryption_enabled")
    key = Key(cfn="$.VolumeEncryptionKey", tf="$.volume_encryption_key")
    tags = Tags(cfn="$.Tags", tf="$.tags")
