"""What references of a plan lead to, and which satellites belong to which resource."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plans import FIXTURES, fixture, graph, load, resource, said, value
from wascan.attribute import Beside, Flag, LinkTo, One
from wascan.dialects.terraform.answers import steps
from wascan.dialects.terraform.references import maximal
from wascan.kind import Kind
from wascan.markers import ABSENT, Text
from wascan.world import World

if TYPE_CHECKING:
    from wascan.graph import Companions

WORLD = World(blurred=True)


class Bucket(Kind):
    """A bucket, unknown to all but these tests."""

    own_name = One(tf="$.bucket")
    versioned = Flag(
        on=("Enabled",),
        tf=(
            "$.versioning[*].enabled",
            Beside("aws_s3_bucket_versioning", "$.versioning_configuration[*].status", by="$.bucket"),
        ),
    )


def companions(graph: Any, name: str, type: str, by: str = "$.bucket") -> Companions:
    target = resource(graph, name)
    return graph.companions(target, type, by, value(graph, name, "$.bucket"), WORLD)


def names(found: list[Any]) -> list[str]:
    return [item.name for item in found]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("aws_kms_key.k.arn", ["aws_kms_key", "k", "arn"]),
        ('module.m["a.b"].out', ["module", "m", ("a.b",), "out"]),
        ("aws_x.y[0].z[12].w", ["aws_x", "y", (0,), "z", (12,), "w"]),
        (r'var.a["q\"]"].b', ["var", "a", ('q"]',), "b"]),
    ],
)
def test_a_reference_is_taken_apart_at_its_dots_and_indices(reference: str, expected: list[Any]) -> None:
    assert steps(reference) == expected


def test_what_a_reference_begins_with_is_no_reference_of_its_own() -> None:
    listed = ["aws_s.x[0].id", "aws_s.x[0]", "aws_s.x", "aws_s.x[1].id", "aws_s.x[1]", "aws_s.x", "aws_s.xy", "aws_s.x"]
    assert maximal({"references": listed}) == ["aws_s.x[0].id", "aws_s.x[1].id", "aws_s.xy", "aws_s.x"]


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("aws_sns_topic.alarms", "$.kms_master_key_id", "-> aws_kms_key.data.id"),
        ("aws_ebs_volume.source", "$.kms_key_id", "-> aws_kms_key.data.arn"),
        ("aws_ebs_volume.through", "$.kms_key_id", "-> aws_kms_key.data.arn"),
        ("aws_ebs_volume.indexed", "$.kms_key_id", "-> aws_kms_key.counted[0].arn"),
        ("aws_ebs_volume.splat", "$.kms_key_id", "-> aws_kms_key.counted[0]"),
    ],
)
def test_an_unknown_attribute_with_one_reference_is_that_reference(name: str, path: str, expected: str) -> None:
    assert said(value(load(fixture("reference")), name, path)) == expected


def test_a_list_holds_the_references_in_it_and_stays_open() -> None:
    graph = load(fixture("reference"))
    beside = "? the plan does not show what else is in it"
    assert said(value(graph, "aws_cloudwatch_metric_alarm.errors", "$.alarm_actions")) == [
        "-> aws_sns_topic.alarms.arn",
        beside,
    ]


def test_of_several_instances_nobody_can_tell_which_are_in_a_list_but_from_the_file() -> None:
    assert said(value(load(fixture("reference")), "aws_db_subnet_group.splat", "$.subnet_ids")) == (
        "? it is made of aws_subnet.private"
    )
    assert said(value(load("reference"), "aws_db_subnet_group.splat", "$.subnet_ids")) == [
        "-> aws_subnet.private[0].id",
        "-> aws_subnet.private[1].id",
    ]


def test_blocks_are_told_apart_by_their_constants_and_not_by_their_order() -> None:
    blocks = value(load(fixture("reference")), "aws_instance.ordered_blocks", "$.ebs_block_device")
    assert [(block["device_name"], said(block["kms_key_id"])) for block in blocks] == [
        ("/dev/sdb", None),
        ("/dev/sdz", "-> aws_kms_key.data.arn"),
    ]


def test_what_blocks_say_that_the_plan_takes_for_one_expression_is_read_in_the_file() -> None:
    (ingress,) = value(load("unknown"), "aws_security_group.blocks_that_are_attributes", "$.ingress")
    assert said(ingress["security_groups"]) == ["-> aws_security_group.other.id"]


@pytest.mark.parametrize(
    ("name", "path", "reason"),
    [
        ("aws_ebs_volume.from_local", "$.kms_key_id", "it comes from local.key, which is not part of a plan"),
        (
            "aws_ebs_volume.from_two",
            "$.kms_key_id",
            "it is made of var.use_first, aws_kms_key.first.arn, aws_kms_key.second.arn",
        ),
        (
            "aws_security_group.blocks_that_are_attributes",
            "$.ingress[0].security_groups",
            "it is made of aws_security_group.other.id",
        ),
    ],
)
def test_what_is_not_certain_stays_unknown_and_says_why(name: str, path: str, reason: str) -> None:
    assert said(value(load(fixture("unknown")), name, path)) == f"? {reason}"


@pytest.mark.parametrize(
    ("name", "path", "part"),
    [
        ("aws_ebs_volume.from_one_of_variable", "$.kms_key_id", "-> aws_kms_key.first.arn"),
        ("aws_sqs_queue.structure_lost", "$.policy", "-> aws_sns_topic.alarms.arn"),
    ],
)
def test_a_reference_beside_what_is_known_is_a_part_of_the_value(name: str, path: str, part: str) -> None:
    found = value(load(fixture("unknown")), name, path)
    assert isinstance(found, Text)
    assert part in map(said, found.parts)
    assert found.identity is None


def test_no_reference_leads_to_a_resource_that_no_provider_of_aws_makes() -> None:
    plan = fixture("reference")
    for entry in (*plan["resource_changes"], *plan["configuration"]["root_module"]["resources"]):
        if entry["address"] == "aws_kms_key.data":
            entry["address"], entry["type"] = "random_id.data", "random_id"
    text = {"references": ["random_id.data.hex", "random_id.data"]}
    for entry in plan["configuration"]["root_module"]["resources"]:
        if entry["address"] == "aws_sns_topic.alarms":
            entry["expressions"]["kms_master_key_id"] = text
    assert said(value(load(plan), "aws_sns_topic.alarms", "$.kms_master_key_id")) == "? it comes from random_id.data"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('aws_s3_bucket_public_access_block.value["data"]', '-> aws_s3_bucket.each["data"].id'),
        ('aws_s3_bucket_public_access_block.value["logs"]', '-> aws_s3_bucket.each["logs"].id'),
        ('aws_s3_bucket_versioning.key["data"]', '-> aws_s3_bucket.each["data"]'),
        ('aws_s3_bucket_versioning.key["logs"]', '-> aws_s3_bucket.each["logs"]'),
        ("aws_s3_bucket_versioning.counted[0]", "-> aws_s3_bucket.counted[0]"),
        ("aws_s3_bucket_versioning.counted[1]", "-> aws_s3_bucket.counted[1]"),
        ("aws_s3_bucket_ownership_controls.named", '-> aws_s3_bucket.each["logs"].id'),
        (
            "aws_s3_bucket_accelerate_configuration.open[0]",
            "? it is made of aws_s3_bucket.each, var.names, count.index",
        ),
    ],
)
def test_instances_are_matched_by_key_and_index(name: str, expected: str) -> None:
    assert said(value(load(fixture("repeated")), name, "$.bucket")) == expected


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        (
            "module.plain.module.inner.aws_sns_topic.events",
            "$.kms_master_key_id",
            "-> module.keys.aws_kms_key.this.arn",
        ),
        (
            'module.store["a"].module.inner.aws_s3_bucket_public_access_block.this',
            "$.bucket",
            '-> module.store["a"].aws_s3_bucket.this[0]',
        ),
        (
            "module.plain.aws_s3_bucket_server_side_encryption_configuration.this",
            "$.rule[0].apply_server_side_encryption_by_default[0].kms_master_key_id",
            "-> module.keys.aws_kms_key.this.arn",
        ),
        ("aws_s3_bucket_ownership_controls.plain", "$.bucket", "-> module.plain.aws_s3_bucket.this[0].id"),
        (
            'aws_s3_bucket_accelerate_configuration.value["b"]',
            "$.bucket",
            '-> module.store["b"].aws_s3_bucket.this[0].id',
        ),
        ('aws_s3_bucket_versioning.key["a"]', "$.bucket", '-> module.store["a"].aws_s3_bucket.this[0]'),
    ],
)
def test_references_are_followed_into_modules_and_out_of_them(name: str, path: str, expected: str) -> None:
    assert said(value(load(fixture("modules")), name, path)) == expected


def test_a_satellite_in_another_module_belongs_to_the_bucket_that_it_names() -> None:
    graph = load(fixture("modules"))
    found = companions(graph, 'module.store["a"].aws_s3_bucket.this[0]', "aws_s3_bucket_public_access_block")
    assert names(found.certain) == ['module.store["a"].module.inner.aws_s3_bucket_public_access_block.this']
    assert not found.open
    found = companions(graph, "module.plain.aws_s3_bucket.this[0]", "aws_s3_bucket_ownership_controls")
    assert names(found.certain) == ["aws_s3_bucket_ownership_controls.plain"]


def test_a_satellite_that_stays_open_may_belong_to_what_can_get_into_its_module() -> None:
    graph = load(fixture("modules"))
    type, open = "aws_s3_bucket_request_payment_configuration", ["aws_s3_bucket_request_payment_configuration.open"]
    assert names(companions(graph, "aws_s3_bucket.apart", type).open) == open
    assert names(companions(graph, "module.plain.aws_s3_bucket.this[0]", type).open) == open


def test_a_satellite_that_stays_open_does_not_belong_to_what_cannot_get_into_its_module() -> None:
    plan = fixture("modules")
    for call in plan["configuration"]["root_module"]["module_calls"].values():
        if "name" in call.get("expressions", {}):
            call["module"]["outputs"] = {}
    type = "aws_s3_bucket_request_payment_configuration"
    assert not companions(load(plan), "module.plain.aws_s3_bucket.this[0]", type).open


def test_an_open_satellite_in_a_called_module_may_belong_to_what_is_passed_in() -> None:
    plan = fixture("modules")
    call = plan["configuration"]["root_module"]["module_calls"]["plain"]
    inner = call["module"]["module_calls"]["inner"]["module"]
    (block,) = [item for item in inner["resources"] if item["type"] == "aws_s3_bucket_public_access_block"]
    block["expressions"]["bucket"] = {"references": ["local.bucket"]}
    graph = load(plan)
    type = "aws_s3_bucket_public_access_block"
    (open,) = [item for item in graph.resources if item.type == type and item.name.startswith("module.plain.")]
    assert companions(graph, "module.plain.aws_s3_bucket.this[0]", type).open == [open]
    assert not companions(graph, "aws_s3_bucket.apart", type).open


def test_a_bucket_with_its_satellite_is_judged_by_it_and_one_without_is_not() -> None:
    graph = load("repeated")
    assert Bucket(resource(graph, 'aws_s3_bucket.each["data"]'), WORLD).versioned.is_true().truth.value == "pass"
    graph = load(fixture("modules"))
    assert Bucket(resource(graph, "aws_s3_bucket.apart"), WORLD).versioned.is_true().truth.value == "fail"


def test_a_satellite_that_a_plan_made_with_target_does_not_have_is_unknown() -> None:
    assert Bucket(resource(load("target"), "aws_s3_bucket.seen"), WORLD).versioned.is_true().truth.value == "unknown"


def test_a_satellite_is_known_by_the_literal_name_of_its_bucket() -> None:
    plan = fixture("repeated")
    for entry in plan["resource_changes"]:
        if entry["address"] in ("aws_s3_bucket.counted[0]", "aws_s3_bucket_versioning.counted[1]"):
            entry["change"]["after"]["bucket"] = "literal"
            del entry["change"]["after_unknown"]["bucket"]
    found = companions(load(plan), "aws_s3_bucket.counted[0]", "aws_s3_bucket_versioning")
    assert names(found.certain) == ["aws_s3_bucket_versioning.counted[0]", "aws_s3_bucket_versioning.counted[1]"]


def test_a_satellite_is_known_by_what_aws_named_its_target() -> None:
    graph = load("changes")
    target = resource(graph, "aws_sqs_queue.kept")
    found = graph.companions(target, "aws_sqs_queue_policy", "$.queue_url", ABSENT, WORLD)
    assert names(found.certain) == ["aws_sqs_queue_policy.kept"]


def test_a_link_follows_what_aws_named_its_target(monkeypatch: pytest.MonkeyPatch) -> None:
    class Queue(Kind):
        """A queue, unknown to all but this test."""

    class Policy(Kind):
        queue = LinkTo(to="Queue", tf="$.queue_url")

    Queue.types = ("aws_sqs_queue",)
    monkeypatch.setattr("wascan.kind.kind_named", {"Queue": Queue}.__getitem__)
    graph = load("changes")
    policy = Policy(resource(graph, "aws_sqs_queue_policy.kept"), WORLD)
    assert policy.queue.target is resource(graph, "aws_sqs_queue.kept")


@pytest.mark.parametrize(
    "references",
    [
        ["aws_ebs_volume.source.kms_key_id", "aws_ebs_volume.source"],
        ["module.nowhere.out", "module.nowhere"],
        ["aws_kms_key.nowhere.arn"],
        ["aws_kms_key.counted[7].arn"],
        ["each.value"],
        ["self.arn"],
        ["var.nowhere.a.b"],
    ],
)
def test_references_that_lead_nowhere_or_in_a_circle_are_unknown(references: list[str]) -> None:
    plan = fixture("reference")
    for entry in plan["configuration"]["root_module"]["resources"]:
        if entry["address"] == "aws_ebs_volume.source":
            entry["expressions"]["kms_key_id"] = {"references": references}
    found = said(value(load(plan), "aws_ebs_volume.source", "$.kms_key_id"))
    assert found.startswith("? ") or found == "-> aws_ebs_volume.source.kms_key_id"


def test_a_long_chain_of_references_ends_in_unknown_and_not_in_an_error() -> None:
    plan = fixture("reference")
    (change,) = [item for item in plan["resource_changes"] if item["address"] == "aws_ebs_volume.source"]
    (entry,) = [
        item for item in plan["configuration"]["root_module"]["resources"] if item["address"] == "aws_ebs_volume.source"
    ]
    for number in range(2000):
        name = f"aws_ebs_volume.v{number}"
        plan["resource_changes"].append({**change, "address": name, "name": f"v{number}"})
        behind = f"aws_ebs_volume.v{number + 1}.kms_key_id"
        expressions = {**entry["expressions"], "kms_key_id": {"references": [behind]}}
        plan["configuration"]["root_module"]["resources"].append({**entry, "address": name, "expressions": expressions})
    volumes = [item for item in load(plan).resources if item.name.startswith("aws_ebs_volume.v")]
    assert {said(item.properties["kms_key_id"])[:2] for item in volumes} <= {"? ", "->"}


@pytest.mark.parametrize(
    ("plan", "name", "path", "expected"),
    [
        ("unknown", "aws_ebs_volume.from_local", "$.kms_key_id", "-> aws_kms_key.first.arn"),
        ("unknown", "aws_ebs_volume.from_two", "$.kms_key_id", "-> aws_kms_key.first.arn"),
        ("unknown", "aws_ebs_volume.from_one_of_variable", "$.kms_key_id", "-> aws_kms_key.first.arn"),
        ("reference", "aws_cloudwatch_metric_alarm.errors", "$.alarm_actions", ["-> aws_sns_topic.alarms.arn"]),
        (
            "reference",
            "aws_db_subnet_group.splat",
            "$.subnet_ids",
            ["-> aws_subnet.private[0].id", "-> aws_subnet.private[1].id"],
        ),
        (
            "repeated",
            "aws_s3_bucket_accelerate_configuration.open[1]",
            "$.bucket",
            '-> aws_s3_bucket.each["data"].id',
        ),
        ("repeated", 'aws_s3_bucket_versioning.key["logs"]', "$.bucket", '-> aws_s3_bucket.each["logs"].id'),
        (
            "modules",
            "aws_s3_bucket_request_payment_configuration.open",
            "$.bucket",
            "-> module.plain.aws_s3_bucket.this[0].id",
        ),
        (
            "modules",
            'aws_s3_bucket_versioning.key["b"]',
            "$.bucket",
            '-> module.store["b"].aws_s3_bucket.this[0].id',
        ),
        (
            "providers",
            "aws_sqs_queue.tags_unknown",
            "$.tags",
            {"owner": "payments", "stage": "test", "queue": "-> aws_sqs_queue.tagged.arn"},
        ),
    ],
)
def test_with_the_tf_files_at_hand_expressions_are_read_in_them(
    plan: str, name: str, path: str, expected: object
) -> None:
    assert said(value(load(plan), name, path)) == expected


def test_a_tf_file_that_is_not_what_was_planned_is_not_believed() -> None:
    plan = fixture("unknown")
    for entry in plan["configuration"]["root_module"]["resources"]:
        if entry["address"] == "aws_ebs_volume.from_two":
            entry["expressions"]["kms_key_id"]["references"] = ["aws_kms_key.second.arn", "aws_kms_key.second"]
    found = graph(json.dumps(plan).encode(), str(FIXTURES / "unknown" / "plan.json"))
    assert said(value(found, "aws_ebs_volume.from_two", "$.kms_key_id")) == "-> aws_kms_key.second.arn"
