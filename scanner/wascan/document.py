"""One file as read: plain data, and the place of any path in it."""

from __future__ import annotations

import codecs
import sys
from typing import TYPE_CHECKING, Any, Protocol

from wascan._text import MAX_DEPTH, DocumentError, Entry, Lines, Path, Span

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Document", "DocumentError", "Path", "Place", "read", "slow_yaml"]

MAX_BYTES = 10 << 20
"""The largest template that is read. CloudFormation takes 1 MB ("AWS CloudFormation quotas"); what tools generate and
then package may be more."""


class Place:
    """A region of a file: lines and columns from 1, columns in Unicode code points, the end exclusive (SARIF 2.1.0,
    section 3.30, with columnKind unicodeCodePoints).
    """

    __slots__ = ("column", "end_column", "end_line", "file", "line")

    def __init__(self, file: str, line: int, column: int, end_line: int, end_column: int) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column

    def __repr__(self) -> str:
        return f"<{self.file}:{self.line}:{self.column}-{self.end_line}:{self.end_column}>"


class _Layout(Protocol):
    """Where things stand in a text."""

    def find(self, path: Path, /) -> tuple[int, Entry]:
        """How many steps of a path there are in the text, and what they lead to."""

    def comments(self) -> list[Span]:
        """The comments in their order, each from its ``#`` on."""


class Document:
    """A file as read: `data` keeps what was written, with CloudFormation's short tags in their long form.

    It is not to be changed. `text` is the file decoded, without a byte order mark.
    """

    __slots__ = ("_layout", "_lines", "data", "name")

    def __init__(self, name: str, data: Any, lines: Lines, layout: _Layout) -> None:
        self.name = name
        self.data = data
        self._lines = lines
        self._layout = layout

    @property
    def text(self) -> str:
        return self._lines.text

    def place(self, path: Path, key: bool = False) -> Place:
        """Where what is at `path` was written.

        A scalar (one with a short tag, and an alias, too) stands where its value is, a mapping or list where its key
        is, an item of a list that is one where its first line is. With `key`, or where the value is left empty, it is
        the key. A path that leads further than the document does stands where the document ends on it.
        """
        steps, (named, (start, end), container) = self._layout.find(path)
        text = self._lines.text
        if named is not None and (key or container or steps < len(path) or start == end):
            start, end = named
        elif container:
            end = min(end, self._lines.end(start))
            end = next((comment for comment, _ in self._layout.comments() if start < comment < end), end)
        end = start + len(text[start:end].rstrip())
        return Place(self.name, *self._lines.at(start), *self._lines.at(end))

    def line(self, number: int) -> str:
        """The text of a line, from 1, without its break; empty for a line that there is not."""
        return self._lines.line(number)

    def comments(self) -> list[tuple[int, str]]:
        """The comments of a YAML document: the line of each, and its text without the ``#``."""
        text = self._lines.text
        return [(self._lines.at(start)[0], text[start + 1 : end].strip()) for start, end in self._layout.comments()]

    def __repr__(self) -> str:
        return f"<Document {self.name}>"


def read(name: str, raw: bytes, *, limit: int = MAX_BYTES, duplicates: bool = True) -> Document:
    """The document that the bytes of a file hold, in JSON or YAML. Raises DocumentError.

    More than `limit` bytes are refused. Without `duplicates`, the last of two equal keys of an object of JSON counts,
    and nobody looks for the first: the machines that write big files do not write such.
    """
    if len(raw) > limit:
        raise DocumentError(f"is over {limit >> 20} MB")
    lines = Lines(_decoded(raw))
    first = lines.text.lstrip()[:1]
    if not first:
        raise DocumentError("is empty")
    if first in "{[":
        from wascan import _json

        try:
            return Document(name, _json.parse(lines, duplicates=duplicates), lines, _json.Layout(lines))
        except DocumentError as error:
            if len(raw) > MAX_BYTES:
                raise
            mistake = error
        try:
            return _read_yaml(name, lines)
        except DocumentError:
            raise mistake from None
    return _read_yaml(name, lines)


def _read_yaml(name: str, lines: Lines) -> Document:
    from wascan import _yaml

    return Document(name, *_yaml.parse(lines))


def slow_yaml() -> bool:
    """Whether YAML was read by PyYAML's parser in Python, which takes ten times as long as its parser in C."""
    yaml = sys.modules.get("yaml")
    return yaml is not None and not yaml.__with_libyaml__


def _decoded(raw: bytes) -> str:
    """The text; UTF-8 unless a byte order mark says UTF-16."""
    encoding = "utf-8"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = Lines(raw[: error.start].decode(encoding, "replace"))
        message = f"has a byte that is no {encoding.upper()}: save the file as UTF-8"
        raise before.mistake(message, len(before.text)) from None
