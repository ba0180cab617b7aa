"""AWS Storage Gateway, whose shares and volumes are kept in S3, and so encrypted in any case."""

from __future__ import annotations

from wascan.attribute import Always
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

_ALWAYS = "Amazon S3 File Gateway User Guide, Encrypting objects in Amazon S3"


class FileShare(Encrypts, TakesKey, Taggable):
    """A share of files."""

    types = ("aws_storagegateway_nfs_file_share", "aws_storagegateway_smb_file_share")
    slug = "storage-gateway-file-share"
    noun = "Storage Gateway file share"
    encrypted = Always(True, _ALWAYS)
    key = Key(tf="$.kms_key_arn")
    tags = Tags(tf="$.tags")


class CachedVolume(Encrypts, TakesKey, Taggable):
    """A volume that is kept in S3 and cached on the gateway."""

    types = ("aws_storagegateway_cached_iscsi_volume",)
    slug = "storage-gateway-volume"
    noun = "Storage Gateway volume"
    encrypted = Always(True, "AWS Storage Gateway Volume Gateway User Guide, Data encryption using AWS KMS")
    key = Key(tf="$.kms_key")
    tags = Tags(tf="$.tags")
