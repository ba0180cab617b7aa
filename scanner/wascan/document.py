"""One file as read: plain data, and the place of any path in it."""

from __future__ import annotations

import codecs
import sys
from bisect import bisect
from typing import TYPE_CHECKING, Any, Protocol

from wascan._text import MAX_DEPTH, DocumentError, Lines, Path

if TYPE_CHECKING:
    from wascan._text import Entry, Span

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Document", "DocumentError", "Path", "Place", "read", "slow_yaml"]

MAX_BYTES = 10 << 20
"""The largest template that is read, and the largest file of YAML. CloudFormation takes 1 MB ("AWS CloudFormation
quotas"); what is generated, and then packaged, may be more."""


_BLANK = " \t\r\n"


class Place:
    """A region of a file: lines and columns from 1, columns in Unicode code points, the end exclusive (SARIF 2.1.0,
    section 3.30, where the run's columnKind is unicodeCodePoints).
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

    def find(self, path: Path) -> tuple[int, Entry]:
        """How many steps of a path there are in the text, and what they lead to."""

    def comments(self) -> list[Span]:
        """The comments in their order, each from its ``#`` to its end."""


class Document:
    """A file as read. `data` keeps what was written, CloudFormation's short tags in their long form; nobody changes it."""

    __slots__ = ("_layout", "_lines", "data", "name")

    def __init__(self, name: str, data: Any, lines: Lines, layout: _Layout) -> None:
        self.name = name
        self.data = data
        self._lines = lines
        self._layout = layout

    @property
    def text(self) -> str:
        """The whole text, without a byte order mark."""
        return self._lines.text

    def place(self, path: Path, key: bool = False) -> Place:
        """Where what is at `path` was written.

        That is a scalar itself, with its short tag; the key of a mapping or list; and where that is an item of a
        list, its first line. With `key`, or where nothing is written after it, it is the key. A path that leads
        further than the document does stands where the document leaves off.
        """
        steps, (named, (start, end), container) = self._layout.find(path)
        if named is not None and (key or container or steps < len(path) or start == end):
            start, end = named
        elif container:
            end = min(end, self._lines.end(start))
            comments = self._layout.comments()
            following = bisect(comments, (start, start))
            if following < len(comments):
                end = min(end, comments[following][0])
        end = start + len(self.text[start:end].rstrip(_BLANK))
        return Place(self.name, *self._lines.at(start), *self._lines.at(end))

    def extent(self, path: Path) -> Place:
        """All that was written of what is at `path`, from its key to its end."""
        _, (named, (start, end), _) = self._layout.find(path)
        start = start if named is None else named[0]
        end = start + len(self._lines.text[start:end].rstrip(_BLANK))
        return Place(self.name, *self._lines.at(start), *self._lines.at(end))

    def line(self, number: int) -> str:
        """The text of a line, from 1, without its break; empty for one that there is not."""
        return self._lines.line(number)

    def comments(self) -> list[tuple[int, str]]:
        """The comments of a YAML document: the line of each, and its text after the ``#``."""
        return [
            (self._lines.at(start)[0], self.text[start + 1 : end].strip()) for start, end in self._layout.comments()
        ]

    def __repr__(self) -> str:
        return f"<Document {self.name}>"


def read(name: str, raw: bytes, *, limit: int = MAX_BYTES, duplicates: bool = True) -> Document:
    """The document that the bytes of a file hold, be it JSON or YAML; `name` is what people call it.

    Without `duplicates`, of two equal keys in an object of JSON the last counts, and nobody looks for the first: what
    machines write has none. Raises DocumentError, also for more than `limit` bytes, and for more than `MAX_BYTES` of
    YAML.
    """
    _limit(raw, limit)
    lines = Lines(_decoded(raw))
    if not lines.text.lstrip().startswith(("{", "[")):
        return _read_yaml(name, raw, lines)
    from wascan import _json

    try:
        return Document(name, _json.parse(lines, duplicates=duplicates), lines, _json.Layout(lines))
    except _json.SyntaxMistakeError as mistake:  # YAML can begin like this, too
        try:
            return _read_yaml(name, raw, lines)
        except DocumentError:
            if len(raw) <= MAX_BYTES and not lines.text[: mistake.offset].strip(" \t\r\n{["):
                raise  # it was not JSON even where it began
            raise mistake from None


def _limit(raw: bytes, limit: int) -> None:
    if len(raw) > limit:
        raise DocumentError(f"is over {limit >> 20} MB")


def _read_yaml(name: str, raw: bytes, lines: Lines) -> Document:
    _limit(raw, MAX_BYTES)
    from wascan import _yaml

    data, layout = _yaml.parse(lines)
    return Document(name, data, lines, layout)


def slow_yaml() -> bool:
    """Whether YAML has been read by PyYAML's parser in Python, because its parser in C, 20 times as fast, is missing."""
    yaml = sys.modules.get("yaml")
    return yaml is not None and not yaml.__with_libyaml__


def _decoded(raw: bytes) -> str:
    """The text: UTF-8, unless a byte order mark says UTF-16."""
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode(encoding).lstrip("\ufeff")  # some editors write it twice
    except UnicodeDecodeError as error:
        before = Lines(raw[: error.start].decode(encoding, "replace"))
        raise before.mistake(f"has bytes that are no {encoding.upper()}: save it as UTF-8", len(before.text)) from None
