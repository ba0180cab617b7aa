"""What a file is: a cheap look at its bytes, then a parse of what looks like one of ours, then its data.

Strangers are not parsed, and one of ours with a mistake in its syntax is not taken for a stranger.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import BinaryIO

from wascan import document
from wascan.document import Document, DocumentError

MAX_JSON_BYTES = 512 << 20
"""A plan, or the manifest of an assembly, may be as big as this; a template `document.MAX_BYTES`."""

_HEAD = 64 << 10  # this much of a file decides how much of it may be read


class Form(Enum):
    """What a source is."""

    TEMPLATE = "template"
    ASSEMBLY = "assembly"
    PLAN = "plan"


class StrangerError(Exception):
    """It is none of ours; the message, if there is one, says what it is instead."""


class BrokenError(Exception):
    """It would be one of ours, and cannot be used; the message continues a sentence that begins with its name."""


def recognise(stream: BinaryIO, name: str) -> tuple[Form, Document]:
    """Reads a template or a plan. Raises StrangerError, BrokenError, DocumentError (a mistake in the syntax) and
    OSError.
    """
    head = stream.read(_HEAD)
    if not head:
        raise StrangerError("is empty")
    raw, text = head, _ascii(head)
    form = _guess(text)
    limit = document.MAX_BYTES
    if form is Form.PLAN or b'"format_version"' in text or b'"provider_config"' in text:  # the second: sorted by jq
        limit = MAX_JSON_BYTES
    if len(head) == _HEAD:
        raw += stream.read(limit - _HEAD + 1)
        if len(raw) > limit:
            raise (StrangerError if form is None else BrokenError)(f"is over {limit >> 20} MB")
        if form is not Form.PLAN:
            form = _guess(_ascii(raw))
    if form is None:
        raise StrangerError(_other_than_ours(text, name))
    if form is Form.PLAN:
        raw = _unwrapped(raw)
    read = document.read(name, raw, limit=limit, duplicates=form is not Form.PLAN)
    return _form(read.data), read


def recognise_manifest(stream: BinaryIO, name: str) -> Document | None:
    """The `manifest.json` of a cloud assembly (Cloud Assembly Schema), or None if it is another's. Raises
    BrokenError, DocumentError and OSError.
    """
    raw = stream.read(MAX_JSON_BYTES + 1)
    text = _ascii(raw)
    if b'"artifacts"' not in text or b'"version"' not in text:
        return None
    if len(raw) > MAX_JSON_BYTES:
        raise BrokenError(f"is over {MAX_JSON_BYTES >> 20} MB")
    try:
        read = document.read(name, raw, limit=MAX_JSON_BYTES, duplicates=False)
    except DocumentError:
        if b'"aws:cloudformation:stack"' in text or b'"cdk:' in text:
            raise
        return None
    data = read.data
    return read if isinstance(data, dict) and "version" in data and isinstance(data.get("artifacts"), dict) else None


def _ascii(raw: bytes) -> bytes:
    """The bytes in which ASCII words can be searched for, whatever Unicode encoding a byte order mark announces."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw[2:].translate(None, b"\0")
    return raw.removeprefix(b"\xef\xbb\xbf")


def _guess(text: bytes) -> Form | None:
    if b'"format_version"' in text and (b'"resource_changes"' in text or b'"planned_values"' in text):
        return Form.PLAN
    return Form.TEMPLATE if _looks_like_template(text) else None


_RESOURCES_MAPPING = re.compile(rb"Resources[\"']?\s*:\s*\{")
_ROOT_KEY = re.compile(rb"^([ \t]*)[\"']?(Resources|AWSTemplateFormatVersion|Transform)[\"']?[ \t]*:", re.MULTILINE)


def _looks_like_template(text: bytes) -> bool:
    sam = b"AWS::Serverless-" in text
    versioned = b"AWSTemplateFormatVersion" in text
    if not (versioned or sam or (b"Resources" in text and b"::" in text)):
        return False
    first = _first_line(text)
    bare = first.lstrip()
    if bare.startswith(b"{") and not bare.startswith((b"{{", b"{%", b"{#")):  # JSON, not a template of Jinja's or Go's
        return versioned or sam or _RESOURCES_MAPPING.search(text) is not None
    indent = first[: len(first) - len(bare)]
    return any(key[1] == indent and (sam or key[2] != b"Transform") for key in _ROOT_KEY.finditer(text))


def _first_line(text: bytes) -> bytes:
    """The first line that is no comment, directive or mark of YAML's."""
    start = 0
    while start < len(text):
        end = text.find(b"\n", start)
        if end < 0:
            end = len(text)
        line = text[start : min(end, start + _HEAD)]
        bare = line.strip()
        if bare and not bare.startswith((b"#", b"%", b"---")):
            return line
        start = end + 1
    return b""


def _other_than_ours(text: bytes, name: str) -> str:
    """What people take for one of ours, and what to do about it; else nothing."""
    if text.startswith(b"PK\3\4") and b"tfplan" in text:
        return f"is a binary plan; run terraform show -json {name}"
    if text.startswith(b'{"@level"'):
        return "is the log of terraform plan -json; run terraform plan -out FILE, then terraform show -json FILE"
    if b'"terraform_version"' in text and (b'"lineage"' in text or b'"format_version"' in text):
        return "is a Terraform state, not a plan; run terraform plan -out FILE, then terraform show -json FILE"
    if _EMPTY.search(text):
        return "is a template without any resource"
    return ""


_EMPTY = re.compile(rb"^(?:\s*\{)?\s*[\"']?Resources[\"']?\s*:\s*\{\s*\}", re.MULTILINE)


def _unwrapped(raw: bytes) -> bytes:
    """Without what hashicorp/setup-terraform's wrapper prints around a plan: the command before, `::` lines after.
    What stood before leaves blanks, so that lines and columns stay those of the file.
    """
    if not raw.startswith(b"[command]"):
        return raw
    start = raw.find(b"\n")
    end = raw.find(b"\n::", start)
    return b" " * start + raw[start : end if end >= 0 else len(raw)]


def _form(data: object) -> Form:
    if not isinstance(data, dict):
        raise StrangerError
    if "format_version" in data and ("resource_changes" in data or "planned_values" in data):
        return Form.PLAN
    resources = data.get("Resources")
    if isinstance(resources, dict) and any(
        str(key).startswith("Fn::") or (isinstance(entry, dict) and "Type" in entry) for key, entry in resources.items()
    ):
        return Form.TEMPLATE
    if "AWSTemplateFormatVersion" in data:
        sign = "AWSTemplateFormatVersion"
    elif "AWS::Serverless-" in str(data.get("Transform")):
        sign = "the SAM Transform"
    else:
        raise StrangerError
    if not resources:  # CloudFormation refuses it for this alone: a snippet, or what is left of a template
        raise StrangerError("is a template without any resource" if resources == {} else f"has {sign} but no Resources")
    if isinstance(resources, dict):
        raise BrokenError("has Resources of which none has a Type")
    raise BrokenError("has Resources that are not a mapping")
