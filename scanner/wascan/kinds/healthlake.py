"""AWS HealthLake."""

from __future__ import annotations

from wascan.attribute import Always
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags


class HealthRecords(Encrypts, TakesKey, Taggable):
    """A store of health records."""

    types = ("AWS::HealthLake::FHIRDatastore",)
    slug = "healthlake-datastore"
    noun = "HealthLake data store"
    encrypted = Always(True, "AWS HealthLake Developer Guide, Encryption at rest for AWS HealthLake")
    key = Key(cfn="$.SseConfiguration.KmsEncryptionConfig.KmsKeyId")
    tags = Tags(cfn="$.Tags")
