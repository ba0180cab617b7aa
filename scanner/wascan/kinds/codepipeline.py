"""AWS CodePipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Many, One
from wascan.kind import Block
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class ArtifactStore(Block):
    """Where a pipeline keeps its artifacts in one Region."""

    key = Key(cfn="$.EncryptionKey.Id", tf="$.encryption_key[*].id")


class Pipeline(Encrypts, TakesKey, Taggable):
    """A pipeline. Its artifacts are encrypted with the key that AWS manages for S3 unless there is another."""

    types = ("AWS::CodePipeline::Pipeline", "aws_codepipeline")
    slug = "codepipeline"
    noun = "pipeline"
    own_key = "give each store in {stores.name} a customer-managed KMS key"
    own_name = One(cfn="$.Name", tf="$.name")
    encrypted = Always(True, "AWS CodePipeline User Guide, Configure server-side encryption for artifacts stored in S3")
    stores = Many(
        block=ArtifactStore, cfn=("$.ArtifactStores[*].ArtifactStore", "$.ArtifactStore"), tf="$.artifact_store[*]"
    )
    key = Key(cfn="$.ArtifactStore.EncryptionKey.Id", tf="$.artifact_store[*].encryption_key[*].id")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_own_key(self) -> Verdict:
        return self.stores.every(lambda store: store.key.is_customer_managed())
