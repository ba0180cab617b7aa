"""Where labels of other projects disagree, it is said why, and the tables of how far they agree are of now."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts/compare_labels.py"
PAGE = "# Judgement calls\n\n## What a queue says\n"


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT.parent / "shared/oracle").exists(), reason="the labels are not beside the repository")
def test_every_disagreement_has_its_reason_and_the_tables_are_current() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], check=False, capture_output=True, text=True)
    assert not done.returncode, done.stderr


def row(rule: str, answer: str, resource: str | None = "Jobs") -> dict[str, Any]:
    file = f"kics/cloudFormation__aws__{rule}__test__positive1.yaml"
    return {"scanner": "kics", "rule": rule, "answer": answer, "resource": resource, "file": file}


def explain(rows: list[dict[str, Any]], labels: dict[str, list[str]], heading: str = "What a queue says") -> list[str]:
    entry = {"because": "it is encrypted", "heading": heading, "labels": labels}
    known = {"apart": [entry], "counted": [], "refused-apart": []}
    refused = {"kics:open_queue": "it asks for something else"}
    complaints: list[str] = runpy.run_path(str(SCRIPT))["explain"](rows, known, refused, PAGE)
    return complaints


def test_a_label_is_explained_by_its_resource_its_file_or_the_refusal_of_its_rule() -> None:
    rows = [row("plain", "missed"), row("old", "undecided", None), row("open_queue", "unclaimed"), row("good", "hit")]
    assert explain(rows, {"kics:plain": ["Jobs"], "kics:old": ["positive1"]}) == []
    assert [item.get("because") for item in rows] == ["it is encrypted"] * 2 + ["it asks for something else", None]
    assert [item.get("apart") for item in rows] == [True, True, False, None]


def test_what_nothing_explains_and_what_explains_nothing_are_named() -> None:
    file = "kics/cloudFormation__aws__plain__test__positive1.yaml"
    assert explain([row("plain", "missed"), row("good", "quiet")], {"kics:good": ["Jobs"]}, "Elsewhere") == [
        "judgement-calls.md has no heading 'Elsewhere'",
        f"missed: kics:plain on {file}: Jobs",
        "no label of kics:good on Jobs disagrees",
    ]
