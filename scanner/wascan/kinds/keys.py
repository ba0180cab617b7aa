"""KMS keys as values: whose key encrypts a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Attribute
from wascan.markers import ABSENT, Reference, Text
from wascan.value import Value

if TYPE_CHECKING:
    from wascan.kind import Kind
    from wascan.verdict import Verdict

_KEY_TYPES = frozenset(
    (
        "AWS::KMS::Key",
        "AWS::KMS::Alias",
        "AWS::KMS::ReplicaKey",
        "aws_kms_key",
        "aws_kms_alias",
        "aws_kms_replica_key",
        "aws_kms_external_key",
        "aws_kms_replica_external_key",
    )
)


class KeyValue(Value):
    """The value of an attribute that names the KMS key which encrypts something."""

    __slots__ = ()

    def is_customer_managed(self) -> Verdict:
        """Whether it is a key of the customer's own, whose policy and rotation are theirs.

        An alias that begins with ``alias/aws/`` names a key that AWS manages (AWS KMS Developer Guide,
        "AWS KMS keys").
        """
        return self._answer(_customers(self.data), "is_customer_managed")


def _customers(data: Any) -> bool | None:
    if data is ABSENT or data == "":
        return False
    if isinstance(data, Reference):
        return True if data.resource.type in _KEY_TYPES else None
    if not isinstance(data, (str, Text)):
        return None
    parts = data.parts if isinstance(data, Text) else (data,)
    if any(isinstance(part, Reference) and part.resource.type in _KEY_TYPES for part in parts):
        return True
    written = "".join(part if isinstance(part, str) else "\0" for part in parts)
    _, alias, name = written.partition("alias/")
    if name.startswith("aws/"):
        return False
    if alias and "aws/".startswith(name.partition("\0")[0]):
        return None if "\0" in name else True
    return True if alias or "key/" in written or "\0" not in written else None


class Key(Attribute[KeyValue]):
    """An attribute that names a KMS key."""

    def of(self, kind: Kind) -> KeyValue:
        return KeyValue(self, self.read(kind))
