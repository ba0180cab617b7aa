"""What somebody may have meant who wrote a name that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """A sentence to end a complaint with, " Did you mean a or b?"; empty where nothing known is near."""
    from difflib import get_close_matches  # several ms, and only who erred pays

    spelling = {name.casefold(): name for name in known}
    near = [spelling[name] for name in get_close_matches(given.casefold(), spelling)]
    return f" Did you mean {' or '.join(near)}?" if near else ""
