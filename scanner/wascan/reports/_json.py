"""JSON on one line, in ASCII: nothing in it can steer a terminal or the log of a build."""

from __future__ import annotations

import json

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode  # `indent` would leave the C encoder


def encode(data: object) -> str:
    """`data` as JSON."""
    # what is printed in a job of GitHub or Azure runs as a command where it says ##[... or ##vso[...
    return _encode(data).replace("##", "#\\u0023")
