"""Where a secret comes from: what is written in the code, what is passed in the open, and what nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest

from plans import load, resource
from wascan.kind import view
from wascan.testing import plan
from wascan.world import World

DATABASE = "aws_db_instance.orders"


def answers(variable: dict[str, Any] | None, reference: str = "var.password") -> tuple[str, str]:
    """Whether the password of a database that comes from a variable stays out of code, and out of sight."""
    data = plan({DATABASE: {"password": {"!ref": reference}}})
    if variable is not None:
        data["configuration"]["root_module"]["variables"]["password"] = variable
        if isinstance(given := variable.get("default"), str):  # a plan shows what is known, also of a password
            data["resource_changes"][0]["change"] |= {"after": {"password": given}, "after_unknown": {}}
    kind: Any = view(resource(load(data), DATABASE), World(blurred=True))
    (secret,) = kind.secrets.items
    return secret.stays_out_of_code().truth.value, secret.stays_out_of_sight().truth.value


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ({}, ("pass", "fail")),
        ({"sensitive": True}, ("pass", "pass")),
        ({"default": "hunter2"}, ("fail", "pass")),
        ({"default": "hunter2", "sensitive": True}, ("fail", "pass")),
        ({"default": "", "sensitive": True}, ("pass", "pass")),
        (None, ("unknown", "unknown")),
    ],
)
def test_a_variable_is_judged_by_how_it_is_declared(variable: dict[str, Any] | None, expected: tuple[str, str]) -> None:
    assert answers(variable) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("random_password.orders.result", ("pass", "pass")),
        ("data.aws_secretsmanager_secret_version.orders.secret_string", ("pass", "pass")),
        ("local.password", ("unknown", "unknown")),
        ("module.passwords.orders", ("unknown", "unknown")),
    ],
)
def test_what_a_resource_makes_is_a_secret_and_a_local_value_may_be_anything(
    reference: str, expected: tuple[str, str]
) -> None:
    assert answers({}, reference) == expected


def test_user_data_of_which_the_plan_keeps_a_digest_is_read_in_the_configuration() -> None:
    data = plan({"aws_instance.it": {"user_data": "export DB_PASSWORD=hunter2\n"}})
    data["resource_changes"][0]["change"]["after"]["user_data"] = "67770b1baf27fb7088548eee66b8506131088868"
    kind: Any = view(resource(load(data), "aws_instance.it"), World(blurred=True))
    assert [text.has_no_key().truth.value for text in kind.texts.items] == ["fail"]


def test_a_digest_of_what_the_configuration_does_not_show_is_unknown() -> None:
    data = plan({"aws_instance.it": {"user_data": {"!ref": "local.script"}}})
    change = data["resource_changes"][0]["change"]
    change["after"]["user_data"], change["after_unknown"] = "67770b1baf27fb7088548eee66b8506131088868", {}
    kind: Any = view(resource(load(data), "aws_instance.it"), World(blurred=True))
    assert [text.has_no_key().truth.value for text in kind.texts.items] == ["unknown"]


def test_a_variable_of_an_environment_that_comes_from_an_expression_is_unknown() -> None:
    data = plan({"aws_lambda_function.it": {"environment": [{"variables": {"DB_PASSWORD": "hunter2"}}]}})
    kind: Any = view(resource(load(data), "aws_lambda_function.it"), World(blurred=True))
    assert kind.keeps_secrets_out().truth.value == "fail"
    expressions = data["configuration"]["root_module"]["resources"][0]["expressions"]
    expressions["environment"] = [{"variables": {"references": ["var.password"]}}]
    kind = view(resource(load(data), "aws_lambda_function.it"), World(blurred=True))
    assert kind.keeps_secrets_out().truth.value == "unknown"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        ({"constant_value": "hunter2"}, ("fail", "pass")),
        ({"references": ["random_password.orders.result", "random_password.orders"]}, ("pass", "pass")),
        ({"references": ["var.given"]}, ("pass", "fail")),
        ({"references": ["local.given"]}, ("unknown", "unknown")),
    ],
)
def test_a_variable_of_a_module_is_what_the_module_is_given(passed: dict[str, Any], expected: tuple[str, str]) -> None:
    data = plan({f"module.store.{DATABASE}": {"password": {"!ref": "var.password"}}})
    inner = data["configuration"]["root_module"] | {"variables": {"password": {"sensitive": True}}}
    data["configuration"]["root_module"] = {
        "variables": {"given": {}},
        "module_calls": {"store": {"source": "./store", "expressions": {"password": passed}, "module": inner}},
    }
    kind: Any = view(resource(load(data), f"module.store.{DATABASE}"), World(blurred=True))
    (secret,) = kind.secrets.items
    assert (secret.stays_out_of_code().truth.value, secret.stays_out_of_sight().truth.value) == expected
