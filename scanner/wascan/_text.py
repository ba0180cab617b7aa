"""What both readers of documents stand on: the lines of a text, a mistake at a place in it, and how deep it may go."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

MAX_DEPTH = 100
"""So many levels deep may mappings and lists be nested, what an alias stands for and a short tag's long form included.
What people deploy stays below 30, and who follows data by recursion can rely on it."""

Path = tuple[str | int, ...]
"""Keys and indices from the root of a document."""

Span = tuple[int, int]
"""Offsets in a text: of the first character, and of the one after the last."""

Entry = tuple[Span | None, Span, bool]
"""What a path leads to: the span of its key (an item of a list has none), its own, and whether it was written as a
mapping or list."""

_BREAK = re.compile(r"\r\n?|\n")


class DocumentError(Exception):
    """A file cannot be read whole.

    `message` continues a sentence that begins with the file's name, and stands on its own after a place. `line` and
    `column` are from 1, or None where the mistake has no place.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class Lines:
    """The lines of a text as editors and SARIF count them: CR LF, LF and CR end one, whatever YAML takes for a break."""

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
        """Line and column of an offset, from 1."""
        starts = self._starts or self.starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def end(self, offset: int) -> int:
        """Where the line of an offset ends, its break left out."""
        return self._span(bisect_right(self.starts, offset))[1]

    def line(self, number: int) -> str:
        """The text of a line, from 1, without its break; empty for one that there is not."""
        if not 0 < number <= len(self.starts):
            return ""
        start, end = self._span(number)
        return self.text[start:end]

    def _span(self, number: int) -> Span:
        start, end = self.starts[number - 1], self.starts[number] if number < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def mistake(self, message: str, offset: int) -> DocumentError:
        """The error to raise for a mistake at an offset."""
        return DocumentError(message, *self.at(offset))
