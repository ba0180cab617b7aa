"""How far a scan is, on a terminal, once it has taken a second."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from wascan.engine import Engine

_WIDTH = 30


class Progress:
    """A bar on standard error for as long as a ``with`` block runs, if that is more than a second."""

    def __enter__(self) -> Self:
        self._engine: Engine | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._draw, daemon=True)
        self._thread.start()
        return self

    def watch(self, engine: Engine) -> None:
        """Learns how much there is to judge."""
        self._engine = engine

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _draw(self) -> None:
        drawn = False
        while not self._over.wait(0.1 if drawn else 1.0):
            drawn = True
            sys.stderr.write(f"\r\x1b[K{self._bar()}")
            sys.stderr.flush()
        if drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _bar(self) -> str:
        if self._engine is None:
            return "reading"
        done, every = self._engine.done, len(self._engine.graph.resources)
        if done == every:
            return "finishing"  # which takes a while where other engines run
        return f"judging [{'#' * (_WIDTH * done // max(every, 1)):{_WIDTH}}] {done:,} of {every:,} resources"
