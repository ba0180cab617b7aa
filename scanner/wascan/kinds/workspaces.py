"""Amazon WorkSpaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Flag
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Workspace(Encrypts, TakesKey, Taggable):
    """A desktop, with a volume for the system and one for its user."""

    types = ("AWS::WorkSpaces::Workspace", "aws_workspaces_workspace")
    slug = "workspace"
    noun = "WorkSpace"
    encryption = "set {encrypts_root} and {encrypted}"
    encrypts_root = Flag(cfn="$.RootVolumeEncryptionEnabled", tf="$.root_volume_encryption_enabled")
    encrypted = Flag(cfn="$.UserVolumeEncryptionEnabled", tf="$.user_volume_encryption_enabled")
    key = Key(cfn="$.VolumeEncryptionKey", tf="$.volume_encryption_key")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_encrypted(self) -> Verdict:
        return self.encrypts_root.is_true() & self.encrypted.is_true()
