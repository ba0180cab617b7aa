#!/usr/bin/env python3
"""Build the picture in the README: what wascan says of `fixtures/scans/orders` on a terminal.

python scripts/build_picture.py           write docs/output.svg
python scripts/build_picture.py --check   write nothing; exit 1 where it is not current
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCAN = ROOT / "fixtures" / "scans" / "orders"
PICTURE = ROOT / "docs" / "output.svg"

COMMAND = ["wascan", "--fail-on", "none"]
LINES = 24
LONGEST = 8
"""So many lines of findings are shown, those of places of which no more is said than this; and all of the summary."""

WIDTH, HEIGHT, MARGIN = 8.43, 20, 24
"""Of a character, of a line, and around it all, in pixels."""

COLOURS = {
    "1": "bold",
    "2": "dim",
    "1;31": "high",
    "33": "medium",
    "36": "low",
    "35": "unknown",
    "34": "review",
    "32": "good",
}
STYLE = """
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328 }
  .page { fill: #f6f8fa; stroke: #d0d7de; }
  .bold { font-weight: 700; } .dim { fill: #6a737d; } .good { fill: #1a6b35; }
  .high { fill: #b3261e; font-weight: 700; } .medium { fill: #8a5300; } .low { fill: #0b6e77; }
  .unknown { fill: #6e40a8; } .review { fill: #2f5d9e; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e0e4e9; } .page { fill: #14171b; stroke: #31373e; }
    .dim { fill: #8b949e; } .good { fill: #7bcf94; } .high { fill: #ff8a80; } .medium { fill: #f0b357; } .low { fill: #6fd3dd; }
    .unknown { fill: #c7a4f4; } .review { fill: #9dbdf0; }
  }
"""


def main(arguments: list[str]) -> int:
    """0 when the picture is current (after writing it, unless `--check`), else 1."""
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    made = picture(shown(report()))
    if PICTURE.is_file() and PICTURE.read_text(encoding="utf-8") == made:
        return 0
    if arguments:
        print(f"{PICTURE.relative_to(ROOT)} is not current: run python scripts/build_picture.py", file=sys.stderr)
        return 1
    PICTURE.write_text(made, encoding="utf-8", newline="\n")
    print(f"{PICTURE.relative_to(ROOT)} written")
    return 0


def report() -> list[str]:
    """The lines of the report, in colour."""
    paths = os.pathsep.join([str(ROOT / "scanner"), str(ROOT / "rules")])
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    done = subprocess.run(
        [sys.executable, "-m", *COMMAND, "--today", "2026-01-01"],
        cwd=SCAN,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**environment, "FORCE_COLOR": "1", "PYTHONPATH": paths, "PYTHONUTF8": "1"},
    )
    return done.stdout.rstrip().splitlines()


def shown(lines: list[str]) -> list[str]:
    """What fits a picture: some of the findings, and the summary without what waits for a choice."""
    summary = next(at for at, line in enumerate(lines) if "judged" in line)
    end = next(at for at, line in enumerate(lines) if re.match(r"\d+ resources? in", line)) + 1
    some: list[str] = []
    for place in "\n".join(lines[:summary]).split("\n\n"):
        told = [*place.strip("\n").splitlines(), ""]
        if len(told) <= LONGEST and len(some) + len(told) <= LINES:
            some += told
    return [f"$ {' '.join(COMMAND)}", *some, "...", "", *lines[summary:end]]


def picture(lines: list[str]) -> str:
    """Lines with the escapes of a terminal as SVG."""
    width = round(max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in lines) * WIDTH + 2 * MARGIN)
    height = len(lines) * HEIGHT + 2 * MARGIN
    words = "What wascan says of a template: findings with the line they stand in, and a summary by pillar"
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{words}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>',
    ]
    for number, line in enumerate(lines):
        rows += [f'<text y="{MARGIN + HEIGHT * number + 15}">{spans(line)}</text>'] if line else []
    return "\n".join([*rows, "</svg>", ""])


def spans(line: str) -> str:
    """One line: each run of words in its place, whatever the font."""
    pieces = ["", *re.split(r"\x1b\[([\d;]*)m", line)]
    told, column = [], 0
    for code, piece in zip(pieces[0::2], pieces[1::2], strict=True):
        kind = f' class="{COLOURS[code]}"' if code in COLOURS else ""
        for words in re.finditer(r"\S+(?: \S+)*", piece):
            x, length = MARGIN + (column + words.start()) * WIDTH, len(words[0]) * WIDTH
            place = f'x="{x:.1f}" textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs"'
            told.append(f"<tspan {place}{kind}>{escape(words[0], quote=False)}</tspan>")
        column += len(piece)
    return "".join(told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
