#!/usr/bin/env python3
"""What wascan costs, held against its budgets and, where they are installed, against its peers.

    python benchmarks/run.py                  every input, median of five runs, CPU seconds and MiB of whole processes
    python benchmarks/run.py --runs 9 --stages

Absolute figures drift from machine to machine: a budget is held as a ratio to what a bare interpreter costs here, which
was 10 ms where the budgets were set. Exit status 1 where a budget is broken.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import inputs

BUDGETS = {  # CPU seconds and MiB of whole processes
    "one bucket": (0.12, None),
    "500 resources": (0.25, 60),
    "AWS samples": (0.60, None),
    "plan of 1,000": (0.30, 80),
    "plan of 10,000": (3.00, None),
}
BARE = 0.010
PEERS = {"cfn-lint": ["cfn-lint", "--template"], "checkov": ["checkov", "--compact", "--quiet", "-f"]}


def main() -> None:
    """Run everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--stages", action="store_true", help="print what wascan's stages cost")
    parser.add_argument("--peers", action="store_true", help="run installed peers on the single files too")
    options = parser.parse_args()
    bare, _ = measure([sys.executable, "-I", "-c", ""], options.runs, Path.cwd())
    factor = max(1.0, bare / BARE)
    print(f"a bare interpreter: {bare * 1000:.0f} ms; budgets are multiplied by {factor:.2f}")
    broken = False
    with tempfile.TemporaryDirectory() as folder:
        for name, path in made(Path(folder)).items():
            seconds, mib = measure([*wascan(), "scan", str(path), *OUTPUT], options.runs, Path(folder))
            most, room = BUDGETS[name]
            over = seconds > most * factor or (room is not None and mib > room)
            broken |= over
            print(
                f"{name:16} {seconds:6.3f} s {mib:5.0f} MiB   budget {most * factor:.2f} s {'BROKEN' if over else ''}"
            )
            if options.stages:
                stages(path, Path(folder))
            for peer, command in PEERS.items() if options.peers and path.is_file() and "plan" not in name else ():
                if shutil.which(peer):
                    took, room_taken = measure([*command, str(path)], 1, Path(folder))
                    print(f"  {peer:14} {took:6.3f} s {room_taken:5.0f} MiB   {took / seconds:.0f} times wascan")
    sys.exit(broken)


OUTPUT = ["--fail-on", "none", "--output", "sarif=out.sarif", "--today", "2026-01-01"]


def wascan() -> list[str]:
    """The installed command, else the module."""
    beside = Path(sys.executable).with_name("wascan")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "wascan"]


def made(folder: Path) -> dict[str, Path]:
    """The inputs by name; the samples only where they are."""
    texts = {
        "one bucket": ("bucket.yaml", inputs.bucket()),
        "500 resources": ("many.json", inputs.template(500)),
        "plan of 1,000": ("plan.json", inputs.plan(1000)),
        "plan of 10,000": ("plan10.json", inputs.plan(10_000)),
    }
    found = {}
    for name, (file, text) in texts.items():
        found[name] = folder / file
        found[name].write_text(text, encoding="utf-8")
    if inputs.SAMPLES.exists():
        found["AWS samples"] = inputs.SAMPLES
    return found


def measure(command: list[str], runs: int, folder: Path) -> tuple[float, float]:
    """Median CPU seconds and peak MiB of a whole process."""
    seconds, peak = [], 0.0
    # as installed by pip, which compiles modules once
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(runs):
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        seconds.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1024)
    return statistics.median(seconds), peak


STAGES = """
import time, sys, gc, resource
gc.disable()
marks = []
def mark(name):
    marks.append((name, time.process_time()))
mark("interpreter")
import click
from wascan.cli import cli
from wascan import config, sources, dialects, packs
from wascan.engine import Engine
from wascan.finding import Report
mark("imports")
found = sources.find([sys.argv[1]])
mark("read")
graph = dialects.read(found.sources, dialects.Settings())
mark("graph")
settings, known = config.Config(), packs.Packs()
engine = Engine(graph, known.checks, lambda check: settings.options(check, "2026-01-01"), settings.severity)
report = Report(graph)
report.findings = list(engine.findings())
mark("verdicts")
for finding in report.findings:
    finding.place
mark("places")
report.judged, report.sources = engine.judged, found.sources
from wascan import reports
reports.save("sarif", report, "stages.sarif")
mark("SARIF")
before = 0.0
print("  " + "  ".join(f"{name} {(now - (marks[i - 1][1] if i else 0)) * 1000:.0f} ms" for i, (name, now) in enumerate(marks)),
      f" {len(report.findings)} findings", flush=True)
"""


def stages(path: Path, folder: Path) -> None:
    """Print what each stage costs, in one process."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", STAGES, str(path)], cwd=folder, env=environment, check=False)


if __name__ == "__main__":
    main()
