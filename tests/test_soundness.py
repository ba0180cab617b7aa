"""Pass and fail are promises: whatever is blurred, pinned or decided, no verdict turns into its opposite."""

from __future__ import annotations

import copy
import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wascan import dialects, document
from wascan.engine import Engine
from wascan.markers import plain
from wascan.packs import Packs
from wascan.sources import Form, Source
from wascan.testing import OPTIONS, Case, Lines, kind_cases, plan, rule_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.document import Document

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
CORPUS = ROOT.parent / "shared" / "corpus" / "cloudformation"
PACKS = Packs()
OPPOSITE = {"pass": "fail", "fail": "pass"}
HOW_IT_IS_WRITTEN = ("echoed-secrets.", "hardcoded-secrets.")
"""Checks that ask how something is written, and not what it comes to: blurring it writes it in another way."""

Answers = dict[tuple[str, str], str]


def answers(read: Document, settings: dialects.Settings, form: Form = Form.TEMPLATE) -> Answers:
    """The verdict of each check on each resource; a review is a pass."""
    graph = dialects.read([Source(read.name, None, form, read)], settings)
    engine = Engine(
        graph,
        PACKS.checks,
        lambda check: {name: OPTIONS[name] for name, option in check.rule.options.items() if option.required},
        lambda check: check.severity,
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


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def replaced(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The data with something else at a path."""
    if not path:
        return value
    inside = copy.copy(data)
    inside[path[0]] = value if len(path) == 1 else replaced(inside[path[0]], path[1:], value)
    return inside


def changed(read: Document, path: tuple[Any, ...], value: Any) -> Document:
    """The document with something else at a path."""
    other = copy.copy(read)
    other.data = replaced(read.data, path, value)
    return other


def flips(before: Answers, after: Answers) -> list[str]:
    return [
        f"{check} on {name}: {kind} became {after[check, name]}"
        for (check, name), kind in before.items()
        if kind in OPPOSITE and after.get((check, name)) == OPPOSITE[kind] and not check.startswith(HOW_IT_IS_WRITTEN)
    ]


ALL = [*rule_cases(FIXTURES / "rules"), *kind_cases(FIXTURES / "kinds")]
TEMPLATES = [case for case in ALL if case.dialect != "terraform"]
PLANS = [case for case in ALL if case.dialect == "terraform"]


def settings_of(case: Case) -> dialects.Settings:
    entry = case.entry
    return dialects.Settings(entry.get("parameters"), entry.get("region"), whole=bool(entry.get("workload")))


def template_of(case: Case) -> Document:
    return document.read("case", Lines(case.text, case.dialect).source(case.entry).encode())


@pytest.mark.parametrize("case", TEMPLATES, ids=str)
def test_blurring_a_value_flips_no_verdict(case: Case) -> None:
    settings, read = settings_of(case), template_of(case)
    before = answers(read, settings)
    for path in scalars(read.data["Resources"], ("Resources",)):
        if len(path) > 3:  # below Properties and the like: a resource keeps its type
            assert flips(before, answers(changed(read, path, {"!Unknown": ""}), settings)) == [], path


def planned(case: Case, resources: Any) -> Document:
    """The plan of a case with these resources."""
    return document.read("case", json.dumps(plan(resources, case.entry.get("region"))).encode())


@pytest.mark.parametrize("case", PLANS, ids=str)
def test_blurring_a_value_of_a_plan_flips_no_verdict(case: Case) -> None:
    settings = settings_of(case)
    resources = document.read("case", case.text.encode()).data
    before = answers(planned(case, resources), settings, Form.PLAN)
    for path in scalars(resources):
        if len(path) > 1 and not str(path[-1]).startswith("!"):
            blurred = planned(case, replaced(resources, path, {"!unknown": ""}))
            assert flips(before, answers(blurred, settings, Form.PLAN)) == [], path


OPEN = {
    "the Region": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]},
    "the account": {"Fn::Not": [{"Fn::Equals": [{"Ref": "AWS::AccountId"}, "123456789012"]}]},
    "the stack's name": {"Fn::Or": [{"Fn::Equals": ["prod", {"Ref": "AWS::StackName"}]}, {"Fn::Equals": ["a", "b"]}]},
    "a parameter": {"Fn::Equals": [{"Ref": "OpenParameter"}, "x"]},
}
DECIDED = ({"Fn::Equals": ["a", "a"]}, {"Fn::Equals": ["a", "b"]})


def under(read: Document, condition: Any) -> Document:
    """The document with one more condition, called Open."""
    parameters = {**(read.data.get("Parameters") or {}), "OpenParameter": {"Type": "String"}}
    conditions = {**(read.data.get("Conditions") or {}), "Open": condition}
    return changed(changed(read, ("Parameters",), parameters), ("Conditions",), conditions)


def agree(open: Document, settings: dialects.Settings, undecided: Any) -> list[str]:
    """What is wrong between the answers while a condition is undecided, and those when it is decided either way."""
    before = answers(under(open, undecided), settings)
    after = [answers(under(open, condition), settings) for condition in DECIDED]
    wrong = [flip for decided in after for flip in flips(before, decided)]
    for key in after[0].keys() | after[1].keys():
        found = {decided[key] for decided in after if key in decided}
        if len(found) == 1 and found <= OPPOSITE.keys() and before.get(key) not in found:
            wrong.append(f"{key}: {before.get(key)}, where all cases agree on {found}")
    return wrong


@pytest.mark.parametrize("case", TEMPLATES, ids=str)
def test_what_holds_whichever_way_a_condition_goes_holds_before_it_is_decided(case: Case) -> None:
    settings, read = settings_of(case), template_of(case)
    if "Fn::ForEach" in read.text:
        pytest.skip("a loop takes no condition")
    kinds = itertools.cycle(open for name, open in OPEN.items() if not (settings.region and name == "the Region"))
    for path in scalars(read.data["Resources"], ("Resources",)):
        if len(path) > 3 and path[2] == "Properties" and not is_inside_a_function(path):
            value = at(read.data, path)
            branches = {"Fn::If": ["Open", value, {"Ref": "AWS::NoValue"}]}
            assert agree(changed(read, path, branches), settings, next(kinds)) == [], path
    for name, body in read.data["Resources"].items():
        if isinstance(body, dict) and "Condition" not in body:
            conditional = changed(read, ("Resources", name), {**body, "Condition": "Open"})
            assert agree(conditional, settings, next(kinds)) == [], name


def is_inside_a_function(path: tuple[Any, ...]) -> bool:
    return any(step == "Ref" or str(step).startswith(("Fn::", "!")) for step in path)


NAMES = ("something", "subnet-1,subnet-2", "x-1", "arn:aws:kms:eu-central-1:123456789012:key/1")
TAKEN = {
    "String": ("", "something", "true", "0"),
    "CommaDelimitedList": ("", "a", "a,b", "true"),
    "Number": ("0", "1", "365", "0.5"),
}
"""What parameters are pinned to by their type; those of AWS's own types have to exist, and are never empty."""


def pins(data: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Ways to pin the parameters without default: each to a value that it is allowed, all at once."""
    open = {
        name: [plain(value) for value in body.get("AllowedValues") or TAKEN.get(str(body.get("Type")), NAMES)][:4]
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
