"""JSON (RFC 8259): plain data at once, and the place of anything in it when it is asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves the C scanner out
from typing import TYPE_CHECKING, Any

from wascan._text import MAX_DEPTH, DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan._text import Entry, Lines, Path, Span


class SyntaxMistakeError(DocumentError):
    """It is no JSON at all. Up to `offset` it could have been."""

    def __init__(self, lines: Lines, message: str, offset: int) -> None:
        super().__init__(message, *lines.at(offset))
        self.offset = offset


class _NoNumberError(Exception):
    """`NaN`, `Infinity` or `-Infinity`."""


class _Twice(dict[str, Any]):
    """An object in which a key stands twice."""


def _refuse(name: str) -> Any:
    raise _NoNumberError(name)


def _float(text: str) -> float | str:
    """The number; one that is out of range stays as it was written."""
    number = float(text)
    return number if abs(number) != float("inf") else text


_decoder = json.JSONDecoder(parse_constant=_refuse, parse_float=_float)
_skip = _decoder.scan_once  # type: ignore[attr-defined]  # as above
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{]|[\]}]|NaN|-?Infinity', re.DOTALL)
_SURROGATE = re.compile(r"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..)")


def parse(lines: Lines, *, duplicates: bool) -> Any:
    """The data of a text. Raises DocumentError (SyntaxMistakeError if it is no JSON), for a key that an object has
    twice only if `duplicates` are looked for; else the last one counts.
    """
    text = lines.text
    decoder, found = _telling_decoder() if duplicates else (_decoder, [])
    try:
        data = decoder.decode(text)
        if _is_deep(data):
            raise RecursionError
    except json.JSONDecodeError as error:
        raise _worded(lines, error) from None
    except _NoNumberError as error:
        number = next(token.start() for token in _TOKEN.finditer(text) if token[0] == str(error))
        raise lines.mistake(f"has {error}, which is no number of JSON", number) from None
    except ValueError:  # sys.get_int_max_str_digits
        digits = re.search(r"\d{600,}", text)
        raise lines.mistake("has a number of thousands of digits", digits.start() if digits else 0) from None
    except RecursionError:
        raise lines.mistake(f"is nested more than {MAX_DEPTH} levels deep", _too_deep(text)) from None
    if found:
        raise _duplicate(lines, _twice(data) or ())
    if ("\\ud" in text or "\\uD" in text) and not _is_unicode(data):
        half = next(pair.start() for pair in _SURROGATE.finditer(text) if pair[1])
        raise lines.mistake("has half a surrogate pair in a string, which is no character", half)
    return data


def _telling_decoder() -> tuple[json.JSONDecoder, list[_Twice]]:
    """A decoder, and the objects with a key twice that it will have met."""
    met: list[_Twice] = []

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) != len(pairs):
            data = _Twice(data)
            met.append(data)
        return data

    return json.JSONDecoder(parse_constant=_refuse, parse_float=_float, object_pairs_hook=object_of), met


def _is_deep(data: Any) -> bool:
    """Whether containers are nested too deep; level by level, because what is nested can exhaust the stack."""
    depth, level = 0, [data]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            item
            for container in level
            for item in (container.values() if isinstance(container, dict) else container)
            if item.__class__ is not str and isinstance(item, (dict, list))
        ]
    return depth > MAX_DEPTH


def _twice(data: Any, path: Path = ()) -> Path | None:
    """The path of an object that has a key twice."""
    if isinstance(data, _Twice):
        return path
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return next((found for step, item in items if (found := _twice(item, (*path, step))) is not None), None)


def _duplicate(lines: Lines, path: Path) -> DocumentError:
    layout = Layout(lines)
    seen: dict[str, int] = {}
    for key, ((start, _), _, _) in layout.members(layout.find(path)[1][1][0]):
        if key in seen:
            return lines.mistake(f"has the key {key} twice, first in line {lines.at(seen[key])[0]}", start)
        seen[key] = start
    raise AssertionError(path)


def _is_unicode(data: Any) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_deep(text: str) -> int:
    """Where the first bracket opens that is one too many."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth > MAX_DEPTH:
            return token.start()
    return 0


_DUE = {
    "Expecting property name enclosed in double quotes": "a key in double quotes",
    "Expecting ':' delimiter": "a colon",
    "Expecting ',' delimiter": "a comma or a closing bracket",
    "Expecting value": "a value",
}


