"""What PyYAML says of a mistake in YAML, in words that say what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml.reader import ReaderError

from wascan._text import MAX_DEPTH

if TYPE_CHECKING:
    from wascan._text import DocumentError, Lines

_NO_CHARACTER = "an escape in double quotes that is no character"
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")
_INDENT = "check its indentation"
_QUOTE = "put the value in quotes"
_BEGAN = "{line}"
_WORDING = (  # words of libyaml and of PyYAML's parser in Python, ours, and whether the mistake is where it all began
    (("mapping values are not allowed",), f"has a colon where no key can be: {_INDENT}, or {_QUOTE}", False),
    (("sequence entries are not allowed",), "has a list item where none can be: begin the list on its own line", False),
    (("expected key", "<block end>"), f"has a line that does not fit what line {_BEGAN} began: {_INDENT}", False),
    (("'-' indicator",), f"has a line that is no item of the list of line {_BEGAN}: {_INDENT}", False),
    (("',' or ']'",), f"has no comma and no ] where the list of line {_BEGAN} needs one", False),
    (("',' or '}'",), f"has no comma and no }} where the mapping of line {_BEGAN} needs one", False),
    (("find expected ':'",), f"has a line that is no key with a colon: {_INDENT}, and the quotes before it", True),
    (("end of stream", "document indicator", "document separator"), "has a quote that is not closed", True),
    (("alphabetic or numeric",), f"has a * or & that no name follows: {_QUOTE}", False),
    (("unknown escape",), "has a backslash that begins no escape: write it twice, or use single quotes", False),
    (("Unicode character escape",), f"has {_NO_CHARACTER}", False),
    (("document start",), f"has a line that does not belong to what is before it: {_INDENT}", False),
    (("undefined tag handle",), "has a tag with a handle that no %TAG declares", False),
    (("node content",), "has nothing where a value is due", False),
    (("nesting depth",), f"is nested more than {MAX_DEPTH} levels deep", False),
)


def worded(lines: Lines, error: Exception) -> DocumentError:
    """A mistake that PyYAML has found, in words that say what to do."""
    if isinstance(error, ReaderError):
        return _control_character(lines)
    if not isinstance(error, yaml.MarkedYAMLError):  # PyYAML's parser in Python stumbles over such an escape
        return lines.mistake(f"has {_NO_CHARACTER}", 0)
    mark: Any = error.problem_mark or error.context_mark
    context: Any = error.context_mark or mark
    problem = error.problem or ""
    at = mark.index if mark else 0
    number, column = lines.at(at)
    line = lines.line(number)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        tab = at - column + 1 + indent.index("\t")
        return lines.mistake("has a tab in its indentation: YAML is indented with spaces", tab)
    if "cannot start any token" in problem:
        here = lines.text[at : at + 1]
        if here == "%" and lines.text[at - 1 : at] == "{":
            return lines.mistake("has {%: if this is a template of Jinja's or Go's, render it first", at - 1)
        return lines.mistake(f"has {here} where a value begins: {_QUOTE}", at)
    for needles, wording, where_it_began in _WORDING:
        if any(needle in problem for needle in needles):
            began = context.index if context else at
            return lines.mistake(wording.replace(_BEGAN, str(lines.at(began)[0])), began if where_it_began else at)
    return lines.mistake(f"is no YAML: {problem}", at)


def _control_character(lines: Lines) -> DocumentError:
    control = _NOT_PRINTABLE.search(lines.text)
    at = control.start() if control else 0
    message = f"has the control character U+{ord(lines.text[at]):04X}, which no text has"
    return lines.mistake(f"{message}: save it as UTF-8" if lines.text[at] == "\0" else message, at)
