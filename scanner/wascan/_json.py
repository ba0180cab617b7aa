"""JSON (RFC 8259): plain data at once, and the place of anything in it when it is asked for."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves the C scanner out
from typing import TYPE_CHECKING, Any

from wascan._text import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan._text import DocumentError, Entry, Lines, Path, Span

_blank = re.compile(r"[ \t\n\r]*").match
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{]|[\]}]|NaN|-?Infinity', re.DOTALL)
_KEY_WITH_BLANK = re.compile(r'"[ \t\n\r]+:')


class _NoNumberError(Exception):
    """`NaN`, `Infinity` or `-Infinity`."""


class _Twice(dict[str, Any]):
    """An object in which a key stands twice."""


def _refuse(name: str) -> Any:
    raise _NoNumberError(name)


def _float(text: str) -> float | str:
    """The number; what is too big for one stays as it is written."""
    number = float(text)
    return number if abs(number) != float("inf") else text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Twice(found)


_decoder = json.JSONDecoder(parse_constant=_refuse, parse_float=_float)
_telling_decoder = json.JSONDecoder(parse_constant=_refuse, parse_float=_float, object_pairs_hook=_object)
_skip = _decoder.scan_once  # type: ignore[attr-defined]  # as above


def parse(lines: Lines, *, duplicates: bool) -> Any:
    """The data of a text. Raises DocumentError for what is no JSON, and for a key that an object has twice if
    `duplicates` are looked for (else the last counts).
    """
    text = lines.text
    try:
        data = _decoder.decode(text)
        keys = _keys(data)
        if keys is None:
            raise RecursionError
        if duplicates and keys != _written_keys(text) and (path := _twice(_telling_decoder.decode(text))) is not None:
            raise _duplicate(lines, path)
        if ("\\ud" in text or "\\uD" in text) and not _is_unicode(data):
            raise lines.mistake("has half of a surrogate pair in a string", max(text.find("\\ud"), text.find("\\uD")))
    except json.JSONDecodeError as error:
        raise _mistake(lines, error) from None
    except _NoNumberError as error:
        number = next(found.start() for found in _TOKEN.finditer(text) if found[0] == str(error))
        raise lines.mistake(f"has {error}, which is no number of JSON", number) from None
    except ValueError:  # sys.get_int_max_str_digits
        digits = re.search(r"\d{600,}", text)
        raise lines.mistake("has a number of thousands of digits", digits.start() if digits else 0) from None
    except RecursionError:
        raise lines.mistake(f"is nested more than {MAX_DEPTH} levels deep", _too_deep(text)) from None
    return data


def _keys(data: Any) -> int | None:
    """How many keys the objects have altogether; None if they are nested too deep."""
    keys = depth = 0
    level = [data]
    while level:
        depth += 1
        if depth > MAX_DEPTH + 1:
            return None
        inner: list[Any] = []
        for container in level:
            if container.__class__ is dict:
                keys += len(container)
                container = container.values()
            inner += [item for item in container if item.__class__ is dict or item.__class__ is list]
        level = inner
    return keys


def _written_keys(text: str) -> int:
    """How many keys are written; wrong at times, but never such that a key that is written twice goes unnoticed."""
    if '\\\\":' in text or _KEY_WITH_BLANK.search(text):
        return -1
    return text.count('":') - text.count('\\":')  # the second are within strings


def _is_unicode(data: Any) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _twice(data: Any, path: Path = ()) -> Path | None:
    """Where an object is that has a key twice."""
    if isinstance(data, _Twice):
        return path
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return next((found for key, item in items if (found := _twice(item, (*path, key))) is not None), None)


def _duplicate(lines: Lines, path: Path) -> DocumentError:
    layout = Layout(lines)
    seen: dict[str, int] = {}
    for key, start, _ in layout.keys(layout.find(path)[1][1][0]):
        if key in seen:
            return lines.mistake(f"has the key {key} twice, first in line {lines.at(seen[key])[0]}", start)
        seen[key] = start
    raise AssertionError(path)


def _too_deep(text: str) -> int:
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth > MAX_DEPTH:
            return token.start()
    return 0


_UNFINISHED = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{]|[\]}]', re.DOTALL)


def _mistake(lines: Lines, error: json.JSONDecodeError) -> DocumentError:
    """The error in words that say what to do."""
    text, offset = lines.text, error.pos
    here = text[offset : offset + 1]
    if error.msg.startswith("Unterminated string"):
        return lines.mistake("has a string that is not closed", offset)
    if _blank(text, offset).end() == len(text):
        opened: list[int] = []
        for token in _UNFINISHED.finditer(text):
            if token[0] in "[{":
                opened.append(token.start())
            elif token[0] in "]}" and opened:
                opened.pop()
        bracket = f"the {text[opened[-1]]} of line {lines.at(opened[-1])[0]} is closed" if opened else "it is complete"
        return lines.mistake(f"ends before {bracket}", offset)
    if error.msg.startswith("Invalid control character"):
        return lines.mistake("has a line break or another control character in a string: write it as \\n or \\u00XX", offset)
    if error.msg.startswith("Invalid \\"):
        return lines.mistake("has a backslash in a string that begins no escape of JSON: write it as \\\\", offset)
    if error.msg.startswith("Extra data"):
        return lines.mistake("has more after its end: a file holds one document", offset)
    if here in "]}" and text[:offset].rstrip()[-1:] == ",":
        return lines.mistake(f"has a comma before {here} with nothing after it", offset)
    wanted = {
        "Expecting property name enclosed in double quotes": "a key in double quotes",
        "Expecting ':' delimiter": "a colon",
        "Expecting ',' delimiter": "a comma or the closing bracket",
        "Expecting value": "a value",
    }.get(error.msg)
    return lines.mistake(f"has {here} where {wanted} is due" if wanted else f"is no JSON: {error.msg}", offset)


class Layout:
    """Where things stand in a text that is known to be JSON. A container is gone through once, when it is asked for
    what is in it, and what is further in is skipped by the C scanner.
    """

    __slots__ = ("_inside", "_text")

    def __init__(self, lines: Lines) -> None:
        self._text = lines.text
        self._inside: dict[int, dict[str, Entry] | list[Entry]] = {}

    def find(self, path: Path) -> tuple[int, Entry]:
        """How many steps of a path there are in the text, and what they lead to."""
        root = _blank(self._text).end()
        entry: Entry = None, (root, len(self._text.rstrip())), True
        for depth, step in enumerate(path):
            _, (start, _), container = entry
            if not container:
                return depth, entry
            inside = self._inside.get(start)
            if inside is None:
                inside = self._inside[start] = self._look(start)
            try:
                entry = inside[step]  # type: ignore[call-overload,index]  # a step that does not fit is no step
            except (KeyError, IndexError, TypeError):
                return depth, entry
        return len(path), entry

    def comments(self) -> list[Span]:
        """JSON has none."""
        return []

    def keys(self, start: int) -> Iterator[tuple[str, int, int]]:
        """The keys of the object at an offset, their spans, repeated ones too."""
        text = self._text
        at = _blank(text, start + 1).end()
        while text[at] == '"':
            key, end = scanstring(text, at + 1)
            yield key, at, end
            value = _blank(text, _blank(text, end).end() + 1).end()
            at = self._after(_skip(text, value)[1])

    def _after(self, end: int) -> int:
        """Where the next item of a container begins, or its closing bracket is."""
        at = _blank(self._text, end).end()
        return _blank(self._text, at + 1).end() if self._text[at] == "," else at

    def _look(self, start: int) -> dict[str, Entry] | list[Entry]:
        text = self._text
        at = _blank(text, start + 1).end()
        if text[start] == "{":
            entries: dict[str, Entry] = {}
            while text[at] == '"':
                key, end = scanstring(text, at + 1)
                value = _blank(text, _blank(text, end).end() + 1).end()
                after = _skip(text, value)[1]
                entries[key] = (at, end), (value, after), text[value] in "{["
                at = self._after(after)
            return entries
        items: list[Entry] = []
        while text[at] != "]":
            after = _skip(text, at)[1]
            items.append((None, (at, after), text[at] in "{["))
            at = self._after(after)
        return items
