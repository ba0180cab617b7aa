"""Pass and fail are promises: whatever is blurred, pinned or decided, no verdict turns into its opposite."""

from __future__ import annotations

import copy
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wascan import dialects, document
from wascan.engine import Engine
from wascan.packs import Packs
from wascan.sources import Form, Source
from wascan.testing import OPTIONS, Case, Lines, kind_cases, rule_cases
from wascan.value import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.document import Document

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
CORPUS = ROOT.parent / "shared" / "corpus" / "cloudformation"
PACKS = Packs()
OPPOSITE = {"pass": "fail", "fail": "pass"}

Answers = dict[tuple[str, str], str]


def answers(read: Document, settings: dialects.Settings, form: Form = Form.TEMPLATE) -> Answers:
    """The verdict of each check on each resource; a review is a pass."""
    graph = dialects.read([Source(read.name, None, form, read)], settings)
    engine = Engine(
        graph,
        PACKS.checks,
        lambda check: {name: OPTIONS[name] for name, option in check.rule.options.items() if option.required},
        lambda check: check.rule.severity,
    )
    found = {(check.id, resource.name): answer[0] for check, resource, answer in engine.answers()}
    assert not engine.broken
    return {key: "pass" if kind == "review" else kind for key, kind in found.items()}


def scalars(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all scalars below `data`."""
    if isinstance(data, dict):
        for name, item in data.items():
            yield from scalars(item, (*path, name))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from scalars(item, (*path, index))
    else:
        yield path


def blurred(read: Document, path: tuple[Any, ...]) -> Document:
    """The document with one scalar known only at deploy."""
    other = document.read(read.name, read.text.encode())
    other.data = copy.deepcopy(read.data)
    target = other.data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = {"!Unknown": ""}
    return other


def flips(before: Answers, after: Answers) -> list[str]:
    return [
        f"{check} on {name}: {kind} became {after[check, name]}"
        for (check, name), kind in before.items()
        if kind in OPPOSITE and after.get((check, name)) == OPPOSITE[kind]
    ]


CASES = [
    case for case in (*rule_cases(FIXTURES / "rules"), *kind_cases(FIXTURES / "kinds")) if case.dialect != "terraform"
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_blurring_a_value_flips_no_verdict(case: Case) -> None:
    entry = case.entry
    settings = dialects.Settings(entry.get("parameters"), entry.get("region"), whole=bool(entry.get("workload")))
    read = document.read("case", Lines(case.text, case.dialect).source(entry).encode())
    before = answers(read, settings)
    for path in scalars(read.data["Resources"], ("Resources",)):
        if len(path) > 3:  # below Properties and the like: a resource keeps its type
            assert flips(before, answers(blurred(read, path), settings)) == [], path


def pins(data: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Ways to pin the parameters without default: each to a value that it is allowed, all at once."""
    open = {
        name: [plain(value) for value in body.get("AllowedValues") or ("", "something", "true", "0")][:4]
        for name, body in (data.get("Parameters") or {}).items()
        if isinstance(body, dict) and "Default" not in body
    }
    if open:
        for values in zip(*(itertools.cycle(options) for options in open.values()), range(4), strict=False):
            yield dict(zip(open, values[:-1], strict=True))
        for name, options in itertools.islice(open.items(), 4):
            for option in options:
                yield {name: option}


def templates() -> list[Path]:
    if not CORPUS.exists():
        return []
    found = sorted(path for path in CORPUS.rglob("*") if path.suffix in (".yaml", ".yml", ".json", ".template"))
    return [path for path in found if b"Parameters" in path.read_bytes() and b"Resources" in path.read_bytes()]


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize("path", templates()[::3], ids=lambda path: path.name)
def test_pinning_a_parameter_flips_no_verdict_of_a_real_template(path: Path) -> None:
    try:
        read = document.read(path.name, path.read_bytes())
    except document.DocumentError:
        pytest.skip("it is broken")
    if not isinstance(read.data, dict) or not isinstance(read.data.get("Resources"), dict):
        pytest.skip("it is no template")
    before = answers(read, dialects.Settings())
    for pinned in pins(read.data):
        for region in (None, "eu-central-1"):
            assert flips(before, answers(read, dialects.Settings(pinned, region))) == [], pinned
