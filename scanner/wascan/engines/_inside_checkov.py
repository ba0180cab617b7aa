"""Runs in a process of its own, with the Python that has checkov: a question on each line of standard input, an answer
on each line of standard output.

A question is ``{"file": ..., "form": "template" or "plan"}``. An answer has `failed`, with id, title, resource and keys of
each finding, and `passed`, with id and resource; or it has `crash`, which says why there is none. The first line says which
checkov it is.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)  # whatever else is printed is no answer

os.environ["CHECKOV_PARALLELIZATION_TYPE"] = "none"  # it would fork for each file

import logging  # noqa: E402

logging.disable(logging.CRITICAL)

from checkov.cloudformation.context_parser import ContextParser  # noqa: E402  only now it finds its settings
from checkov.cloudformation.runner import Runner as Templates  # noqa: E402
from checkov.runner_filter import RunnerFilter  # noqa: E402
from checkov.terraform.plan_runner import Runner as Plans  # noqa: E402
from checkov.version import version  # noqa: E402

# what comments and metadata skip is wascan's to decide, which says where and why
ContextParser.collect_skip_comments = staticmethod(lambda *_, **__: [])

RUNNERS = {"template": ("cloudformation", Templates), "plan": ("terraform_plan", Plans)}


def answer(question: dict[str, str]) -> dict[str, Any]:
    """What checkov says of one file."""
    framework, runner = RUNNERS[question["form"]]
    only = RunnerFilter(framework=[framework], runners=[framework], show_progress_bar=False)
    try:
        found = runner().run(root_folder=None, files=[question["file"]], runner_filter=only)
    except Exception as error:
        return {"crash": f"{type(error).__name__}: {error}"}
    reports = found if isinstance(found, list) else [found]
    if any(report.parsing_errors for report in reports):
        return {"crash": "it cannot parse the file"}
    return {
        "failed": [
            [
                record.check_id,
                record.check_name,
                record.resource_address or record.resource,
                record.check_result.get("evaluated_keys") or [],
            ]
            for report in reports
            for record in report.failed_checks
        ],
        "passed": [
            [record.check_id, record.check_name, record.resource_address or record.resource]
            for report in reports
            for record in report.passed_checks
        ],
    }


def say(data: dict[str, Any]) -> None:
    """One line of standard output."""
    answers.write(json.dumps(data, default=str) + "\n")
    answers.flush()


say({"version": version})
for line in sys.stdin:
    say(answer(json.loads(line)))
