"""Plans that are not as they should be, and all the real ones at hand."""

from __future__ import annotations

import copy
import json
import random
import time
from typing import TYPE_CHECKING, Any

import pytest

from plans import FIXTURES, ROOT, fixture, load
from wascan.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from wascan.graph import Graph

JUNK: list[Any] = [
    None, True, 0, -1, 1.5, "", "x", "module.x", [], {}, [None], [{}], [[[]]], {"a": {"b": [1]}}, ["a", 1],
    {"references": ["var.x", "each.value", "aws_s3_bucket.this[0].id", 'module.store["a"].bucket']},
    {"references": [1, None]}, {"constant_value": {}},
]  # fmt: skip
SHARED = ROOT.parent / "shared"
REAL = sorted([*SHARED.glob("corpus/terraform/**/*.json"), *SHARED.glob("oracle/files/*plan*/*.json")])


def read_all(graph: Graph) -> int:
    """Everything that anybody may ask of a graph."""
    world = World(blurred=True)
    for item in graph.resources:
        scope = item.scope
        scope.deep(item.properties, (), world)
        scope.deep(item.body, (), world)
        scope.region_of(item, world)
        scope.account(world)
        scope.identifiers(item)
        scope.exists(item, world)
        list(scope.onlookers(item))
        item.place(item.path)
        item.place((*item.properties_path, "rule", 0, "x"))
    for scope in graph.scopes:
        scope.region(world)
        list(scope.documents())
    return len(graph.resources)


def spots(data: Any) -> list[tuple[Any, Any]]:
    """Every place in a plan: a container, and the name or index in it."""
    found: list[tuple[Any, Any]] = []
    todo = [data]
    while todo:
        container = todo.pop()
        items = container.items() if isinstance(container, dict) else enumerate(container)
        for name, item in items:
            found.append((container, name))
            if isinstance(item, (dict, list)):
                todo.append(item)
    return found


@pytest.mark.parametrize("seed", range(150))
def test_no_plan_is_too_malformed(seed: int) -> None:
    chance = random.Random(seed)
    plan = fixture(chance.choice(["modules", "policies", "providers", "repeated", "dynamic-block", "changes"]))
    for _ in range(chance.randint(1, 12)):
        all_spots = spots(plan)
        container, name = chance.choice(all_spots[: max(5, int(len(all_spots) * chance.random()))])
        if chance.random() < 0.2 and isinstance(container, dict):
            del container[name]
        else:
            container[name] = copy.deepcopy(chance.choice(JUNK))
    if "format_version" in plan:
        read_all(load(plan))


@pytest.mark.parametrize(
    "change",
    [
        {"resource_changes": [None]},
        {"resource_changes": [{"address": "a.b", "type": "a", "name": "b", "change": {"actions": "create"}}]},
        {"resource_changes": [{"address": 1, "type": "a", "name": "b", "change": {"actions": ["create"]}}]},
        {
            "resource_changes": [
                {"address": "a.b", "type": "a", "name": "b", "change": {"actions": ["create"], "after": 1}}
            ]
        },
        {"resource_changes": [], "planned_values": {"root_module": {"resources": [{"address": "a.b"}]}}},
        {"resource_changes": [], "deferred_changes": [{}]},
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(change: dict[str, Any]) -> None:
    graph = load({**fixture("blocks"), **change})
    errors = [note for note in graph.notes if note.level == "error"]
    assert len(errors) == 1
    assert "malformed" in errors[0].message
    assert errors[0].line == 1


@pytest.mark.skipif(not REAL, reason="the real plans are not at hand")
def test_every_real_plan_loads() -> None:
    resources = 0
    for file in REAL:
        raw = file.read_bytes()
        if raw.startswith(b"[command]"):  # what a wrapper prints around a plan is taken off before
            continue
        data = json.loads(raw)
        if "format_version" in data and ("resource_changes" in data or "planned_values" in data):
            graph = load(raw)
            assert not [note for note in graph.notes if note.level == "error"], file
            resources += read_all(graph)
    assert resources > 1500


def test_every_fixture_has_a_plan_that_names_no_folder_of_a_machine() -> None:
    for folder in {path.parent for path in FIXTURES.glob("*/main.tf")}:
        text = (folder / "plan.json").read_text(encoding="utf-8")
        assert "/tmp" not in text
        assert "/home" not in text
        assert not [note for note in load(folder.name).notes if note.level == "error"]


def test_loading_takes_time_in_proportion(tmp_path: Path) -> None:
    assert tmp_path.exists()
    base = fixture("modules")

    def seconds(copies: int) -> float:
        plan = copy.deepcopy(base)
        for number in range(copies):
            for entry in base["resource_changes"]:
                if "module_address" not in entry:
                    name = f"{entry['name']}{number}"
                    address = entry["address"].replace(f".{entry['name']}", f".{name}", 1)
                    plan["resource_changes"].append({**entry, "address": address, "name": name})
            for entry in base["configuration"]["root_module"]["resources"]:
                name = f"{entry['name']}{number}"
                address = f"{entry['type']}.{name}"
                plan["configuration"]["root_module"]["resources"].append({**entry, "address": address, "name": name})
        raw = json.dumps(plan).encode()
        start = time.process_time()
        graph = load(raw)
        for item in graph.resources:
            _ = item.properties
        return time.process_time() - start

    seconds(50)
    small, large = min(seconds(100) for _ in range(3)), min(seconds(800) for _ in range(3))
    assert large < small * 8 * 3
