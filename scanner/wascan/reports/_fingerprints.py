"""By what a finding is known again after its file has changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wascan.rule import attribute_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.finding import Finding
    from wascan.reports._files import Files

_PRIME = 2**128 - 159


def fingerprint(finding: Finding) -> str:
    """The same as long as the same check finds the same fault with the same resource, wherever its line is.

    A polynomial modulo a prime: nobody attacks it, and a cryptographic hash takes 10 ms to load.
    """
    told = f"{finding.check.id}\0{finding.place.file}\0{finding.resource.address}"
    if finding.facts:
        fact = finding.facts[0]
        told = f"{told}\0{attribute_name(fact.value)} {fact.question}"
    if finding.message:
        told = f"{told}\0{finding.message}"
    return known_by(told)


def known_by(text: str) -> str:
    """A text as a short name."""
    return f"{int.from_bytes(text.encode(errors='surrogatepass')) % _PRIME:032x}"


class LineHashes:
    """The fingerprints by which GitHub knows an alert again, as its CodeQL action would compute them.

    For each line, the 100 UTF-16 code units from its start on, without spaces and tabs, as a polynomial in 37 modulo
    2**64; and how many lines so far had the same.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._windows: dict[str, list[tuple[str, int]]] = {}
        self._known: dict[tuple[str, int], str] = {}

    def of(self, file: str, line: int) -> str:
        """The fingerprint of one line."""
        if (file, line) not in self._known:
            if file not in self._windows:
                self._windows[file] = list(_windows(self._files.text(file)))
            lines = self._windows[file]
            window, number = lines[min(line, len(lines)) - 1]
            value = 0
            for unit in window:
                value = value * 37 + ord(unit)
            value *= 37 ** (100 - len(window))
            self._known[file, line] = f"{value % 2**64:x}:{number}"
        return self._known[file, line]


def _windows(text: str) -> Iterator[tuple[str, int]]:
    """What each line is known by, and how many there have been of it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    if not text.isascii():
        text = re.sub("[\U00010000-\U0010ffff]", _surrogates, text)
    text += "\uffff"
    seen: dict[str, int] = {}
    start = 0
    while start < len(text):
        window = text[start : start + 100]
        seen[window] = seen.get(window, 0) + 1
        yield window, seen[window]
        start = text.find("\n", start) + 1 or len(text)


def _surrogates(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))
