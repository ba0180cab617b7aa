"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar, TextIO

if TYPE_CHECKING:
    from types import TracebackType


class whole:  # noqa: N801  it reads as a function
    """A file to write in a ``with`` block, which replaces the old one only when the block ends well.

    Folders that are missing are made. A link stays, and leads to the new file; a device or a pipe, which cannot be
    replaced, is written to as it is. Raises OSError.
    """

    def __init__(self, path: str) -> None:
        self._target = os.path.realpath(path)
        self._draft = ""
        if not os.path.exists(self._target) or os.path.isfile(self._target):
            folder, name = os.path.split(self._target)
            os.makedirs(folder, exist_ok=True)
            self._draft = os.path.join(folder, f".{name}.{os.getpid()}.part")

    drafts: ClassVar[set[str]] = set()
    """The drafts that are being written."""

    def __enter__(self) -> TextIO:
        if self._draft:
            self.drafts.add(self._draft)
        self._stream = open(self._draft or self._target, "x" if self._draft else "w", encoding="utf-8", newline="\n")
        return self._stream

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._stream.close()
            if self._draft and kind is None:
                os.replace(self._draft, self._target)
        finally:
            self.discard()

    @classmethod
    def discard(cls) -> None:
        """Remove what was not finished: Ctrl-C may come where no ``with`` block sees it."""
        for draft in cls.drafts:
            if os.path.exists(draft):
                os.unlink(draft)
        cls.drafts.clear()
