"""The source lines of a CDK app, from the stack traces that its assembly keeps.

A frame is ``new Storage (/app/lib/storage.ts:12:5)``, by Python ``__init__ (/app/app.py:12)``, in assemblies of older
versions with ``at`` before it; ``...new Bucket in aws-cdk-lib...`` stands for several. Frames of libraries and of the
machinery around the app lead nowhere that a person of this project wrote.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from wascan._text import Lines
from wascan.document import Document, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wascan._text import Entry, Path, Span

_LOCATION = re.compile(r"(?P<file>(?!node:|internal/|<)[^\0\n]+?):(?P<line>\d+)(?::(?P<column>\d+))?").fullmatch
_LIBRARY = re.compile(
    r"[/\\](?:node_modules|site-packages|dist-packages|jsii-runtime|jsii-kernel|\.yarn|lib[/\\]python3\.\d+)[/\\]"
).search
_HASH = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE).finditer
_SLASHES = re.compile(r"(?:^|(?<=\s))//", re.MULTILINE).finditer
_ENDINGS = (".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".py", ".java", ".cs", ".go", ".fs", ".kt")
_NO_SOURCES = ("node_modules", "cdk.out", "test", "tests", "__tests__", "__pycache__", "dist", "build", "target", "obj")
_MOST_ENTRIES = 4000
_CLOCKS = 2.0
"""Seconds by which the times of files of one checkout may differ."""

_STRINGS = r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|[(){}\[\]]'
_PYTHON = re.compile(rf'"""(?s:.*?)"""|#[^\n]*|{_STRINGS}').finditer
_BRACES = re.compile(rf"`(?:[^`\\]|\\.)*`|//[^\n]*|/\*(?s:.*?)\*/|{_STRINGS}").finditer
_FURTHEST = 3
"""So many folders above the assembly may its app be (``cdk synth --output build/cdk.out``)."""


class Frame(NamedTuple):
    """A line of an app's own code, as a stack trace names it; `column` is 0 where it does not say."""

    file: str
    line: int
    column: int


def frames(trace: Iterable[Any]) -> Iterator[Frame]:
    """The frames of a stack trace that are the app's own, the innermost first."""
    for text in trace:
        if not isinstance(text, str) or _LIBRARY(text) or text.lstrip().startswith("..."):
            continue
        function, parenthesis, location = text.strip().removesuffix(")").partition(" (")
        match = _LOCATION(location if parenthesis else function.removeprefix("at "))
        if match is not None:
            file = match["file"].removeprefix("file://").replace("\\", "/")
            yield Frame(file, int(match["line"]), int(match["column"] or 0))


