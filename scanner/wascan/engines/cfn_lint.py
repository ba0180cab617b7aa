"""cfn-lint: what is wrong with a template as such. Its errors say why a deployment fails, and why a scan may not be relied on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.engines import Result
from wascan.engines._child import Program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.config import Config
    from wascan.engines import Target

PROGRAM = Program("cfn-lint", "cfnlint", "_inside_cfn_lint.py")

_PRACTICES = {"E": ("OPS05-BP02",)}  # test and validate changes; warnings and infos are about style
_SECRET = re.compile(r"passw|secret|token|credential|private_?key|api_?key|access_?key", re.IGNORECASE)


def question(target: Target, config: Config) -> dict[str, Any] | None:
    """What it is asked about a template."""
    if target.form != "template":
        return None
    level = config.engines.get("cfn-lint", {}).get("level", "error")
    return {"file": target.file, "region": config.region, "level": level}


def results(answer: dict[str, Any]) -> Iterator[Result]:
    """What it says of a template."""
    for id, title, why, url, message, path, lines in answer["matches"]:
        resource, inside = ("", tuple(path))
        if path[:1] == ["Resources"] and len(path) > 1:
            resource, inside = path[1], tuple(path[2:])
        secret = any(isinstance(step, str) and _SECRET.search(step) for step in path)
        yield Result(
            id,
            title,
            why,
            url,
            _PRACTICES.get(id[0], ()),
            "medium" if id[0] == "E" else "low",
            resource,
            inside,
            title if secret else message,  # messages quote what is written
            tuple(lines),
        )
