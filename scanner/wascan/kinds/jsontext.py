"""JSON that stands in a string, of which parts may be open.

Policies, redrive policies and workflows are often written as text, with references in it. As far as the text can be
parsed with something in the place of what is open, it is data; what is open is a marker in it again.
"""

from __future__ import annotations

import json
import re
from typing import Any

from wascan.markers import Text, Unknown, assemble

_HOLE = re.compile("\ue000([0-9]+)\ue001")
_NO_JSON = Unknown("it is no JSON")


def parsed(data: Any) -> Any:
    """What a string of JSON says, with markers for what is open in it; anything but a string as it is.

    It is `Unknown` where the string is no JSON, or where an open part may be more than a piece of one of its strings.
    """
    if isinstance(data, Text):
        parts = data.parts
    elif isinstance(data, str) and data:
        parts = (data,)
    else:
        return data
    text = "".join(part if isinstance(part, str) else f"\ue000{index}\ue001" for index, part in enumerate(parts))
    try:
        found = json.loads(text)
    except ValueError:
        open = next((part for part in parts if isinstance(part, Unknown)), None)
        return _NO_JSON if open is None else open
    return _filled(found, parts) if isinstance(data, Text) else found


def _filled(data: Any, parts: tuple[Any, ...]) -> Any:
    """`data` with what is open put back where its place was kept; in a name it is left out, for nobody asks for such a
    name.
    """
    if isinstance(data, dict):
        return {_HOLE.sub("", name): _filled(item, parts) for name, item in data.items()}
    if isinstance(data, list):
        return [_filled(item, parts) for item in data]
    if not isinstance(data, str) or "\ue000" not in data:
        return data
    pieces = _HOLE.split(data)
    return assemble([parts[int(piece)] if index % 2 else piece for index, piece in enumerate(pieces)])
