"""Policy documents that are put together when a plan is applied."""

from __future__ import annotations

from typing import Any

import pytest

from plans import fixture, load, said, value

DATA = "[-> aws_s3_bucket.data.arn][? the plan does not show what stands around it]"


def test_a_known_document_is_read_from_the_plan() -> None:
    assert '"lambda.amazonaws.com"' in value(load(fixture("policies")), "aws_iam_role.lambda", "$.assume_role_policy")


def test_a_deferred_document_is_built_from_its_statements() -> None:
    found = said(value(load(fixture("policies")), "aws_s3_bucket_policy.deferred", "$.policy"))
    hidden = "? its block is none that the configuration shows, such as one that `dynamic` makes"
    assert found == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "InsecureTransport",
                "Effect": "Deny",
                "Action": ["s3:*"],
                "Resource": ["arn:aws:s3:::fixed", DATA, DATA],
                "Principal": "*",
                "Condition": {"Bool": {"aws:SecureTransport": ["false"]}},
            },
            {"Effect": "Allow", "Action": ["s3:GetObject"], "NotResource": [hidden]},
            {"Effect": "Allow", "Action": ["s3:PutObject"], "NotResource": [hidden]},
        ],
    }


def test_a_document_is_merged_from_others_and_an_override_takes_the_place_of_its_sid() -> None:
    found = said(value(load(fixture("policies")), "aws_iam_role_policy.nested", "$.policy"))
    assert found["Statement"] == [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}},
        {"Sid": "Lists", "Effect": "Deny", "Action": "s3:ListBucket", "Resource": "*"},
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": [DATA],
            "NotPrincipal": {"AWS": ["123456789012"]},
        },
    ]


def test_an_unknown_part_may_be_any_statement_and_overrides_none_that_follows_it() -> None:
    found = said(value(load(fixture("policies")), "aws_s3_bucket_policy.half_open", "$.policy"))
    assert found["Statement"] == [
        "? it comes from local.elsewhere, which is not part of a plan",
        {"Sid": "MayBeOverridden", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [DATA]},
    ]


def test_a_statement_that_an_unknown_document_may_override_is_unknown() -> None:
    plan = fixture("policies")
    for entry in plan["configuration"]["root_module"]["resources"]:
        if entry["address"] == "data.aws_iam_policy_document.half_open":
            expressions = entry["expressions"]
            expressions["override_policy_documents"] = expressions.pop("source_policy_documents")
    for entry in plan["resource_changes"]:
        if entry["address"] == "data.aws_iam_policy_document.half_open":
            for part in ("after", "after_unknown"):
                entry["change"][part]["override_policy_documents"] = entry["change"][part].pop(
                    "source_policy_documents"
                )
    found = said(value(load(plan), "aws_s3_bucket_policy.half_open", "$.policy"))
    assert found["Statement"] == [
        "? a document that is known only when it is applied may override it",
        "? it comes from local.elsewhere, which is not part of a plan",
    ]


def test_a_document_of_a_repeated_data_source_is_matched_by_key() -> None:
    plan = fixture("policies")
    for entry in plan["resource_changes"]:
        if entry["address"] == "data.aws_iam_policy_document.deferred":
            entry["address"] += '["a"]'
            entry["index"] = "a"
        if entry["address"] == "aws_s3_bucket_policy.deferred":
            entry["address"] += '["a"]'
            entry["index"] = "a"
    for entry in plan["configuration"]["root_module"]["resources"]:
        if entry["address"] == "aws_s3_bucket_policy.deferred":
            entry["expressions"]["policy"] = {"references": ["data.aws_iam_policy_document.deferred", "each.key"]}
    found = value(load(plan), 'aws_s3_bucket_policy.deferred["a"]', "$.policy")
    # `.json` is lost with the index, but a policy can be given nothing else
    assert said(found)["Statement"][0]["Sid"] == "InsecureTransport"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"principals": [{"type": "AWS", "identifiers": ["*"]}]}, {"Principal": {"AWS": ["*"]}}),
        (
            {"principals": [{"type": "AWS", "identifiers": ["1"]}, {"type": "AWS", "identifiers": ["2"]}]},
            {"Principal": {"AWS": ["1", "2"]}},
        ),
        ({"principals": [{"type": None, "identifiers": ["1"]}]}, {"Principal": "? the type of a principal is unknown"}),
        (
            {"condition": [{"test": None, "variable": "x", "values": ["1"]}]},
            {"Condition": "? a condition is known only when it is applied"},
        ),
        (
            {"condition": [{"test": "A", "variable": v, "values": [v]} for v in "xy"]},
            {"Condition": {"A": {"x": ["x"], "y": ["y"]}}},
        ),
    ],
)
def test_statements_are_written_as_iam_writes_them(change: dict[str, Any], expected: dict[str, Any]) -> None:
    plan = fixture("policies")
    for entry in plan["resource_changes"]:
        if entry["address"] == "data.aws_iam_policy_document.half_open":
            statement = {"actions": ["s3:*"], **change}
            entry["change"]["after"] = {"statement": [statement]}
            entry["change"]["after_unknown"] = {"json": True}
    found = said(value(load(plan), "aws_s3_bucket_policy.half_open", "$.policy"))
    assert found["Statement"] == [{"Effect": "Allow", "Action": ["s3:*"], **expected}]


def test_with_the_tf_file_at_hand_resources_are_known_to_their_last_character() -> None:
    graph = load("policies")
    (statement, *_) = said(value(graph, "aws_s3_bucket_policy.deferred", "$.policy"))["Statement"]
    assert statement["Resource"] == [
        "-> aws_s3_bucket.data.arn",
        "[-> aws_s3_bucket.data.arn]/*",
        "arn:aws:s3:::fixed",
    ]
    nested = said(value(graph, "aws_iam_role_policy.nested", "$.policy"))["Statement"]
    assert nested[2]["Resource"] == ["[-> aws_s3_bucket.data.arn]/*"]


def test_with_the_tf_file_at_hand_locals_are_followed_to_the_documents_in_them() -> None:
    found = said(value(load("policies"), "aws_s3_bucket_policy.half_open", "$.policy"))
    assert [statement["Sid"] for statement in found["Statement"]] == ["Lists", "MayBeOverridden"]
    lost = said(value(load("unknown"), "aws_sqs_queue.structure_lost", "$.policy"))
    assert lost["Statement"][0]["Resource"] == "-> aws_sns_topic.alarms.arn"
