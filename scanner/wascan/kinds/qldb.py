"""Amazon QLDB, which AWS has ended in July 2025. Templates still declare ledgers."""

from __future__ import annotations

from wascan.attribute import Always, Flag
from wascan.kinds.families import Encrypts, Protected, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags


class Ledger(Encrypts, TakesKey, Protected, Taggable):
    """A ledger."""

    types = ("AWS::QLDB::Ledger", "aws_qldb_ledger")
    slug = "qldb-ledger"
    noun = "QLDB ledger"
    encrypted = Always(True, "Amazon QLDB Developer Guide, Encryption at rest in Amazon QLDB")
    key = Key(cfn="$.KmsKey", tf="$.kms_key")
    deletion_protection = Flag(cfn="$.DeletionProtection", tf="$.deletion_protection", default=True)
    tags = Tags(cfn="$.Tags", tf="$.tags")
