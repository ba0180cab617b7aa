"""Texts that a resource is given by its owner, such as variables or a script, and whether a key is written into one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.attribute import Attribute, Listed
from wascan.kind import Kind
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, plain
from wascan.path import read
from wascan.value import Reading, Value, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.verdict import Verdict

_KEYS = re.compile(
    r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])"
    r"|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"
    r"|(?i:aws_?secret_?access_?key)['\"]?\s*[=:]\s*['\"]?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])"
    r"|\A(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9/+]{40}\Z"
)
"""Access keys of AWS, with their secrets, and private keys (IAM User Guide, "IAM identifiers"; RFC 7468)."""


class TextValue(Value):
    """A text in which somebody may have written a key."""

    __slots__ = ()

    def has_no_key(self) -> Verdict:
        """Whether no access key or private key is written in it."""
        return self._answer(_keyless(self.data), "has_no_key")


class Script(TextValue):
    """A script that a machine starts with, in which passwords are put into variables, too. It may be in Base64, and of some
    the Terraform provider keeps a digest (Terraform Registry, hashicorp/aws, "aws_instance").
    """

    __slots__ = ()

    def has_no_key(self) -> Verdict:
        data = self.data
        if isinstance(data, str) and _DIGEST.fullmatch(data):
            data = _constant(self.resource, self.path[-1])
        if isinstance(data, str):
            data = None if _DIGEST.fullmatch(data) else _decoded(data)
        keyless = None if data is None else _keyless(data)
        parts = data.parts if isinstance(data, Text) else (data,)
        set = any(isinstance(part, str) and _EXPORTS.search(part) for part in parts)
        return self._answer(False if set else keyless, "has_no_key")


_DIGEST = re.compile("[0-9a-f]{40}")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/\s]{4})+={0,2}\s*")
_EXPORTS = re.compile(
    r"(?i)\bexport\s+\w*(?:passw(?:or)?d|secret_access_key|secret_key|access_key_id|api_key|auth_token|access_token)"
    r"=[\"']?(?![\"'$<{`\s])\S"
)
"""A variable that a script sets to a text of its own, with a name that says what it is."""


def _constant(resource: Any, name: Any) -> Any:
    """What the configuration of Terraform writes down for an attribute; None where that is no constant."""
    expression = getattr(resource, "expressions", {}).get(name)
    return expression.get("constant_value") if isinstance(expression, dict) else None


def _decoded(text: str) -> str:
    """A script as it is run."""
    if not _BASE64.fullmatch(text):
        return text
    from base64 import b64decode

    try:
        return b64decode(text).decode()
    except ValueError:
        return text


def _keyless(data: Any) -> bool | None:
    if isinstance(data, Text):
        answers = [_keyless(part) for part in data.parts]
        return False if False in answers else None if None in answers else True
    if isinstance(data, Unknown):
        return True if isinstance(data.identity, tuple) and data.identity[0] in ("dynamic", "parameter") else None
    return isinstance(data, Reference) or _KEYS.search(plain(data)) is None


class Texts(Listed[Values]):
    """All texts in some attributes, also those in maps and lists."""

    sort = TextValue

    def __init__(self, **places: Any) -> None:
        super().__init__(secret=True, **places)

    def of(self, kind: Kind) -> Values:
        found, whole = self.readings(kind)
        items = [self.sort(self, text) for item in found for text in _texts(item, kind)]
        return Values(Value(self, whole), items, open=False)


class SignIn(TextValue):
    """A key or password that a machine is told to fetch things with, which its metadata shows whatever it comes from."""

    __slots__ = ()

    def has_no_key(self) -> Verdict:
        open = isinstance(self.data, Unknown) and not isinstance(self.data.identity, tuple)
        return self._answer(None if open else self.data is ABSENT, "has_no_key")


class StartTexts(Texts):
    """What a machine is given to start with: its script, and what cfn-init signs in with (AWS CloudFormation Template
    Reference Guide, "AWS::CloudFormation::Authentication"), for which a role needs none.
    """

    sort = Script

    def of(self, kind: Kind) -> Values:
        found = super().of(kind)
        found.items += [SignIn(self, item) for item in _sign_ins(kind)]
        return found


def _sign_ins(kind: Kind) -> Iterator[Reading]:
    resource, world = kind._resource, kind._world
    metadata = None if resource.dialect == "tf" else resource.body.get("Metadata")
    if type(metadata) is not dict or "AWS::CloudFormation::Authentication" not in metadata:
        return
    whole = Reading(*read(resource, "@.Metadata['AWS::CloudFormation::Authentication']", world), resource)
    for name, written in whole.data.items() if type(whole.data) is dict else ():
        method = whole.inside(written, (*whole.path, name), world)
        for key in ("password", "secretKey"):
            if type(method.data) is dict and key in method.data:
                yield method.inside(method.data[key], (*method.path, key), world)


def _texts(item: Reading, kind: Kind) -> Iterator[Reading]:
    if type(item.data) is dict or type(item.data) is list:
        inner = item.data.items() if type(item.data) is dict else enumerate(item.data)
        for name, data in inner:
            yield from _texts(item.inside(data, (*item.path, name), kind._world), kind)
    elif isinstance(item.data, (str, *MARKERS)):
        yield item


class CarriesText(Kind):
    """What is given texts of its owner's, such as variables or a script: `texts` are these."""

    noun = "instance, function or build"
    plural = "instances, functions and builds"
    texts: Attribute[Values]
