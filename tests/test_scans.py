"""Whole inputs give what was reviewed: the text that people see, for every folder of `fixtures/scans`.

After a change that is meant, `UPDATE=1 pytest tests/test_scans.py` writes the files anew, to be read in the diff.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCANS = Path(__file__).resolve().parent.parent / "fixtures" / "scans"
NAMES = sorted(folder.name for folder in SCANS.iterdir() if folder.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_a_scan_says_what_was_reviewed(name: str) -> None:
    command = [sys.executable, "-m", "wascan", "scan", ".", "--today", "2026-01-01", "--show-unknown"]
    done = subprocess.run(command, cwd=SCANS / name, capture_output=True, text=True, encoding="utf-8", check=False)
    said = f"{done.stdout}{done.stderr}exit {done.returncode}\n"
    expected = SCANS / name / "expected.txt"
    if os.environ.get("UPDATE"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
