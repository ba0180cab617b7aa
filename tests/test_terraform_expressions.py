"""Expressions that are read in .tf files."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import said
from wascan.dialects.terraform.answers import GIVEN, Built, Here, Instances
from wascan.dialects.terraform.expressions import UNREAD, Reader
from wascan.markers import Text, Unknown

OPEN = Unknown("open")
KNOWN: dict[str, Any] = {
    "var.name": "x",
    "var.on": True,
    "var.none": None,
    "var.empty": "",
    "var.map": {"a": 1, "b": {"c": "deep"}},
    "var.list": [{"id": "first"}, {"id": "second"}],
    "var.many": [*range(40)],
    "var.count": 3,
    "each.key": "a",
    "aws_x.y.arn": OPEN,
    "path.module": GIVEN,
    "aws_x.many": Instances("aws_x.many", {}),
}


def read(text: str) -> tuple[Any, list[str]]:
    def follow(here: Here, name: str) -> Any:
        return KNOWN.get(name, Unknown(name))

    module: Any = SimpleNamespace(plan=SimpleNamespace(hops=0))
    reader = Reader(Here(module), text, follow)
    found = reader.read()
    assert module.plan.hops == 0
    return found, reader.names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a"', "a"),
        (r'"a\n\"b\"\\"', 'a\n"b"\\'),
        ('"$${x} %%{y} $5 100%"', "${x} %{y} $5 100%"),
        ("12", 12),
        ("-1.5", -1.5),
        ("true", True),
        ("null", None),
        ("[1, 2, # comment\n 3,\n]", [1, 2, 3]),
        ("{}", {}),
        ('{ a = 1, "b": [2]\n c = { d = "e" } }', {"a": 1, "b": [2], "c": {"d": "e"}}),
        ("var.name", "x"),
        ('"${var.name}"', "x"),
        ('"${ var.count }-${var.on}"', "3-true"),
        ("var.map.a", "? var.map.a"),
        ("var.map[each.key]", 1),
        ('var.map["b"]', '? var.map["b"]'),
        ("var.list[*].id", ["first", "second"]),
        ("var.list.*.id", ["first", "second"]),
        ('var.on ? "yes" : "no"', "yes"),
        ('var.name == "x" && !(var.count != 3) ? "yes" : "no"', "yes"),
        ('var.none == null || var.name == "z" ? 1 : 2', 1),
        ('toset(["a"])', ["a"]),
        ("concat([1], [2, 3])", [1, 2, 3]),
        ("merge({ a = 1 }, { a = 2, b = 3 })", {"a": 2, "b": 3}),
        ("one([7])", 7),
        ("coalesce(var.none, var.empty, var.name)", "x"),
        ('try(var.none, "default")', "default"),
        ("(var.name)", "x"),
        ("[for x in var.list : x.id]", ["first", "second"]),
        ('[for x in var.list : "${x.id}-${var.name}" if x.id != "first"]', ["second-x"]),
        ("[for index, x in var.list : [index, x.id]]", [[0, "first"], [1, "second"]]),
        ("{ for k, v in var.map : k => v }", {"a": 1, "b": {"c": "deep"}}),
        ('{ for x in var.list : "${x.id}s" => 1 }', {"firsts": 1, "seconds": 1}),
        ("[for k, v in { b = 1, a = 2 } : k]", ["a", "b"]),
        ("[for x in [1, 2] : [for y in [3, 4] : [x, y]]]", [[[1, 3], [1, 4]], [[2, 3], [2, 4]]]),
        ("[for x in [1] : x if var.on]", [1]),
        ("values({ b = 1, a = 2 })", [2, 1]),
        ("slice([1, 2, 3], 0, 2)", [1, 2]),
        ("element([1, 2], 3)", 2),
        ("flatten([1, [2, [3]]])", [1, 2, 3]),
        ('"${var.list}"', [{"id": "first"}, {"id": "second"}]),
        ("<<EOT\nhello ${var.name}\nEOT", "hello x\n"),
        ("aws_x.y.arn", "? open"),
        ('"${aws_x.y.arn}/*"', "[? open]/*"),
        ('["${aws_x.y.arn}/${var.name}"]', ["[? open]/x"]),
    ],
)
def test_what_only_puts_things_together_is_read(text: str, expected: Any) -> None:
    assert said(read(text)[0]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 + 2",
        "aws_x.y.arn ? 1 : 2",
        "[for x in aws_x.y.arn : x]",
        "[for x in {} : x]",
        "[for x in var.list : x.id if aws_x.y.arn]",
        "{ for x in var.list : x.id => x... }",
        '{ for x in var.list : "same" => x }',
        "{ for x in var.list : aws_x.y.arn => x }",
        "[for x in]",
        "[for in var.list : x]",
        "[for x in var.list : x",
        "[for x in var.many : [for y in var.many : 1]]",
        "slice(var.list, 0, aws_x.y.arn)",
        "element([], 0)",
        "flatten([[aws_x.y.arn], aws_x.y.arn])",
        '"%{ if var.on }a%{ endif }"',
        'format("%s", var.name)',
        'file("x")',
        '"${path.module}/x"',
        "var.list[aws_x.y.arn]",
        "var.list[*].id[0]",
        "one([1, 2])",
        "concat([1], var.name)",
        "try(aws_x.y.arn, 1)",
        '"a',
        "[1",
        "{ a = }",
        "name",
        "var.name var.name",
        r'"\u0041"',
        "provider::aws::arn_parse(var.name)",
        "<<EOT\nnever closed",
        "(" * 500 + "1" + ")" * 500,
    ],
)
def test_everything_else_is_left_unread(text: str) -> None:
    assert read(text)[0] is UNREAD


def test_json_that_is_encoded_stays_data() -> None:
    found, names = read('jsonencode({ Statement = [{ Resource = "${aws_x.y.arn}/*" }] })')
    assert isinstance(found, Built)
    assert isinstance(found.data["Statement"][0]["Resource"], Text)
    assert names == ["aws_x.y.arn"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("aws_x.y[0].arn", ["aws_x.y[0].arn"]),
        ('aws_x.y["a b"].arn', ['aws_x.y["a b"].arn']),
        ("aws_x.y[each.key].arn", ["each.key", "aws_x.y"]),
        ("aws_x.many[*].arn", ["aws_x.many"]),
        ("[for x in [var.name] : [x, aws_x.y.arn]]", ["var.name", "aws_x.y.arn"]),
        ('var.on ? aws_x.y.arn : "${var.name}"', ["var.on", "aws_x.y.arn", "var.name"]),
    ],
)
def test_the_references_are_those_that_the_plan_lists(text: str, names: list[str]) -> None:
    assert read(text)[1] == names


@given(st.text(alphabet='var.nme"${}[]()?:=!&|<-EOT\n\\#/* 1,', max_size=50))
def test_no_expression_is_too_strange(text: str) -> None:
    read(text)
