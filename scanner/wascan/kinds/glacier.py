"""Amazon S3 Glacier vaults."""

from __future__ import annotations

from wascan.attribute import One
from wascan.kinds.families import Taggable
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import Shared
from wascan.kinds.tags import Tags


class GlacierVault(Shared, Taggable):
    """A vault."""

    types = ("aws_glacier_vault",)
    slug = "glacier-vault"
    noun = "Glacier vault"
    own_name = One(tf="$.name")
    policy = Policy(tf="$.access_policy")
    tags = Tags(tf="$.tags")
