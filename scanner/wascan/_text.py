"""Where a character of a text stands, in the lines that editors and SARIF count, and a mistake at such a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

MAX_DEPTH = 100
"""So many levels deep may mappings and lists be nested. Templates and plans that people deploy stay below 30; whoever
follows data by recursion can rely on it."""

Path = tuple[str | int, ...]
"""Keys and indices from the root of a document."""

Span = tuple[int, int]
"""Offsets of the first character and of the one after the last."""

Entry = tuple[Span | None, Span, bool]
"""What a path leads to: the span of its key (an item of a list has none), its own, and whether it is a container."""

_BREAK = re.compile(r"\r\n?|\n")


class DocumentError(Exception):
    """A file cannot be read whole.

    `message` continues a sentence that begins with the file's name, and stands on its own after a place; `line` and
    `column` are those of the mistake, or None where it has no place.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class Lines:
    """The lines of a text. Only CR LF, LF and CR end one, whatever else YAML takes for a line break."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        if self._starts is None:
            if "\r" in self.text:
                self._starts = [0, *(found.end() for found in _BREAK.finditer(self.text))]
            else:
                self._starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
                self._starts.pop()
        return self._starts

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def end(self, offset: int) -> int:
        """Where the line of an offset ends, its break left out."""
        line = bisect_right(self.starts, offset)
        return self.starts[line - 1] + len(self.line(line))

    def line(self, number: int) -> str:
        """The text of a line without its break; empty for a line that there is not."""
        if not 0 < number <= len(self.starts):
            return ""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")

    def mistake(self, message: str, offset: int) -> DocumentError:
        """The error to raise for a mistake at an offset."""
        return DocumentError(message, *self.at(min(offset, len(self.text))))
