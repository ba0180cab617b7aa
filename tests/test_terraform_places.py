"""Where findings on a plan stand: in the .tf files, else in the plan."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from plans import FIXTURES, fixture, graph, load, resource

if TYPE_CHECKING:
    from pathlib import Path

    from wascan.document import Place


def place(graph: Any, name: str, *inside: str | int) -> Place:
    found = resource(graph, name)
    return found.place((*found.properties_path, *inside) if inside else found.path)


def written(name: str, place: Place) -> str:
    """The text that a place spans, with the name of its file in the fixture."""
    file = next(path for path in (FIXTURES / name).rglob("*.tf") if path.as_posix().endswith(place.file))
    line = file.read_text(encoding="utf-8").split("\n")[place.line - 1]
    assert place.line == place.end_line
    return f"{file.relative_to(FIXTURES / name).as_posix()}: {line[place.column - 1 : place.end_column - 1]}"


@pytest.mark.parametrize(
    ("name", "address", "inside", "expected"),
    [
        ("reference", "aws_sns_topic.alarms", (), 'main.tf: resource "aws_sns_topic" "alarms"'),
        ("reference", "aws_sns_topic.alarms", ("kms_master_key_id",), "main.tf: aws_kms_key.data.id"),
        ("reference", "aws_sns_topic.alarms", ("policy",), 'main.tf: resource "aws_sns_topic" "alarms"'),
        ("reference", "aws_instance.ordered_blocks", ("ebs_block_device", 1, "encrypted"), "main.tf: true"),
        ("reference", "aws_instance.ordered_blocks", ("ebs_block_device", 0, "encrypted"), "main.tf: ebs_block_device"),
        ("reference", "aws_instance.ordered_blocks", ("ebs_block_device", 0, "device_name"), 'main.tf: "/dev/sdb"'),
        ("blocks", "aws_dynamodb_table.with", ("server_side_encryption", 0, "enabled"), "main.tf: true"),
        (
            "blocks",
            "aws_dynamodb_table.with",
            ("server_side_encryption", 0, "kms_key_arn"),
            "main.tf: server_side_encryption",
        ),
        (
            "blocks",
            "aws_dynamodb_table.without",
            ("server_side_encryption", 0, "enabled"),
            'main.tf: resource "aws_dynamodb_table" "without"',
        ),
        ("sensitive", "aws_db_instance.db", ("tags", "stage"), "main.tf: tags"),
        ("repeated", 'aws_s3_bucket.each["data"]', (), 'main.tf: resource "aws_s3_bucket" "each"'),
        (
            "modules",
            'module.store["a"].aws_s3_bucket.this[0]',
            (),
            'store/main.tf: resource "aws_s3_bucket" "this"',
        ),
        (
            "modules",
            "module.plain.module.inner.aws_sns_topic.events",
            ("kms_master_key_id",),
            "store/inner/main.tf: var.key",
        ),
        (
            "modules",
            "module.plain.aws_s3_bucket_server_side_encryption_configuration.this",
            ("rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"),
            'store/main.tf: "aws:kms"',
        ),
        (
            "dynamic-block",
            "aws_s3_bucket.dynamic",
            (
                "server_side_encryption_configuration",
                0,
                "rule",
                0,
                "apply_server_side_encryption_by_default",
                0,
                "sse_algorithm",
            ),
            'main.tf: "aws:kms"',
        ),
        ("dynamic-block", "aws_instance.mixed", ("ebs_block_device", 1, "device_name"), 'main.tf: "/dev/sdc"'),
        ("dynamic-block", "aws_instance.mixed", ("ebs_block_device", 0, "device_name"), 'main.tf: "/dev/sdb"'),
        ("policies", "data.aws_iam_policy_document.base", (), 'main.tf: data "aws_iam_policy_document" "base"'),
    ],
)
def test_a_finding_stands_where_a_person_wrote_it(
    name: str, address: str, inside: tuple[str | int, ...], expected: str
) -> None:
    assert written(name, place(load(name), address, *inside)) == expected


def test_a_block_that_dynamic_does_not_make_stands_where_it_would_be_made() -> None:
    plan = FIXTURES.parent / "parity" / "container-service" / "plan.json"
    service = graph(plan.read_bytes(), str(plan))
    for module, expected in (("web", "content"), ("worker", 'dynamic "deployment_circuit_breaker"')):
        found = place(service, f"module.{module}.aws_ecs_service.this", "deployment_circuit_breaker", 0, "enabled")
        text = (plan.parent / "service" / "main.tf").read_text(encoding="utf-8").split("\n")[found.line - 1]
        assert text[found.column - 1 : found.end_column - 1] == expected


def test_the_lifecycle_stands_in_its_block() -> None:
    table = resource(load("blocks"), "aws_dynamodb_table.with")
    assert written("blocks", table.place((*table.path, "lifecycle", "prevent_destroy"))) == "main.tf: true"
    table = resource(load("blocks"), "aws_dynamodb_table.without")
    found = table.place((*table.path, "lifecycle", "prevent_destroy"))
    assert written("blocks", found) == 'main.tf: resource "aws_dynamodb_table" "without"'


def test_the_file_of_a_resource_is_its_tf_file() -> None:
    assert resource(load("blocks"), "aws_dynamodb_table.with").file.endswith("blocks/main.tf")
    assert resource(load(fixture("blocks")), "aws_dynamodb_table.with").file == "plan.json"


@pytest.mark.parametrize("indent", [None, 2])
def test_without_tf_files_it_stands_in_the_plan(indent: int | None) -> None:
    text = json.dumps(fixture("reference"), indent=indent)
    alone = load(text.encode())
    lines = text.split("\n")

    def shown(*inside: str | int) -> str:
        found = place(alone, "aws_instance.ordered_blocks", *inside)
        assert found.file == "plan.json"
        return lines[found.line - 1][found.column - 1 : found.end_column - 1]

    assert shown() == '"aws_instance.ordered_blocks"'
    assert shown("instance_type") == '"t3.micro"'
    assert shown("ebs_block_device", 1, "device_name") == '"/dev/sdz"'
    assert shown("ebs_block_device", 1, "kms_key_id") == "true"  # in after_unknown
    assert shown("nowhere") == '"aws_instance.ordered_blocks"'


def test_tf_files_are_found_in_a_source_folder(tmp_path: Path) -> None:
    plan = tmp_path / "plans" / "plan.json"
    plan.parent.mkdir()
    shutil.copy(FIXTURES / "modules" / "plan.json", plan)
    elsewhere = graph(plan.read_bytes(), str(plan))
    assert place(elsewhere, "aws_s3_bucket.apart").file == "plan.json"
    found = graph(plan.read_bytes(), str(plan), source_folders=[str(FIXTURES / "modules")])
    assert place(found, "aws_s3_bucket.apart").file.endswith("modules/main.tf")
    assert place(found, "module.keys.aws_kms_key.this").file.endswith("modules/keys/main.tf")


@pytest.mark.parametrize("source", ["terraform-aws-modules/kms/aws", "git::https://example.com/keys.git", None, 7])
def test_a_resource_of_a_module_from_elsewhere_stands_where_the_module_is_called(source: object) -> None:
    plan = fixture("modules")
    plan["configuration"]["root_module"]["module_calls"]["keys"]["source"] = source
    found = graph(json.dumps(plan).encode(), str(FIXTURES / "modules" / "plan.json"))
    assert written("modules", place(found, "module.keys.aws_kms_key.this", "policy")) == 'main.tf: module "keys"'


def test_files_are_named_as_seen_from_the_working_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES)
    found = graph((FIXTURES / "modules" / "plan.json").read_bytes(), "modules/plan.json")
    assert place(found, "module.keys.aws_kms_key.this").file == "modules/keys/main.tf"
    assert {document.name for scope in found.scopes for document in scope.documents()} == {
        "plan.json",
        "modules/main.tf",
        "modules/provider.tf",
        "modules/keys/main.tf",
        "modules/store/main.tf",
        "modules/store/inner/main.tf",
    }
    assert "modules/main.tf" in found.files


def test_a_plan_shows_none_of_its_text() -> None:
    document = load("sensitive").scopes[0].document
    assert document.text == ""
    assert document.line(1) == ""
    assert document.comments() == []


def test_a_tf_file_shows_its_lines_with_stars_for_secrets_and_keeps_its_columns() -> None:
    (file,) = [item for item in load("sensitive").scopes[0].documents() if item.name.endswith("main.tf")]
    lines = [file.line(number) for number in range(1, 50)]
    assert '  default   = "****************************"' in lines
    assert '  value = "*********************"' in lines
    assert 'resource "aws_ssm_parameter" "literal" {' in lines
