"""Amazon Comprehend: models that are trained with a customer's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Attribute
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key, KeyValue
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_ALWAYS = "Amazon Comprehend Developer Guide, KMS encryption in Amazon Comprehend"


class Model(Encrypts, TakesKey):
    """A model, with a key of its own and one for the volume on which it is trained."""

    own_key = "set {key.name} and {volume_key.name} to a customer-managed KMS key"
    volume_key: Attribute[KeyValue]

    def has_own_key(self) -> Verdict:
        return self.key.is_customer_managed() & self.volume_key.is_customer_managed()


class DocumentClassifier(Model, Taggable):
    """A model that sorts documents."""

    types = ("AWS::Comprehend::DocumentClassifier", "aws_comprehend_document_classifier")
    slug = "comprehend-document-classifier"
    noun = "Comprehend document classifier"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.ModelKmsKeyId", tf="$.model_kms_key_id")
    volume_key = Key(cfn="$.VolumeKmsKeyId", tf="$.volume_kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class EntityRecognizer(Model, Taggable):
    """A model that finds names in texts."""

    types = ("aws_comprehend_entity_recognizer",)
    slug = "comprehend-entity-recognizer"
    noun = "Comprehend entity recognizer"
    encrypted = Always(True, _ALWAYS)
    key = Key(tf="$.model_kms_key_id")
    volume_key = Key(tf="$.volume_kms_key_id")
    tags = Tags(tf="$.tags")
