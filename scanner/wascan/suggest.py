"""What somebody may have meant who wrote a name that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """A sentence to end a complaint with, " Did you mean a or b?", the nearest first; empty where nothing known is near.
    What goes on from what was given is nearer than what is merely like it.
    """
    from difflib import get_close_matches  # several ms, and only who erred pays

    spelling = {name.casefold(): name for name in known}
    wanted = given.casefold()
    near = sorted(get_close_matches(wanted, spelling, 10), key=lambda name: not name.startswith(wanted))
    return f" Did you mean {' or '.join(spelling[name] for name in near[:3])}?" if near else ""
