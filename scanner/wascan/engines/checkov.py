"""checkov: what it checks of AWS resources in templates and plans, with the practice that each of its checks is about.

The practices are in `data/checkov_practices.json`, built by `scripts/build_checkov_practices.py`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wascan.engines import Result
from wascan.engines._child import Program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.config import Config
    from wascan.engines import Target
    from wascan.rule import Severity

PROGRAM = Program("checkov", "checkov", "_inside_checkov.py")

_PARTS = dict.fromkeys(("CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"), "CKV2_AWS_6")
"""What asks for one of four settings that are needed together, and what asks for them all."""

_UNKNOWN: tuple[str | None, Severity] = (None, "medium")
"""What is taken of a check that came later, or that somebody made for themselves."""


def question(target: Target, config: Config) -> dict[str, str]:
    """What it is asked about a file."""
    return {"file": target.file, "form": target.form}


def results(answer: dict[str, Any]) -> Iterator[Result]:
    """What it says of a file."""
    for id, title, resource, keys in answer["failed"]:
        yield _result(id, title, resource, _steps(keys[0]) if keys else (), title)
    for id, title, resource in answer["passed"]:
        yield _result(id, title, resource, (), "")


def _result(id: str, title: str, resource: str, path: tuple[str | int, ...], message: str) -> Result:
    practice, severity = _practices().get(id, _UNKNOWN)
    name = resource.rpartition(".")[2] if "::" in resource else resource
    practices = (practice,) if practice else ()
    return Result(id, title, "", "", practices, severity, name, path, message, part_of=_PARTS.get(id, ""))


def _steps(key: object) -> tuple[str | int, ...]:
    """The path that checkov writes as ``Properties/SecurityGroupIngress/[0]/CidrIp``."""
    steps = str(key).split("/")
    return tuple(int(step.strip("[]")) if re.fullmatch(r"\[\d+\]", step) else step for step in steps if step)


@cache
def _practices() -> dict[str, tuple[str | None, Severity]]:
    """The practice and the severity of each check, by its id."""
    found: dict[str, tuple[str | None, Severity]] = json.loads(
        Path(__file__).parents[1].joinpath("data/checkov_practices.json").read_bytes()
    )
    return found
