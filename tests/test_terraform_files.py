"""Finding blocks, attributes and comments in .tf files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wascan.dialects.terraform.files import Block, File


def file(text: str) -> File:
    return File("main.tf", text, lambda line: line)


def shape(block: Block) -> tuple[object, ...]:
    return (block.type, *block.labels, *block.attributes, *map(shape, block.blocks))


def shapes(text: str) -> list[tuple[object, ...]]:
    return list(map(shape, file(text).blocks))


def test_blocks_attributes_and_nested_blocks_are_found() -> None:
    text = """
resource "aws_s3_bucket" "b" {
  bucket = "x"
  lifecycle {
    prevent_destroy = true
  }
  dynamic "rule" {
    for_each = [1]
    content {
      id = rule.value
    }
  }
}

module m { source = "./m" }
"""
    assert shapes(text) == [
        (
            "resource",
            "aws_s3_bucket",
            "b",
            "bucket",
            ("lifecycle", "prevent_destroy"),
            ("dynamic", "rule", "for_each", ("content", "id")),
        ),
        ("module", "m", "source"),
    ]


@pytest.mark.parametrize(
    "value",
    [
        '"}"',
        r'"\"}"',
        '"${"}"}"',
        '"${{ a = "}" }["a"]} }"',
        '"%{ if true }}%{ endif }"',
        '"$${"',
        '"%%{"',
        '"a # no comment"',
        '"http://no.comment"',
        "1 # }",
        "1 // }",
        "1 /* } \n } */",
        "{\n a = {\n b = 1\n }\n }",
        '[\n "x", # }\n "y",\n]',
        "<<EOT\n}\nnested = 1\nEOT",
        "<<-EOT\n  } ${jsonencode({\n  })}\n  EOT",
        "jsonencode({\n a = <<EOT\n}\nEOT\n})",
        'a == b ? "}" : {}["x"]',
        "[for k, v in x : { y = v }]",
    ],
)
def test_an_expression_ends_where_it_ends(value: str) -> None:
    text = f'resource "a" "b" {{\n  first = {value}\n  second = 2\n  block {{}}\n}}\nresource "c" "d" {{}}\n'
    assert shapes(text) == [("resource", "a", "b", "first", "second", ("block",)), ("resource", "c", "d")]


def test_an_object_may_have_more_on_the_line_of_a_comment_and_attributes_on_one_line_end_with_it() -> None:
    assert shapes('a {\n  b = 1 # c = 2\n  d = 3 /* e = 4 */\n}\nf { g = 5 }\nh "i" { j = "k" }') == [
        ("a", "b", "d"),
        ("f", "g"),
        ("h", "i", "j"),
    ]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    found = file('\ufeffresource "a" "b" {\r\n  c = 1\r\n}\r\n')
    assert shape(found.blocks[0]) == ("resource", "a", "b", "c")
    start, end = found.blocks[0].attributes["c"][1]
    place = found.at(start, end)
    assert (place.line, place.column, place.end_column) == (2, 7, 8)


@pytest.mark.parametrize(
    "text", ['a "b" {', 'a {\n b = "', "a {\n b = <<EOT\n", "a {\n b = [", "}", '"', "a {{{", "/*", "= = ="]
)
def test_what_is_not_finished_is_read_as_far_as_it_goes(text: str) -> None:
    list(map(shape, file(text).blocks))
    file(text).comments()


def test_blocks_are_not_read_without_end() -> None:
    text = "a {\n" * 5000 + "}\n" * 5000 + "b {}"
    assert [block.type for block in file(text).blocks] == ["a", "b"]


def test_comments_are_found_with_their_lines_and_without_what_makes_them_one() -> None:
    text = """# wascan: ignore[x] first
// wascan: ignore[y] second
/* wascan: ignore[z]
 * third */
a = "# none" # after
b = <<EOT
# none
EOT
c = "${ "x" /* in a template */ }" // d
"""
    assert file(text).comments() == [
        (1, "wascan: ignore[x] first"),
        (2, "wascan: ignore[y] second"),
        (3, "wascan: ignore[z]"),
        (4, "third"),
        (5, "after"),
        (9, "d"),
    ]


def test_a_place_ends_with_its_line() -> None:
    found = file("a {\n  b = [\n    1,\n  ]\n}\n")
    start, end = found.blocks[0].attributes["b"][1]
    place = found.at(start, end)
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 7, 2, 8)


@given(st.text(alphabet='ab"{}[]()<-EOT\n\r\\$%#/* =', max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    found = file(text)
    for block in found.blocks:
        found.at(block.start, block.end)
    found.comments()
