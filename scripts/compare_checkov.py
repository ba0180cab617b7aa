#!/usr/bin/env python3
"""Compare checkov with wascan: who finds what, how far they agree where they ask the same, and where they do not.

    python scripts/compare_checkov.py PATH...

Both look at the templates and plans in PATH, each path for itself. It prints Markdown: the table of findings, and every
disagreement by rule, with an example. checkov is found as `wascan scan --engine checkov` finds it.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scanner"), str(ROOT / "rules")]

from tempfile import TemporaryDirectory  # noqa: E402  the packages are found only now, whether installed or not

from wascan.config import Config  # noqa: E402
from wascan.engines import checkov, targets_of  # noqa: E402
from wascan.engines._child import ask  # noqa: E402
from wascan.kind import kind_of  # noqa: E402
from wascan.packs import Packs, answering, equivalents  # noqa: E402
from wascan.scan import prepare  # noqa: E402

if TYPE_CHECKING:
    from wascan.engine import Engine
    from wascan.graph import Resource

SAME, OTHERWISE = "both", "checkov alone"
KINDS = {"pass": "passes", "fail": "fails", "open": "unknown", "review": "passes by a default"}


class Comparison:
    """What the two say of one path."""

    def __init__(self, path: str) -> None:
        started = time.perf_counter()
        config = Config()
        _, self._engine = prepare([path], config, Packs(), today=time.strftime("%Y-%m-%d"))
        self._ours = verdicts(self._engine)
        self.seconds = [time.perf_counter() - started]
        self.rows: Counter[str] = Counter()
        self.agreed = self.compared = 0
        self.differences: Counter[tuple[str, str, str]] = Counter()
        self.examples: dict[tuple[str, str, str], str] = {}
        self.crashed: list[str] = []
        self._theirs: dict[tuple[str, str], str] = {}
        self._look()
        self._alone()

    def _look(self) -> None:
        """What checkov says, beside what we say."""
        asked: dict[type, set[str]] = {}
        for check in self._engine.judged:
            asked.setdefault(check.kind, set()).add(check.id)
        started = time.perf_counter()
        with TemporaryDirectory() as folder:
            targets = targets_of(self._engine.graph, folder)
            questions = [checkov.question(target, Config()) for target in targets]
            answers = ask(checkov.PROGRAM, questions, 120).answers
        self.seconds.append(time.perf_counter() - started)
        for target, answer in zip(targets, answers, strict=True):
            if "crash" in answer:
                self.crashed.append(target.document.name)
                continue
            for result in checkov.results(answer):
                resource = target.resources.get(result.resource)
                theirs = "fail" if result.message else "pass"
                kind = None if resource is None or resource.derived else kind_of(resource.type)
                ours = asked.get(kind, set()) & answering(f"checkov:{result.id}") if kind else set()
                if resource is None or not ours:
                    part = bool(asked.get(kind, set()) & answering(f"checkov:{result.part_of}")) if kind else False
                    told = "it is a part of what wascan asks" if part else "nothing of wascan's asks that"
                    self.rows[f"checkov alone: {told}"] += theirs == "fail"
                    continue
                self._theirs[resource.address, result.id] = theirs
                self._beside(result.id, theirs, sorted(ours), resource)

    def _beside(self, id: str, theirs: str, ours: list[str], resource: Resource) -> None:
        said = {self._ours.get((resource.address, check), "does not apply") for check in ours}
        mine = next(kind for kind in ("fail", "open", "pass", "review", "does not apply") if kind in said)
        words = KINDS.get(mine, mine)
        if theirs == "fail":
            self.rows["both" if mine == "fail" else f"checkov alone: for wascan it {words}"] += 1
        if theirs in ("pass", "fail") and mine in ("pass", "fail", "review"):
            self.compared += 1
            self.agreed += theirs == mine.replace("review", "pass")
        if theirs != mine.replace("review", "pass"):
            key = (id, theirs, words)
            self.differences[key] += 1
            self.examples.setdefault(key, f"{resource.file}: {resource.name}")

    def _alone(self) -> None:
        """What we find and checkov does not."""
        for (address, check), kind in self._ours.items():
            if kind != "fail":
                continue
            ids = [rule.removeprefix("checkov:") for rule in equivalents(check) if rule.startswith("checkov:")]
            said = {self._theirs.get((address, id)) for id in ids}
            if "fail" not in said:
                told = "passes" if "pass" in said else "is not asked there" if ids else ""
                self.rows[
                    f"wascan alone: for checkov it {told}" if told else "wascan alone: checkov has no such check"
                ] += 1


def verdicts(engine: Engine) -> dict[tuple[str, str], str]:
    """What each check says of each resource, by address and id."""
    return {(resource.address, check.id): answer[0] for check, resource, answer in engine.answers()}


def main(paths: list[str]) -> None:
    """Print it."""
    if not paths:
        sys.exit(__doc__)
    compared = {path: Comparison(path) for path in paths}
    rows = sorted({row for item in compared.values() for row in item.rows if item.rows[row]})
    print(f"| | {' | '.join(paths)} |\n|---|{'--:|' * len(paths)}")
    for row in rows:
        print(f"| {row} | {' | '.join(f'{item.rows[row]:,}' for item in compared.values())} |")
    shares = (f"{item.agreed:,} of {item.compared:,}" for item in compared.values())
    print(f"| agree, where both ask and can tell | {' | '.join(shares)} |")
    times = ("{:.1f} s and {:.1f} s".format(*item.seconds) for item in compared.values())
    print(f"| time of wascan and of checkov | {' | '.join(times)} |\n")
    for path, item in compared.items():
        for name in item.crashed:
            print(f"checkov fails on {name}.")
        print(f"\n{path}:\n\n| rule | checkov | wascan | times | example |\n|---|---|---|--:|---|")
        for key, count in sorted(item.differences.items(), key=lambda pair: (-pair[1], pair[0])):
            print(f"| {' | '.join(key)} | {count} | {item.examples[key]} |")


if __name__ == "__main__":
    main(sys.argv[1:])
