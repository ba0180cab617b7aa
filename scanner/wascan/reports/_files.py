"""The text of what was scanned."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wascan.document import Document
    from wascan.finding import Report


class Files:
    """The text of the files of a scan: of its documents, and of sources that places of findings lead to."""

    def __init__(self, report: Report) -> None:
        self._documents: dict[str, Document] = {
            document.name: document for scope in report.graph.scopes for document in scope.documents()
        }
        self._read: dict[str, list[str]] = {}

    def text(self, file: str) -> str:
        """The whole text; empty where it cannot be read."""
        document = self._documents.get(file)
        return "\n".join(self._lines(file)) if document is None else document.text

    def line(self, file: str, number: int) -> str:
        """One line, from 1; empty where there is no such line."""
        document = self._documents.get(file)
        if document is not None:
            return document.line(number)
        lines = self._lines(file)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def _lines(self, file: str) -> list[str]:
        if file not in self._read:
            here = os.path.join(os.getcwd(), "")
            if not os.path.realpath(file).startswith(os.path.realpath(here)):
                self._read[file] = []  # an input must not name any file of the machine to have it shown
                return []
            try:
                with open(file, encoding="utf-8-sig", errors="replace") as stream:
                    self._read[file] = stream.read().split("\n")
            except OSError:
                self._read[file] = []
        return self._read[file]
