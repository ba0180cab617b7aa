"""Loading plans: formats, what is in and what is out, values."""

from __future__ import annotations

import json

import pytest

from plans import FIXTURES, fixture, load, resource, said, value
from wascan.markers import ABSENT
from wascan.world import World

WORLD = World(blurred=True)


@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0", "1.2", "1.9"])
def test_every_minor_version_of_the_format_is_read(version: str) -> None:
    graph = load({**fixture("blocks"), "format_version": version})
    assert not graph.notes
    assert len(graph.resources) == 4


@pytest.mark.parametrize("version", ["2.0", "10.1", "", None, 1.2])
def test_an_unknown_major_version_is_an_error(version: object) -> None:
    graph = load({**fixture("blocks"), "format_version": version})
    assert not graph.resources
    assert [note.level for note in graph.notes] == ["error"]
    assert "formats 0.1 to 1.x" in graph.notes[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("indent", [None, 4])
def test_a_plan_is_read_in_any_unicode_encoding_on_one_line_and_on_many(encoding: str, indent: int | None) -> None:
    graph = load(json.dumps(fixture("reference"), indent=indent).encode(encoding))
    assert said(value(graph, "aws_sns_topic.alarms", "$.kms_master_key_id")) == "-> aws_kms_key.data.id"


def test_a_created_resource_has_its_address_type_and_module() -> None:
    graph = load("modules")
    topic = resource(graph, 'module.store["a"].module.inner.aws_sns_topic.events')
    assert topic.type == "aws_sns_topic"
    assert topic.dialect == "tf"
    assert topic.address == f"plan.json/{topic.name}"
    assert topic.scope.name == 'module.store["a"].module.inner'
    assert topic.scope.namespace == "plan.json"


def test_what_is_deleted_is_out_and_what_is_kept_replaced_and_moved_is_in() -> None:
    graph = load("changes")
    found = {item.name: item.body["actions"] for item in graph.resources if item.type == "aws_sqs_queue"}
    assert found == {
        "aws_sqs_queue.created": ["create"],
        "aws_sqs_queue.kept": ["no-op"],
        "aws_sqs_queue.moved": ["no-op"],
        "aws_sqs_queue.replaced": ["delete", "create"],
        "aws_sqs_queue.updated": ["update"],
    }


def test_what_is_forgotten_and_what_is_left_of_a_failed_replacement_is_out() -> None:
    plan = fixture("changes")
    for entry in plan["resource_changes"]:
        if entry["name"] == "updated":
            entry["change"]["actions"] = ["forget"]
        if entry["name"] == "moved":
            entry["deposed"] = "00000001"
    names = {item.name for item in load(plan).resources}
    assert "aws_sqs_queue.updated" not in names
    assert "aws_sqs_queue.moved" not in names


def test_a_computed_default_of_a_resource_that_is_made_is_absent() -> None:
    graph = load("computed-default")
    assert value(graph, "aws_db_instance.bare", "$.multi_az") is ABSENT
    assert value(graph, "aws_db_instance.bare", "$.backup_retention_period") is ABSENT
    assert value(graph, "aws_s3_bucket.bare", "$.versioning[*].enabled") is ABSENT
    assert value(graph, "aws_instance.block_without_it", "$.root_block_device[0].encrypted") is ABSENT
    assert value(graph, "aws_instance.block_without_it", "$.root_block_device[0].volume_size") == 20


def test_an_expression_that_came_to_null_leaves_the_computed_default() -> None:
    assert value(load("computed-default"), "aws_db_instance.null_variable", "$.backup_retention_period") is ABSENT


def test_what_an_update_leaves_unknown_is_unknown() -> None:
    plan = fixture("changes")
    (entry,) = [item for item in plan["resource_changes"] if item["name"] == "updated"]
    del entry["change"]["after"]["sqs_managed_sse_enabled"]
    entry["change"]["after_unknown"]["sqs_managed_sse_enabled"] = True
    found = value(load(plan), "aws_sqs_queue.updated", "$.sqs_managed_sse_enabled")
    assert said(found) == "? it is known only when it is applied"


def test_null_is_absence() -> None:
    graph = load("null")
    assert value(graph, "aws_sqs_queue.orders", "$.kms_master_key_id") is ABSENT
    assert value(graph, "aws_db_instance.db", "$.deletion_protection") is ABSENT


def test_a_block_that_is_not_there_and_a_list_without_items_are_absent() -> None:
    graph = load("blocks")
    assert value(graph, "aws_dynamodb_table.with", "$.server_side_encryption[0].enabled") is True
    assert value(graph, "aws_dynamodb_table.without", "$.server_side_encryption") is ABSENT
    assert value(graph, "aws_lambda_function.without", "$.vpc_config") is ABSENT
    assert value(graph, "aws_lambda_function.without", "$.vpc_config[*].subnet_ids") is ABSENT
    assert value(graph, "aws_security_group.closed", "$.ingress") is ABSENT


def test_what_a_dynamic_block_makes_is_known_where_the_plan_or_the_file_has_it_and_unknown_else() -> None:
    for graph, key in (
        (load("dynamic-block"), "-> aws_kms_key.data.arn"),
        (load(fixture("dynamic-block")), "? its block is none"),
    ):
        name = "aws_s3_bucket.dynamic"
        path = "$.server_side_encryption_configuration[0].rule[0].apply_server_side_encryption_by_default[0]"
        assert value(graph, name, f"{path}.sse_algorithm") == "aws:kms"
        assert said(value(graph, name, f"{path}.kms_master_key_id")).startswith(key)
        (ingress,) = value(graph, "aws_security_group.number_unknown", "$.ingress")
        assert said(ingress) == "? it is known only when it is applied whether there is such a block"


def test_a_dynamic_block_beside_one_that_the_configuration_shows_is_told_from_it() -> None:
    graph = load(fixture("dynamic-block"))
    blocks = {block["device_name"]: block for block in value(graph, "aws_instance.mixed", "$.ebs_block_device")}
    assert said(blocks["/dev/sdb"]["kms_key_id"]) == "-> aws_kms_key.data.arn"
    assert blocks["/dev/sdb"]["encrypted"] is None
    assert said(blocks["/dev/sdc"]["kms_key_id"]).startswith("? its block is none")
    assert said(blocks["/dev/sdc"]["encrypted"]).startswith("? its block is none")


def test_what_a_dynamic_block_makes_is_read_from_the_tf_file() -> None:
    graph = load("dynamic-block")
    blocks = {block["device_name"]: block for block in value(graph, "aws_instance.mixed", "$.ebs_block_device")}
    assert said(blocks["/dev/sdb"]["kms_key_id"]) == said(blocks["/dev/sdc"]["kms_key_id"]) == "-> aws_kms_key.data.arn"
    assert blocks["/dev/sdb"]["encrypted"] is blocks["/dev/sdc"]["encrypted"] is None


def test_a_dynamic_block_of_unknown_number_is_read_from_the_tf_file() -> None:
    assert said(value(load("dynamic-block"), "aws_s3_bucket.dynamic", "$.versioning")) == (
        "? it is known only when it is applied whether there is such a block"
    )


def test_sensitive_values_are_masked_and_empty_ones_are_not() -> None:
    graph = load("sensitive")
    hidden = "? its value is sensitive"
    password = value(graph, "aws_db_instance.db", "$.password")
    assert said(password) == hidden
    assert password.filled
    assert said(value(graph, "aws_ssm_parameter.literal", "$.value")) == hidden
    assert value(graph, "aws_secretsmanager_secret_version.empty", "$.secret_string") == ""
    assert value(graph, "aws_secretsmanager_secret_version.empty", "$.secret_binary") is ABSENT


def test_of_blocks_that_are_sensitive_as_a_whole_it_is_known_how_many_there_are() -> None:
    (user,) = value(
        load((FIXTURES.parent / "parity" / "messaging" / "plan.json").read_bytes()),
        'aws_mq_broker.this["old"]',
        "$.user",
    )
    assert {name: said(item) for name, item in user.items() if item} == dict.fromkeys(
        ("console_access", "password", "replication_user", "username"), "? its value is sensitive"
    )


def test_sensitive_tags_are_masked_where_the_plan_forgets_to_say_so_too() -> None:
    found = resource(load("sensitive"), "aws_db_instance.db").properties
    assert said(found["tags"]) == {"owner": "? its value is sensitive", "stage": "test"}
    assert said(found["tags_all"]) == {"owner": "? its value is sensitive", "stage": "test"}


def test_old_plans_that_do_not_say_what_is_sensitive_show_no_passwords() -> None:
    plan = fixture("sensitive")
    for entry in plan["resource_changes"]:
        del entry["change"]["after_sensitive"]
    assert said(value(load(plan), "aws_db_instance.db", "$.password")) == "? its value is sensitive"


def test_it_is_told_which_attributes_are_written_as_constants() -> None:
    graph = load("sensitive")
    assert value(graph, "aws_ssm_parameter.literal", "@.literal.value") is True
    assert value(graph, "aws_db_instance.db", "@.literal.password") is ABSENT


def test_no_secret_is_anywhere_in_what_the_graph_shows() -> None:
    graph = load("sensitive")
    shown = [repr(item.scope.deep(item.properties, (), WORLD)) + repr(item.body) for item in graph.resources]
    for document in (document for scope in graph.scopes for document in scope.documents()):
        shown += [document.line(number) for number in range(1, 2000)]
    text = "\n".join(shown)
    assert "main.tf" in {document.name.rpartition("/")[2] for scope in graph.scopes for document in scope.documents()}
    for secret in ("correct-horse-battery-staple", "somebody-whose-name-is-secret", "written-into-the-code"):
        assert secret not in text
    assert "aws_ssm_parameter" in text


def test_a_plan_without_changes_is_read_from_its_planned_values() -> None:
    plan = fixture("computed-default")
    del plan["resource_changes"]
    graph = load(plan)
    assert not graph.notes
    assert value(graph, "aws_db_instance.bare", "$.engine") == "postgres"
    assert value(graph, "aws_db_instance.bare", "$.multi_az") is ABSENT
    assert said(value(graph, "aws_db_instance.bare", "$.password")) == "? its value is sensitive"


def test_references_are_followed_in_planned_values_too() -> None:
    plan = fixture("modules")
    del plan["resource_changes"]
    graph = load(plan)
    name = 'module.store["b"].aws_s3_bucket_server_side_encryption_configuration.this'
    path = "$.rule[0].apply_server_side_encryption_by_default[0]"
    assert said(value(graph, name, f"{path}.kms_master_key_id")) == "-> module.keys.aws_kms_key.this.arn"
    assert value(graph, name, f"{path}.sse_algorithm") == "aws:kms"
    assert said(value(graph, name, "$.bucket")) == '-> module.store["b"].aws_s3_bucket.this[0].id'


def test_planned_values_leave_open_what_a_dynamic_block_makes() -> None:
    plan = fixture("dynamic-block")
    del plan["resource_changes"]
    path = "$.server_side_encryption_configuration[0].rule[0].apply_server_side_encryption_by_default[0]"
    found = value(load(plan), "aws_s3_bucket.dynamic", f"{path}.kms_master_key_id")
    assert said(found) == "? the plan leaves out what is known only when it is applied"


def test_a_plan_without_configuration_says_so_once_and_knows_less() -> None:
    plan = fixture("reference")
    del plan["configuration"]
    graph = load(plan)
    assert [note.message for note in graph.notes] == [
        "this plan has no configuration, so references are lost and more is unknown"
    ]
    assert said(value(graph, "aws_sns_topic.alarms", "$.kms_master_key_id")).startswith("? ")
    assert said(value(graph, "aws_ebs_volume.source", "$.type")).startswith("? ")
    assert value(graph, "aws_ebs_volume.source", "$.encrypted") is True


def test_planned_values_without_configuration_leave_open_what_is_missing() -> None:
    plan = fixture("reference")
    graph = load({"format_version": "1.2", "planned_values": plan["planned_values"]})
    assert said(value(graph, "aws_ebs_volume.source", "$.kms_key_id")).startswith("? ")
    assert value(graph, "aws_ebs_volume.source", "$.snapshot") is not ABSENT


def test_an_errored_plan_says_so_and_is_no_whole() -> None:
    graph = load({**fixture("blocks"), "errored": True})
    assert [note.level for note in graph.notes] == ["warning"]
    assert "errored" in graph.notes[0].message
    assert not graph.scopes[0].whole
    assert graph.scopes[0].partial


def test_a_complete_plan_is_a_whole() -> None:
    graph = load("blocks")
    assert graph.scopes[0].whole
    assert not graph.scopes[0].partial


def test_a_plan_made_with_target_is_no_whole() -> None:
    graph = load("target")
    assert "not complete" in graph.notes[0].message
    assert not graph.scopes[0].whole
    assert graph.scopes[0].partial


def test_a_plan_made_with_target_by_a_version_that_does_not_say_so_is_found_out() -> None:
    plan = fixture("target")
    del plan["complete"]
    graph = load(plan)
    assert "-target" in graph.notes[0].message
    assert not graph.scopes[0].whole
    assert graph.scopes[0].partial


def test_a_whole_that_was_declared_stays_one() -> None:
    assert load("target", whole=True).scopes[0].whole


def test_deferred_changes_are_in_the_plan_but_may_not_exist() -> None:
    plan = fixture("blocks")
    entry = plan["resource_changes"].pop()
    plan["deferred_changes"] = [{"reason": "instance_count_unknown", "resource_change": entry}]
    graph = load(plan)
    assert "defers" in graph.notes[0].message
    deferred = resource(graph, entry["address"])
    assert deferred.scope.exists(deferred, WORLD) is None
    other = resource(graph, "aws_dynamodb_table.with")
    assert other.scope.exists(other, WORLD) is True


def test_resources_of_other_providers_are_nodes_that_nobody_judges() -> None:
    plan = fixture("blocks")
    plan["resource_changes"].append(
        {
            "address": "random_pet.name",
            "mode": "managed",
            "type": "random_pet",
            "name": "name",
            "provider_name": "registry.opentofu.org/hashicorp/random",
            "change": {"actions": ["create"], "after": {"length": 2}, "after_unknown": {"id": True}},
        }
    )
    assert resource(load(plan), "random_pet.name").derived


@pytest.mark.parametrize("host", ["registry.opentofu.org/hashicorp/aws", "mirror.example.com/hashicorp/aws"])
def test_the_aws_provider_is_known_from_any_registry(host: str) -> None:
    plan = json.loads(json.dumps(fixture("providers")).replace("registry.terraform.io/hashicorp/aws", host))
    found = resource(load(plan), "aws_sqs_queue.no_defaults")
    assert not found.derived
    assert found.scope.region_of(found, WORLD) == "us-east-1"


def test_the_region_is_that_of_the_provider() -> None:
    graph = load("providers")
    regions = {item.name: said(item.scope.region_of(item, WORLD)) for item in graph.resources}
    assert regions == {
        "aws_sqs_queue.untagged": "eu-west-1",
        "aws_sqs_queue.tagged": "eu-west-1",
        "aws_sqs_queue.tags_unknown": "eu-west-1",
        "aws_sqs_queue.no_defaults": "us-east-1",
        "aws_sqs_queue.open": "? its provider takes the Region from the environment",
        "module.regional.aws_sqs_queue.passed": "us-east-1",
    }
    assert graph.scopes[0].region(WORLD) == "eu-west-1"


def test_a_region_that_was_given_holds_where_the_provider_names_none() -> None:
    graph = load("providers", region="eu-south-1")
    found = resource(graph, "aws_sqs_queue.open")
    assert found.scope.region_of(found, WORLD) == "eu-south-1"
    found = resource(graph, "aws_sqs_queue.no_defaults")
    assert found.scope.region_of(found, WORLD) == "us-east-1"


def test_a_resource_that_names_its_own_region_has_it() -> None:
    plan = fixture("providers")
    (entry,) = [item for item in plan["resource_changes"] if item["address"] == "aws_sqs_queue.untagged"]
    entry["change"]["after"]["region"] = "ap-south-1"
    found = resource(load(plan), "aws_sqs_queue.untagged")
    assert found.scope.region_of(found, WORLD) == "ap-south-1"


def test_a_provider_of_an_old_plan_is_looked_for_outside_the_module() -> None:
    plan = fixture("providers")
    module = plan["configuration"]["root_module"]["module_calls"]["regional"]["module"]
    module["resources"][0]["provider_config_key"] = "regional:aws"
    plan["configuration"]["provider_config"]["regional:aws"] = {"name": "aws", "module_address": "module.regional"}
    found = resource(load(plan), "module.regional.aws_sqs_queue.passed")
    assert found.scope.region_of(found, WORLD) == "eu-west-1"


@pytest.mark.parametrize(
    "expressions",
    [
        {"allowed_account_ids": {"constant_value": ["111122223333"]}},
        {"assume_role": [{"role_arn": {"constant_value": "arn:aws:iam::111122223333:role/deploy"}}]},
    ],
)
def test_the_account_is_the_one_that_the_provider_allows_or_whose_role_it_takes(expressions: dict[str, object]) -> None:
    plan = fixture("providers")
    plan["configuration"]["provider_config"]["aws"]["expressions"].update(expressions)
    assert load(plan).scopes[0].account(WORLD) == "111122223333"


def test_the_account_is_unknown_where_the_provider_allows_several() -> None:
    plan = fixture("providers")
    several = {"constant_value": ["111122223333", "444455556666"]}
    plan["configuration"]["provider_config"]["aws"]["expressions"]["allowed_account_ids"] = several
    assert said(load(plan).scopes[0].account(WORLD)).startswith("? ")
    assert load(plan, account="111122223333").scopes[0].account(WORLD) == "111122223333"


def test_default_tags_count_as_tags() -> None:
    graph = load("providers")
    assert value(graph, "aws_sqs_queue.untagged", "$.tags") == {"owner": "payments", "stage": "test"}
    assert value(graph, "aws_sqs_queue.tagged", "$.tags") == {
        "owner": "payments",
        "stage": "production",
        "Name": "tagged",
    }
    assert value(graph, "aws_sqs_queue.no_defaults", "$.tags") is ABSENT


def test_default_tags_are_there_where_the_own_tags_are_unknown() -> None:
    tags = said(value(load(fixture("providers")), "aws_sqs_queue.tags_unknown", "$.tags"))
    assert [tag["key"] for tag in tags[:-1]] == ["owner", "stage"]
    assert tags[-1].startswith("? ")


def test_default_tags_that_the_plan_does_not_show_leave_the_tags_open() -> None:
    plan = fixture("providers")
    (entry,) = [item for item in plan["resource_changes"] if item["address"] == "aws_sqs_queue.open"]
    del entry["change"]["after"]["tags_all"]
    entry["change"]["after_unknown"]["tags_all"] = True
    expressions = plan["configuration"]["provider_config"]["aws.open"]["expressions"]
    expressions["default_tags"] = [{"tags": {"references": ["local.tags"]}}]
    assert said(value(load(plan), "aws_sqs_queue.open", "$.tags")) == [
        "? the plan does not show all default tags of its provider"
    ]


def test_the_lifecycle_is_read_from_the_tf_file() -> None:
    assert value(load("blocks"), "aws_dynamodb_table.with", "@.lifecycle.prevent_destroy") is True
    assert value(load("blocks"), "aws_dynamodb_table.without", "@.lifecycle.prevent_destroy") is ABSENT
    alone = load(fixture("blocks"))
    assert said(value(alone, "aws_dynamodb_table.with", "@.lifecycle.prevent_destroy")).startswith("? ")
