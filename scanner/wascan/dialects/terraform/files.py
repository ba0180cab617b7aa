"""Terraform's own files, as far as places need it: where blocks, attributes and comments stand.

Expressions are passed over, not understood. Source: "HCL Native Syntax Specification", sections "Lexical Elements"
and "Structural Elements".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wascan._text import Lines
from wascan.document import Document, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wascan._text import Span

MAX_DEPTH = 50
"""Blocks are read to this depth; no type of the AWS provider nests half as deep."""

_BLANK = re.compile(r"(?:[\s;,\ufeff]+|#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_NAME = re.compile(r"[^\W\d][\w-]*")
_LABEL = re.compile(r'[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|([^\W\d][\w-]*))')
_OPENING = re.compile(r"[ \t]*\{")
_EQUALS = re.compile(r"[ \t]*=(?!=)[ \t]*")
_IN_EXPRESSION = re.compile(r'"|<<-?(?=[^\W\d])|[{(\[]|[})\]]|\n|#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_IN_STRING = re.compile(r'\\.|\$\$\{|%%\{|[$%]\{|"|\n', re.DOTALL)
_TAG = re.compile(r"<<-?([^\W\d][\w-]*)")
_NEXT = re.compile(r'"|<<-?(?=[^\W\d])|#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)


class Block:
    """A block: its type and labels, its header from `start` to `end`, its attributes by name with the spans of name
    and value, and the blocks in it.
    """

    __slots__ = ("attributes", "blocks", "end", "labels", "start", "type")

    def __init__(self, type: str, labels: tuple[str, ...], start: int, end: int) -> None:
        self.type = type
        self.labels = labels
        self.start = start
        self.end = end
        self.attributes: dict[str, tuple[Span, Span]] = {}
        self.blocks: list[Block] = []

    def __repr__(self) -> str:
        return f"<{' '.join((self.type, *self.labels))}>"


class File(Document):
    """A .tf file. `hide` takes out of a line what must not be shown."""

    __slots__ = ("_blocks", "_hide")

    def __init__(self, name: str, text: str, hide: Callable[[str], str]) -> None:
        super().__init__(name, None, Lines(text), None)  # type: ignore[arg-type]  # paths are looked up in blocks
        self._blocks: list[Block] | None = None
        self._hide = hide

    @property
    def blocks(self) -> list[Block]:
        """The blocks of the file."""
        if self._blocks is None:
            outer = Block("", (), 0, 0)
            _body(self.text, 0, outer, MAX_DEPTH)
            self._blocks = outer.blocks
        return self._blocks

    def at(self, start: int, end: int) -> Place:
        """The place of a part of the text, as far as it stands on one line."""
        line, column = self._lines.at(start)
        length = len(self.text[start : min(end, start + len(super().line(line)) - column + 1)].rstrip())
        return Place(self.name, line, column, line, column + length)

    def whole(self, block: Block) -> Place:
        """The place of a block that is in no other, up to the next one."""
        end = min((other.start for other in self.blocks if other.start > block.start), default=len(self.text))
        end = block.start + len(self.text[block.start : end].rstrip())
        return Place(self.name, *self._lines.at(block.start), *self._lines.at(end))

    def line(self, number: int) -> str:
        return self._hide(super().line(number))

    def comments(self) -> list[tuple[int, str]]:
        """The line of each comment, and its text; one of several lines has an entry for each."""
        return [
            (self._lines.at(start)[0] + offset, line.strip(" \t*"))
            for start, text in _comments(self.text)
            for offset, line in enumerate(text.split("\n"))
        ]


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Where each comment begins, and what it says."""
    position = 0
    while (found := _NEXT.search(text, position)) is not None:
        token, position = found[0], found.end()
        if token == '"':
            position = _string(text, position)
        elif token.startswith("<<"):
            position = _heredoc(text, found.start())
        else:
            yield found.start(), token.removeprefix("#").removeprefix("//").removeprefix("/*").removesuffix("*/")


def _body(text: str, position: int, block: Block, depth: int) -> int:
    """Reads what stands in a block, up to its closing brace or the end of the text; where it ends."""
    while True:
        position = _skipped(text, position)
        if position >= len(text):
            return position
        name = _NAME.match(text, position)
        if name is None:
            if text[position] == "}":
                return position + 1
            position = _string(text, position + 1) if text[position] == '"' else position + 1
            continue
        start, position = name.span()
        if (equals := _EQUALS.match(text, position)) is not None:
            end = _expression(text, equals.end())
            block.attributes.setdefault(name[0], (name.span(), (equals.end(), end)))
            position = end
            continue
        labels: list[str] = []
        while (label := _LABEL.match(text, position)) is not None:
            labels.append(label[1] if label[1] is not None else label[2])
            position = label.end()
        if (opening := _OPENING.match(text, position)) is not None:
            inner = Block(name[0], tuple(labels), start, position)
            if depth:
                block.blocks.append(inner)
                position = _body(text, opening.end(), inner, depth - 1)
            else:
                position = _expression(text, opening.end() - 1)


def _skipped(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    assert found is not None  # it matches nothing, too
    return found.end()


def _expression(text: str, position: int) -> int:
    """Where the expression that begins here ends: at the end of a line, or before what closes what is around it."""
    depth = 0
    while (found := _IN_EXPRESSION.search(text, position)) is not None:
        token, position = found[0], found.end()
        if token == '"':
            position = _string(text, position)
        elif token.startswith("<<"):
            position = _heredoc(text, found.start())
        elif token in "{([":
            depth += 1
        elif token in "})]":
            if not depth:
                return found.start()
            depth -= 1
        elif not depth and (token == "\n" or token.startswith(("#", "//"))):
            return found.start()
    return len(text)


def _string(text: str, position: int) -> int:
    """Where the string that begins here ends, with the templates in it."""
    templates: list[int] = []  # the braces that are open in each template around
    while True:
        found = (_IN_EXPRESSION if templates and templates[-1] else _IN_STRING).search(text, position)
        if found is None:
            return len(text)
        token, position = found[0], found.end()
        if templates and templates[-1]:
            if token == '"':
                templates.append(0)
            elif token == "{":
                templates[-1] += 1
            elif token == "}":
                templates[-1] -= 1
                if not templates[-1]:
                    templates.pop()
            elif token.startswith("<<"):
                position = _heredoc(text, found.start())
        elif token in ("${", "%{"):
            templates.append(1)
        elif token == '"':
            if not templates:
                return position
            templates.pop()
        elif token == "\n" and not templates:
            # a string ends with its line: what is amiss in it is Terraform's business
            return found.start()


def _heredoc(text: str, position: int) -> int:
    """Where the heredoc that begins here ends: before the end of the line that has its word alone."""
    tag = _TAG.match(text, position)
    assert tag is not None  # callers have seen it
    end = re.compile(rf"^[ \t]*{tag[1]}[ \t\r]*$", re.MULTILINE).search(text, tag.end())
    return len(text) if end is None else end.end()
