"""Runs in a process of its own, with the Python that has cfn-lint: a question on each line of standard input, an answer
on each line of standard output.

A question is ``{"file": ..., "region": ... or null, "level": "error", "warning" or "info"}``. An answer has `matches`, each
with the id of its rule, that rule's title, description and page, the message, the path and the region of the text; or it
has `crash`, which says why there is none. The first line says which cfn-lint it is.
"""

from __future__ import annotations

import glob
import json
import os
import sys
from typing import Any

answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)  # whatever else is printed is no answer

for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):  # what is found must not depend on who looks
    os.environ.pop(name, None)

from cfnlint.config import ConfigMixIn  # noqa: E402
from cfnlint.runner import Runner  # noqa: E402
from cfnlint.version import __version__  # noqa: E402

LEVELS = {"error": ("E",), "warning": ("E", "W"), "info": ("E", "W", "I")}


def settings(question: dict[str, Any]) -> ConfigMixIn:
    """The settings for one question. No file of settings counts, for it could name rules that are code."""
    given: dict[str, Any] = {"templates": [glob.escape(question["file"])]}
    if question["region"]:
        given["regions"] = [question["region"]]
    return ConfigMixIn(["--config-file", os.devnull, "--include-checks", "I", "--"], **given)


def answer(runner: Runner, question: dict[str, Any]) -> dict[str, Any]:
    """What cfn-lint says of one file."""
    try:
        runner.config = settings(question)
        matches = list(runner.run())
    except Exception as error:
        return {"crash": f"{type(error).__name__}: {error}"}
    return {
        "matches": [
            [
                match.rule.id,
                match.rule.shortdesc,
                match.rule.description,
                match.rule.source_url,
                match.message,
                list(getattr(match, "path", None) or []),
                [match.linenumber, match.columnnumber, match.linenumberend, match.columnnumberend],
            ]
            for match in matches
            if match.rule.id[0] in LEVELS[question["level"]]
        ]
    }


def say(data: dict[str, Any]) -> None:
    """One line of standard output."""
    answers.write(json.dumps(data, default=str) + "\n")
    answers.flush()


runner = Runner(ConfigMixIn(["--config-file", os.devnull]))
say({"version": __version__})
for line in sys.stdin:
    say(answer(runner, json.loads(line)))
