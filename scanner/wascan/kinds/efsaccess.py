"""Ways into a file system of Amazon EFS."""

from __future__ import annotations

from wascan.attribute import One
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags


class FileAccessPoint(Taggable):
    """An access point, which may put a user and a folder of its own in the place of those that a client claims."""

    types = ("AWS::EFS::AccessPoint", "aws_efs_access_point")
    slug = "efs-access-point"
    noun = "EFS access point"
    user = One(cfn="$.PosixUser.Uid", tf="$.posix_user[*].uid")
    folder = One(cfn="$.RootDirectory.Path", tf="$.root_directory[*].path", default="/")
    tags = Tags(cfn="$.AccessPointTags", tf="$.tags")