def _worded(lines: Lines, error: json.JSONDecodeError) -> SyntaxMistakeError:
    """The error in words that say what to do."""
    text, offset = lines.text, error.pos
    if error.msg.startswith("Illegal trailing comma"):  # Python 3.13 stops at the comma, others at the bracket
        offset += 1 + len(text[offset + 1 :]) - len(text[offset + 1 :].lstrip())
    here = text[offset : offset + 1]
    if error.msg.startswith("Unterminated string"):
        message = "has a string that is not closed"
    elif not text[offset:].strip():
        message = "ends too early" + _unclosed(lines)
    elif error.msg.startswith("Invalid control character"):
        message = "has a control character in a string: write a line break as \\n, a tab as \\t, others as \\u00..."
    elif error.msg.startswith("Invalid \\"):
        message = "has a backslash in a string that begins no escape: write it twice"
    elif error.msg.startswith("Extra data"):
        message = "has more after its end: a file holds one document"
    elif here in "]}" and text[:offset].rstrip()[-1:] == ",":
        message = f"has a comma and nothing more before {here}"
    elif error.msg in _DUE:
        message = f"has {here} where {_DUE[error.msg]} is due"
    else:
        message = f"is no JSON: {error.msg}"
    return SyntaxMistakeError(lines, message, offset)


def _unclosed(lines: Lines) -> str:
    opened: list[int] = []
    for token in _TOKEN.finditer(lines.text):
        if token[0] in "[{":
            opened.append(token.start())
        elif token[0] in "]}" and opened:
            opened.pop()
    return f": the {lines.text[opened[-1]]} of line {lines.at(opened[-1])[0]} is not closed" if opened else ""


_Match = Callable[[str, int], re.Match[str]]  # in JSON these match wherever they are asked to
_opening: _Match = re.compile(r"[\[{][ \t\n\r]*").match  # type: ignore[assignment]
_colon: _Match = re.compile(r"[ \t\n\r]*:[ \t\n\r]*").match  # type: ignore[assignment]
_member: _Match = re.compile(  # type: ignore[assignment]
    r'"([^"\\]*)"[ \t\n\r]*:[ \t\n\r]*("[^"\\]*"|[^"[{ \t\n\r,}]+)[ \t\n\r]*,?[ \t\n\r]*'
).match
_comma: _Match = re.compile(r"[ \t\n\r]*,?[ \t\n\r]*").match  # type: ignore[assignment]


class Layout:
    """Where things stand in a text that is known to be JSON.

    A container is gone through as far as it is asked about, and what lies further in is skipped by the C scanner. Of
    equal keys in an object it is the first that is found.
    """

    __slots__ = ("_ends", "_inside", "_root", "_text")

    def __init__(self, lines: Lines) -> None:
        self._text = lines.text
        root = len(lines.text) - len(lines.text.lstrip())
        self._root: Entry = None, (root, root + 1), True
        self._ends: dict[int, int] = {}
        self._inside: dict[int, tuple[dict[str | int, Entry], Iterator[tuple[str | int, Entry]]]] = {}

    def find(self, path: Path) -> tuple[int, Entry]:
        """How many steps of a path there are in the text, and what they lead to."""
        steps, entry = 0, self._root
        for step in path:
            below = self._below(entry[1][0], step) if entry[2] else None
            if below is None:
                break
            steps, entry = steps + 1, below
        named, (start, end), container = entry
        return steps, (named, (start, end or self._end(start)), container)

    def _end(self, start: int) -> int:
        """Where the container at an offset ends."""
        if start not in self._ends:
            self._ends[start] = _skip(self._text, start)[1]
        return self._ends[start]

    def comments(self) -> list[Span]:
        """There are none in JSON."""
        return []

    def _below(self, start: int, step: str | int) -> Entry | None:
        """What a step into the container at an offset leads to."""
        if start not in self._inside:
            self._inside[start] = {}, (self.members(start) if self._text[start] == "{" else self._items(start))
        entries, rest = self._inside[start]
        if step not in entries:
            for key, entry in rest:
                entries.setdefault(key, entry)
                if key == step:
                    return entry
            self._inside[start] = entries, iter(())
        return entries.get(step)

    def members(self, start: int) -> Iterator[tuple[str, Any]]:
        """The keys of the object at an offset and their entries, repeated ones too, containers without their ends."""
        text = self._text
        at = _opening(text, start).end()
        while text[at] == '"':
            if plain := _member(text, at):  # as most are: no container, and nothing escaped
                yield plain[1], ((at, plain.end(1) + 1), plain.span(2), False)
                at = plain.end()
                continue
            key, key_end = scanstring(text, at + 1)
            value = _colon(text, key_end).end()
            container = text[value] in "{["
            end = 0 if container else _skip(text, value)[1]
            yield key, ((at, key_end), (value, end), container)
            at = _comma(text, end or _skip(text, value)[1]).end()

    def _items(self, start: int) -> Iterator[tuple[int, Entry]]:
        """The indices of the array at an offset and their entries, likewise."""
        text = self._text
        at = _opening(text, start).end()
        index = 0
        while text[at] != "]":
            container = text[at] in "{["
            end = 0 if container else _skip(text, at)[1]
            yield index, (None, (at, end), container)
            at = _comma(text, end or _skip(text, at)[1]).end()
            index += 1
