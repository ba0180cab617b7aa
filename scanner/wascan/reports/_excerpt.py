"""The lines that findings point at: bounded, without secrets, without control characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wascan.words import printable

if TYPE_CHECKING:
    from wascan.document import Place
    from wascan.reports._files import Files

_MACHINE_MADE = 1000
"""On a line longer than this a neighbour can be anything, so that only the region itself is shown."""

_MASK = "****"
_SECRET = re.compile(
    r"""
    (?:passw(?:or)?d|secret|token|credential|private_?key|api_?key|access_?key)[\w.-]*
    (?: ["']\s*[:=]\s* | :\s+ | \s*=\s* )
    (?P<value> "(?:[^"\\]|\\.)*"? | '[^']*'? | [^\s"'!&*{}\[\],|>][^,{}\[\]]* )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HARMLESS = re.compile(
    r"""["']?(?:true|false|null|yes|no|[\d.]+|\{\{resolve:.*|\$\{.*|arn:.*|(?:var|local|data|aws_\w+)\..*)?["']?\s*""",
    re.IGNORECASE,
)


class Excerpt:
    """One line: `before`, the `region` that a finding points at, and what comes `after`."""

    __slots__ = ("after", "before", "number", "region")

    def __init__(self, number: int, before: str, region: str, after: str) -> None:
        self.number = number
        self.before = before
        self.region = region
        self.after = after


def excerpt(files: Files, place: Place, *, secret: bool = False, width: int = 100) -> Excerpt | None:
    """What stands at a place, in at most `width` characters; a secret region is masked. None where there is no line."""
    line = files.line(place.file, place.line)
    start = min(place.column - 1, len(line))
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    end = min(max(end, start), len(line))
    if not line.strip():
        return None
    if len(line) > width:
        first, last = _window(len(line), start, end, width)
    else:
        first, last = 0, len(line)
    pieces = _masked(line, first, start, end, last)
    if secret:
        pieces[1] = _MASK
    before, region, after = (printable(piece.replace("\t", "    ")) for piece in pieces)
    return Excerpt(
        place.line,
        f"{'...' if first else ''}{before}",
        region if len(region) <= width else f"{region[: width - 3]}...",
        f"{after.rstrip()}{'...' if last < len(line) else ''}",
    )


def _window(length: int, start: int, end: int, width: int) -> tuple[int, int]:
    """Which part of a long line is shown."""
    if length > _MACHINE_MADE:
        return start, min(end, start + width)
    spare = max(width - 6 - (end - start), 0)
    first = max(min(start - spare // 2, length - width), 0)
    return first, min(first + width - 6, length)


def _masked(line: str, first: int, start: int, end: int, last: int) -> list[str]:
    """The three pieces of a window, in which what looks like a secret is masked."""
    cuts = [(first, start), (start, min(end, last)), (end, last)]
    pieces = ["", "", ""]
    hidden = [
        match.span("value")
        for match in _SECRET.finditer(line, max(first - 200, 0), min(last + 200, len(line)))
        if not _HARMLESS.fullmatch(match["value"])
    ]
    for index, (left, right) in enumerate(cuts):
        position = left
        for begin, finish in hidden:
            if begin < right and finish > position:
                pieces[index] += line[position : max(begin, position)] + _MASK
                position = min(finish, right)
        pieces[index] += line[position:right] if position < right else ""
    return pieces