class Sources:
    """The source files of the app that an assembly was made from.

    `folder` is the app's: where its cdk.json is, or else what the assembly stands in. `settings` is the place of
    cdk.json, where it is below the working directory.
    """

    def __init__(self, assembly: str) -> None:
        self._here = os.path.join(os.path.realpath(os.getcwd()), "")
        self.folder = _folder(os.path.realpath(assembly))
        self._moved = ""
        self._files: dict[str, Document | None] = {}
        settings = self._read(os.path.join(self.folder, "cdk.json"))
        self.settings = None if settings is None else _whole_line(settings, 1, 0)

    def started_in(self, file: str) -> None:
        """Learns the file that the app starts in, as traces name it. Where that is in another folder than here, the
        app was synthesised there, on another machine or before it was moved.
        """
        folders = file.split("/")
        for depth in range(1, len(folders)):
            if os.path.isfile(os.path.join(self.folder, *folders[depth:])):
                self._moved = "/".join([*folders[:depth], ""])
                break

    def place(self, traces: Iterable[Iterable[Any]]) -> tuple[Place | None, Place | None]:
        """Two places. The innermost line of the first trace that leads to a file below the working directory; None
        where none does. And the innermost line of the app as the traces name it, which may be on another machine; None
        where no trace has one.
        """
        written: Place | None = None
        for trace in traces:
            for frame in frames(trace):
                file = self._read(frame.file)
                text = "" if file is None else file.line(frame.line).strip()
                if file is not None and text and ".synth(" not in text:  # which makes all that is left, at the end
                    return _whole_line(file, frame.line, frame.column), written
                if written is None:
                    column = frame.column or 1
                    written = Place(frame.file, frame.line, column, frame.line, column)
        return None, written

    def statement(self, place: Place) -> Place:
        """All of the call that begins at a place of one of the source files, as far as its brackets tell."""
        file = next((found for found in self._files.values() if found is not None and found.name == place.file), None)
        lines = Lines("" if file is None else file.text)
        start = lines.starts[min(place.line, len(lines.starts)) - 1] + place.column - 1
        depth = 0
        for token in (_PYTHON if place.file.endswith(".py") else _BRACES)(lines.text, start):
            if not depth and "\n" in lines.text[start : token.start()]:
                break
            depth += (token[0] in "([{") - (token[0] in ")]}")
            if token[0] in ")]}" and depth <= 0:
                return Place(place.file, place.line, place.column, *lines.at(token.end())) if not depth else place
        return place

    def newer_than(self, manifest: str) -> str | None:
        """A source file of the app, or its cdk.json, that was changed after a file was written; a bounded search."""
        if not os.path.isfile(os.path.join(self.folder, "cdk.json")):
            return None
        since = os.stat(manifest).st_mtime + _CLOCKS
        pending, left = [self.folder], _MOST_ENTRIES
        while pending and left > 0:
            try:
                with os.scandir(pending.pop()) as listing:
                    entries = list(listing)
                if any(entry.name == "pyvenv.cfg" for entry in entries):
                    continue
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name[0] not in "._" and entry.name not in _NO_SOURCES:
                            pending.append(entry.path)
                    elif _is_source(entry.name) and entry.stat().st_mtime > since:
                        return os.path.relpath(entry.path).replace(os.sep, "/")
                left -= len(entries)
            except OSError:
                continue
        return None

    def documents(self) -> Iterator[Document]:
        """The source files that places were found in."""
        for found in self._files.values():
            if found is not None:
                yield found

    def _read(self, written: str) -> Document | None:
        """A source file below the working directory; None for others, and for what cannot be read."""
        if written not in self._files:
            self._files[written] = None
            real = os.path.realpath(os.path.join(self.folder, written.removeprefix(self._moved)))
            if real.startswith(self._here):
                try:
                    with open(real, encoding="utf-8-sig", errors="replace", newline="") as stream:
                        lines = Lines(stream.read())
                except (OSError, ValueError):
                    return None
                name = real[len(self._here) :].replace(os.sep, "/")
                self._files[written] = Document(name, None, lines, _Code(name, lines))
        return self._files[written]


class _Code:
    """A source file in whatever language: nothing is at any path of it, but it may have comments."""

    __slots__ = ("_comment", "_lines")

    def __init__(self, name: str, lines: Lines) -> None:
        self._comment = _HASH if name.endswith(".py") else _SLASHES
        self._lines = lines

    def find(self, path: Path) -> tuple[int, Entry]:
        return 0, (None, (0, len(self._lines.text)), False)

    def comments(self) -> list[Span]:
        return [(found.end() - 1, self._lines.end(found.end())) for found in self._comment(self._lines.text)]


def _folder(assembly: str) -> str:
    """The folder of the app."""
    folder = os.path.dirname(assembly)
    for _ in range(_FURTHEST):
        if os.path.isfile(os.path.join(folder, "cdk.json")):
            return folder
        folder = os.path.dirname(folder)
    return os.path.dirname(assembly)


def _whole_line(file: Document, number: int, column: int) -> Place:
    """A line from a column on, or from where its text begins."""
    text = file.line(number)
    end = len(text.rstrip()) + 1
    start = column if 0 < column < end else len(text) - len(text.lstrip()) + 1
    return Place(file.name, number, start, number, end)


def _is_source(name: str) -> bool:
    return name == "cdk.json" or (name.endswith(_ENDINGS) and not name.endswith(".d.ts"))
