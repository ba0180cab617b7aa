"""What a document says, where it says it, and what is said of one that cannot be read."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import wascan
from wascan import _yaml
from wascan.document import MAX_BYTES, MAX_DEPTH, Document, DocumentError, Place, read, slow_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
FAST = yaml.__with_libyaml__


def data(text: str) -> Any:
    return read("template", text.encode()).data


def marked(document: Document, place: Place) -> str:
    """What a place marks."""
    lines = [document.line(number) for number in range(place.line, place.end_line + 1)]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


def shown(text: str, *path: str | int, key: bool = False) -> tuple[int, str]:
    """The line of a path, and what is marked there."""
    document = read("template", text.encode())
    place = document.place(path, key=key)
    return place.line, marked(document, place)


class Independent(yaml.CSafeLoader if FAST else yaml.SafeLoader):
    """PyYAML on its own: every scalar as its text, CloudFormation's tags as their long form."""

    yaml_constructors: dict[Any, Any] = {}  # noqa: RUF012  # PyYAML's way


def _inside(loader: Any, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        loader.flatten_mapping(node)
        return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [loader.construct_object(item, deep=True) for item in node.value]
    return node.value


def _called(loader: Any, suffix: str, node: yaml.Node) -> Any:
    inside = _inside(loader, node)
    if suffix == "GetAtt" and isinstance(inside, str):
        inside = inside.split(".", 1)
    own = suffix not in ("Ref", "Condition")
    return {f"!{suffix}" if "::" in suffix else f"Fn::{suffix}" if own else suffix: inside}


Independent.add_multi_constructor("!", _called)
Independent.add_multi_constructor("tag:yaml.org,2002:", lambda loader, _, node: _inside(loader, node))


def same(found: Any, written: Any) -> bool:
    """Whether data stands for what is written."""
    if isinstance(found, dict) and isinstance(written, dict):
        return found.keys() == written.keys() and all(same(item, written[key]) for key, item in found.items())
    if isinstance(found, list) and isinstance(written, list):
        return len(found) == len(written) and all(map(same, found, written))
    if found is None:
        return written in ("", "~", "null", "Null", "NULL")
    if isinstance(found, bool):
        return str(written).lower() in (("true", "yes", "on") if found else ("false", "no", "off"))
    return str(found) == written


def leaves(inside: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(inside, (dict, list)):
        for step, item in inside.items() if isinstance(inside, dict) else enumerate(inside):
            yield from leaves(item, (*path, step))
    else:
        yield path, inside


def height(inside: Any) -> int:
    below = inside.values() if isinstance(inside, dict) else inside if isinstance(inside, list) else None
    return 0 if below is None else 1 + max(map(height, below), default=0)


def mistake(text: str | bytes, **options: Any) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read("template", text.encode() if isinstance(text, str) else text, **options)
    return caught.value


@pytest.fixture(params=[pytest.param(True, marks=pytest.mark.skipif(not FAST, reason="no libyaml")), False])
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param)


# What is written


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("!Ref Bucket", {"Ref": "Bucket"}),
        ("!Condition IsLive", {"Condition": "IsLive"}),
        ("!GetAtt Bucket.Arn", {"Fn::GetAtt": ["Bucket", "Arn"]}),
        ("!GetAtt Nested.Outputs.Arn", {"Fn::GetAtt": ["Nested", "Outputs.Arn"]}),
        ("!GetAtt [Bucket, !Ref Name]", {"Fn::GetAtt": ["Bucket", {"Ref": "Name"}]}),
        ("!GetAtt Bucket", {"Fn::GetAtt": "Bucket"}),
        ("!Sub 'a-${B}'", {"Fn::Sub": "a-${B}"}),
        ("!Sub ['${A}', {A: 1}]", {"Fn::Sub": ["${A}", {"A": 1}]}),
        ("!If [IsLive, !Ref A, !Ref AWS::NoValue]", {"Fn::If": ["IsLive", {"Ref": "A"}, {"Ref": "AWS::NoValue"}]}),
        ("!Base64 x", {"Fn::Base64": "x"}),
        ("!Cidr [10.0.0.0/16, 4, 8]", {"Fn::Cidr": ["10.0.0.0/16", 4, 8]}),
        ("!FindInMap [A, B, c]", {"Fn::FindInMap": ["A", "B", "c"]}),
        ("!GetAZs ''", {"Fn::GetAZs": ""}),
        ("!GetAZs", {"Fn::GetAZs": ""}),
        ("!ImportValue x", {"Fn::ImportValue": "x"}),
        ("!Join ['', [a, 1]]", {"Fn::Join": ["", ["a", 1]]}),
        ("!Select [0, !GetAZs '']", {"Fn::Select": [0, {"Fn::GetAZs": ""}]}),
        ("!Split [',', 'a,b']", {"Fn::Split": [",", "a,b"]}),
        ("!And [!Equals [a, b], !Not [!Condition C], !Or [x, y]]",
         {"Fn::And": [{"Fn::Equals": ["a", "b"]}, {"Fn::Not": [{"Condition": "C"}]}, {"Fn::Or": ["x", "y"]}]}),
        ("!Transform {Name: AWS::Include}", {"Fn::Transform": {"Name": "AWS::Include"}}),
        ("!Length [1, 2]", {"Fn::Length": [1, 2]}),
        ("!ToJsonString {A: true}", {"Fn::ToJsonString": {"A": True}}),
        ("!Ref 012", {"Ref": "012"}),
        ("!Rain::Module ./part.yaml", {"!Rain::Module": "./part.yaml"}),
        ("!Rain::Embed {a: 1}", {"!Rain::Embed": {"a": 1}}),
        ("!ref x", {"!ref": "x"}),
        ("!!python/name:os.system ''", {"!!python/name:os.system": ""}),
        ("!<tag:example.com,2000:x> [1]", {"!<tag:example.com,2000:x>": [1]}),
    ],
)  # fmt: skip
def test_a_short_tag_becomes_its_long_form_and_any_other_tag_stays(short: str, long: object) -> None:
    assert data(f"Key: {short}\nItems:\n- {short}\n") == {"Key": long, "Items": [long]}
    if short[0] == "!" and "[" not in short:
        assert data(f"Key: &anchor {short}\nAgain: *anchor\n") == {"Key": long, "Again": long}


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    ("written", "value"),
    [
        *[(word, True) for word in ("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON")],
        *[(word, False) for word in ("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF")],
        *[(word, None) for word in ("null", "Null", "NULL", "~", "")],
        ("0", 0),
        ("42", 42),
        ("-7", -7),
        ("999999999999999", 999999999999999),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("1.0", 1.0),
        ("!!int '5'", 5),
        ("!!bool 'yes'", True),
        ("!!null ''", None),
        ("!!float '1.5'", 1.5),
        ("!!int x", "x"),
        ("!!str 5", "5"),
        ("! 5", "5"),
        ("!!binary aGVsbG8=", "aGVsbG8="),
        ("!!timestamp 2010-09-09", "2010-09-09"),
        ("!!set {a, b}", {"a": None, "b": None}),
        ("!!seq [1]", [1]),
        ("'true'", "true"),
        ('"5"', "5"),
        ("'~'", "~"),
        ("|-\n  1", "1"),
    ],
)
def test_words_and_numbers_are_read_as_yaml_1_1_has_them(written: str, value: object) -> None:
    found = data(f"Key: {written}\n")["Key"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    "written",
    ["000123456789", "012345678901", "0755", "00", "08", "1234567890123456", "2010-09-09", "2012-10-17T00:00:00Z", "1e3",
     "1.5e3", "12:30:45", "1:20", "0x1F", "0o17", "0b1", "1_000", ".inf", "-.INF", ".nan", "+5", "+15551234567", "-0",
     "1.10", "1.", ".5", "01.5", "0.12345678901234567890", "1.2.3", "10.0.0.0/16", "=", "y", "n", "tRue", "nUll",
     "1 2"],
)  # fmt: skip
def test_what_would_not_be_written_back_as_it_is_stays_text(written: str) -> None:
    assert data(f"Key: {written}\nList: [{written}]\n") == {"Key": written, "List": [written]}


@pytest.mark.usefixtures("_either_parser")
def test_keys_are_text_as_it_is_written() -> None:
    text = "80: a\ntrue: b\n012: c\n1.10: d\n~: e\n'q': f\n? r\n: g\n!!str 5: h\n'': i\n2010-09-09: {no: 1}\n"
    assert data(text) == {
        "80": "a", "true": "b", "012": "c", "1.10": "d", "~": "e", "q": "f", "r": "g", "5": "h", "": "i",
        "2010-09-09": {"no": 1},
    }  # fmt: skip


@pytest.mark.usefixtures("_either_parser")
def test_an_alias_is_the_thing_itself_and_the_last_anchor_of_a_name_counts() -> None:
    found = data("A: &x {B: [1]}\nC: *x\nD: &x 2\nE: *x\nF: &y !Ref Z\nG: [*y]\n&k K: 0\nL: {*k : *k }\n")
    assert found["A"] is found["C"]
    assert (found["E"], found["G"], found["L"]) == (2, [{"Ref": "Z"}], {"K": "K"})


@pytest.mark.usefixtures("_either_parser")
def test_merge_keys_give_what_is_not_there_yet_the_first_of_a_list_first() -> None:
    text = """\
A: &a {one: 1, two: 2}
B: &b {two: 3, three: 3, <<: {four: 4}}
C: {two: own, <<: *a}
D:
  <<: [*a, *b]
  five: 5
"""
    found = data(text)
    assert found["B"] == {"two": 3, "three": 3, "four": 4}
    assert found["C"] == {"two": "own", "one": 1}
    assert found["D"] == {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
    assert data("A: {'<<': text}") == {"A": {"<<": "text"}}
    assert "<< twice" in mistake("A: &a {}\nB: {<<: *a, <<: *a}\n").message
    assert "mappings" in mistake("A: &a [1]\nB: {<<: *a}\n").message
    assert "mappings" in mistake("A: &a !Ref x\nB: {<<: [*a]}\n").message


def test_json_is_read_as_json_wherever_it_is_json() -> None:
    text = '{"a": [1, 1.10, 1e3, 12345678901234567890, true, null, "yes", "\\ud83d\\ude00", {}], "on": "\\u0000"}'
    assert data(text) == json.loads(text)
    assert data("\n\t " + text) == json.loads(text)
    assert data("[]") == []
    assert data('{"a": 1e999, "b": -1e999}') == {"a": "1e999", "b": "-1e999"}


def test_what_begins_like_json_may_be_yaml() -> None:
    assert data("{Resources: {A: {Type: 'AWS::S3::Bucket', B: !Ref C}}}") == {
        "Resources": {"A": {"Type": "AWS::S3::Bucket", "B": {"Ref": "C"}}}
    }
    assert data('{"a": [1, 2,], # why not\n}') == {"a": [1, 2]}
    assert shown('{"a": 1,\n b: "c"}', "b") == (2, '"c"')
    assert data('---\n# JSON\n{"a":\n\t1}') == {"a": 1}


@pytest.mark.parametrize("text", ["Clé: [😀, é]\n", '{"Clé": ["😀", "é"]}'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_utf_8_or_what_a_byte_order_mark_says(text: str, encoding: str) -> None:
    raw = text.encode(encoding)
    if encoding.endswith("e"):
        raw = "\ufeff".encode(encoding) + raw
    document = read("template", raw)
    assert document.data == {"Clé": ["😀", "é"]}
    assert document.text == text
    place = document.place(("Clé", 1))
    assert place.column == text.index("é]" if '"' not in text else '"é"]') + 1


def test_a_document_may_be_a_scalar_or_a_list() -> None:
    assert data("hello") == "hello"
    assert data("- a\n- b: c\n") == ["a", {"b": "c"}]
    assert shown("hello # there") == (1, "hello")
    assert shown("hello", "a", 0) == (1, "hello")


# Where it is written

TEMPLATE = """\
# About this template
Resources:
  "Bucket":   # the data
    Type: AWS::S3::Bucket
    Properties: &properties
      BucketName: !Sub "logs-${AWS::Region}#1" # quoted
      Versioned: yes
      Owner: !GetAtt Role.Arn
      Empty:
      Plain: one
        two
      Encryption: !If [IsLive, {Kind: aws:kms}, !Ref None]
      Nested: !If
        - IsLive
        - Kind: &kind aws:kms
        - &none !Ref None
      Tags:
        - Key: a   # a tag
          Value: 010
        - {Key: b, Value: "#"}
        - !Ref Tag
        -
          Key: c
        - - inner
        - Text: |   # a script
            #!/bin/sh
            echo "# no comment"

        - >-
          folded
          text

  Other:
    <<: *properties
    Versioned: no
    Same: *properties
    Kind: *kind
"""
BUCKET = ("Resources", "Bucket")
PROPERTIES = (*BUCKET, "Properties")


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        ((), 2, "Resources:"),
        (("Resources",), 2, "Resources"),
        (BUCKET, 3, '"Bucket"'),
        ((*BUCKET, "Type"), 4, "AWS::S3::Bucket"),
        (PROPERTIES, 5, "Properties"),
        ((*PROPERTIES, "BucketName"), 6, '!Sub "logs-${AWS::Region}#1"'),
        ((*PROPERTIES, "BucketName", "Fn::Sub"), 6, '!Sub "logs-${AWS::Region}#1"'),
        ((*PROPERTIES, "Versioned"), 7, "yes"),
        ((*PROPERTIES, "Owner", "Fn::GetAtt", 1), 8, "!GetAtt Role.Arn"),
        ((*PROPERTIES, "Empty"), 9, "Empty"),
        ((*PROPERTIES, "Plain"), 10, "one\n        two"),
        ((*PROPERTIES, "Encryption"), 12, "Encryption"),
        ((*PROPERTIES, "Encryption", "Fn::If"), 12, "!If"),
        ((*PROPERTIES, "Encryption", "Fn::If", 0), 12, "IsLive"),
        ((*PROPERTIES, "Encryption", "Fn::If", 1), 12, "{Kind: aws:kms}"),
        ((*PROPERTIES, "Encryption", "Fn::If", 1, "Kind"), 12, "aws:kms"),
        ((*PROPERTIES, "Encryption", "Fn::If", 2), 12, "!Ref None"),
        ((*PROPERTIES, "Nested", "Fn::If", 1, "Kind"), 15, "&kind aws:kms"),
        ((*PROPERTIES, "Nested", "Fn::If", 2, "Ref"), 16, "&none !Ref None"),
        ((*PROPERTIES, "Tags"), 17, "Tags"),
        ((*PROPERTIES, "Tags", 0), 18, "Key: a"),
        ((*PROPERTIES, "Tags", 0, "Value"), 19, "010"),
        ((*PROPERTIES, "Tags", 1), 20, '{Key: b, Value: "#"}'),
        ((*PROPERTIES, "Tags", 1, "Value"), 20, '"#"'),
        ((*PROPERTIES, "Tags", 2), 21, "!Ref Tag"),
        ((*PROPERTIES, "Tags", 3), 23, "Key: c"),
        ((*PROPERTIES, "Tags", 4), 24, "- inner"),
        ((*PROPERTIES, "Tags", 4, 0), 24, "inner"),
        ((*PROPERTIES, "Tags", 5), 25, "Text: |"),
        ((*PROPERTIES, "Tags", 5, "Text"), 25, '|   # a script\n            #!/bin/sh\n            echo "# no comment"'),
        ((*PROPERTIES, "Tags", 6), 29, ">-\n          folded\n          text"),
        (("Resources", "Other", "BucketName"), 6, '!Sub "logs-${AWS::Region}#1"'),
        (("Resources", "Other", "Tags", 0, "Key"), 18, "a"),
        (("Resources", "Other", "Versioned"), 35, "no"),
        (("Resources", "Other", "Same"), 36, "*properties"),
        (("Resources", "Other", "Same", "Encryption", "Fn::If", 0), 12, "IsLive"),
        (("Resources", "Other", "Kind"), 37, "*kind"),
        ((*BUCKET, "DeletionPolicy"), 3, '"Bucket"'),
        ((*BUCKET, "Type", "Further"), 4, "Type"),
        ((*PROPERTIES, "Tags", 9), 17, "Tags"),
        ((*PROPERTIES, "Tags", "Key"), 17, "Tags"),
        ((*PROPERTIES, "Tags", 0, "Missing", 3), 18, "Key: a"),
        ((*PROPERTIES, "Tags", 2, "Missing"), 21, "!Ref Tag"),
        ((*PROPERTIES, "Encryption", "Missing"), 12, "Encryption"),
        ((*PROPERTIES, "Encryption", "Fn::If", 7), 12, "!If"),
        (("Outputs", "Missing"), 2, "Resources:"),
    ],
)  # fmt: skip
def test_a_path_in_yaml_has_the_place_of_what_is_written_there(
    path: tuple[str | int, ...], line: int, text: str
) -> None:
    assert shown(TEMPLATE, *path) == (line, text)


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        (BUCKET, 3, '"Bucket"'),
        ((*BUCKET, "Type"), 4, "Type"),
        ((*PROPERTIES, "BucketName"), 6, "BucketName"),
        ((*PROPERTIES, "Encryption", "Fn::If"), 12, "!If"),
        ((*PROPERTIES, "Tags", 0, "Value"), 19, "Value"),
        ((*PROPERTIES, "Tags", 0), 18, "Key: a"),
        (("Resources", "Other", "Versioned"), 35, "Versioned"),
        (("Resources", "Other", "Kind"), 37, "Kind"),
        (("Resources", "Other", "Owner"), 8, "Owner"),
    ],
)
def test_the_key_of_a_path_can_be_asked_for(path: tuple[str | int, ...], line: int, text: str) -> None:
    assert shown(TEMPLATE, *path, key=True) == (line, text)


@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        ((), 2, "{"),
        (("Resources",), 3, '"Resources"'),
        (("Resources", "A\n"), 4, r'"A\u000a"'),
        (("Resources", "A\n", "Type"), 4, '"x\\\\"'),
        (("Resources", "A\n", "On"), 4, "false"),
        (("Resources", "A\n", "List"), 5, '"List"'),
        (("Resources", "A\n", "List", 0), 5, "-1.5e3"),
        (("Resources", "A\n", "List", 1), 5, '[[], {"b" : null}]'),
        (("Resources", "A\n", "List", 1, 0), 5, "[]"),
        (("Resources", "A\n", "List", 1, 1, "b"), 5, "null"),
        (("Resources", "A\n", "List", 2), 5, "{"),
        (("Resources", "A\n", "List", 2, "c"), 6, '""'),
        (("Resources", "A\n", "List", 3), 5, '"List"'),
        (("Resources", "A\n", "List", "c"), 5, '"List"'),
        (("Resources", "A\n", "Type", "c"), 4, '"Type"'),
        (("Missing", 1), 2, "{"),
    ],
)
def test_a_path_in_json_has_the_place_of_what_is_written_there(
    path: tuple[str | int, ...], line: int, text: str
) -> None:
    template = r"""
{
  "Resources": {
    "A\u000a": {"Type": "x\\","On" :false,
    "List": [ -1.5e3, [[], {"b" : null}], {
      "c":""} ]}
  }
}
"""
    assert shown(template, *path) == (line, text)


@pytest.mark.usefixtures("_either_parser")
def test_comments_are_what_yaml_takes_for_comments() -> None:
    assert read("template", TEMPLATE.encode()).comments() == [
        (1, "About this template"),
        (3, "the data"),
        (6, "quoted"),
        (18, "a tag"),
        (25, "a script"),
    ]
    text = """\
%YAML 1.1  # directive
--- # begin
a: b#c #d
#
"#e": 'f #g
  #h' #i
? j # k
: [l, # m
   "n" , #o # p
  ]
q: > # r
  # s
  t
 # u
# v
w: !x z #z
... # end
"""
    assert read("template", text.encode()).comments() == [
        (1, "directive"), (2, "begin"), (3, "d"), (4, ""), (6, "i"), (7, "k"), (8, "m"), (9, "o # p"), (11, "r"),
        (14, "u"), (15, "v"), (16, "z"), (17, "end"),
    ]  # fmt: skip
    assert read("template", b'{"a": "# b"}').comments() == []
    assert read("template", b"# a\r# b\xe2\x80\xa8 # c\r\nd: e # f").comments() == [
        (1, "a"),
        (2, "b"),
        (2, "c"),
        (3, "f"),
    ]


def test_only_cr_lf_and_both_end_a_line() -> None:
    text = "a: 1\r\nb: 2\rc: 3\n\nd:\x85  e: '\u2028'\u2029  f: 4\r\n"
    document = read("template", text.encode())
    assert document.data == {"a": 1, "b": 2, "c": 3, "d": {"e": "\u2028", "f": 4}}
    assert [document.line(number) for number in range(8)] == [
        "", "a: 1", "b: 2", "c: 3", "", "d:\x85  e: '\u2028'\u2029  f: 4", "", "",
    ]  # fmt: skip
    places = [document.place(path) for path in (("a",), ("b",), ("c",), ("d",), ("d", "f"))]
    assert [(place.line, place.column) for place in places] == [(1, 4), (2, 4), (3, 4), (5, 1), (5, 18)]
    assert (mistake(text + "\ta").line, mistake(text + "a: 5").line) == (6, 6)
    assert read("template", b'{\r"a":\r\n1}').place(("a",)).line == 3


@pytest.mark.usefixtures("_either_parser")
def test_the_extent_of_a_path_is_all_of_it_without_what_stands_around_it() -> None:
    text = """\
a:   # here
  b:
    - 1
    - c: {d: 2}  # there

      e:

# about f
f: !If [x,
  y]
"""
    document = read("template", text.encode())
    extents = [marked(document, document.extent(path)) for path in (("a",), ("a", "b", 1), ("f",))]
    assert extents == [text[: text.index("\n\n#")], "c: {d: 2}  # there\n\n      e:", "f: !If [x,\n  y]"]
    document = read("template", b'{"a": {"b": [1,\n[2]] }, "c": 3}')
    extents = [marked(document, document.extent(path)) for path in (("a",), ("a", "b"), ("a", "b", 1), ("c",))]
    assert extents == ['"a": {"b": [1,\n[2]] }', '"b": [1,\n[2]]', "[2]", '"c": 3']


# What cannot be read


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "is empty"),
        (" \n\n", 1, 1, "is empty"),
        ("# nothing\n", 1, 1, "is empty"),
        ("---\n...\n", 1, 1, "is empty"),
        ("a:\n\tb: 1\n", 2, 1, "has a tab in its indentation"),
        ("a:\n  b: 1\n  \tc: 2\n", 3, 3, "has a tab in its indentation"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "does not fit what line 1 began"),
        ("a:\n  b: 1\n   c: 2\n", 3, 5, "has a colon where no key can be"),
        ("a: b: c\n", 1, 5, "has a colon where no key can be"),
        ("a:\n  - b\n  c: 1\n", 3, 3, "line 2"),
        ("a: - b\n", 1, 4, "has a list item where none can be"),
        ("a: [1, 2\nb: 3\n", 2, 2, "has no comma and no ] where the list of line 1"),
        ("\na: {b: 1\nc: 3\n", 3, 2, "has no comma and no } where the mapping of line 2"),
        ("{a: 1", 1, 6, "has no comma and no } where the mapping of line 1"),
        ("\na: 'b\nc: d\n", 2, 4, "has a quote that is not closed"),
        ("a:\nb\nc: d\n", 2, 1, "has a line that is no key with a colon"),
        ("a: *\n", 1, 5, "has a * or & that no name follows"),
        ("a: @b\n", 1, 4, "has @ where a value begins: put the value in quotes"),
        ("a: %b\n", 1, 4, "has % where a value begins: put the value in quotes"),
        ("{% if a %}\na: b\n", 1, 1, "render it first"),
        ("a: {{ b }}\n", 1, 5, "render it first"),
        ("? [a]\n: b\n", 1, 3, "has a mapping or list for a key"),
        ("a: &b [c]\n*b : d\n", 2, 1, "has a mapping or list for a key"),
        ("!Ref a: b\n", 1, 1, "has !Ref on a key"),
        ("a: ]\n", 1, 4, "has nothing where a value is due"),
        ("a: !b!c d\n", 1, 4, "no %TAG declares"),
        ("a: *b\n", 1, 4, "has the alias *b, and no anchor &b before it"),
        ("a: &b\n  c: *b\n", 2, 6, "has the alias *b within what it stands for"),
        ("a: &b [{<<: *b}]\n", 1, 13, "has the alias *b within what it stands for"),
        ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", 5, 3, "has the key c twice, first in line 3"),
        ("{a: 1,\n 'a': 2}", 2, 2, "has the key a twice, first in line 1"),
        ("1: a\n'1': b\n", 2, 1, "has the key 1 twice, first in line 1"),
        ("a: &k b\nc: 1\n*k : 1\nb: 2\n", 4, 1, "has the key b twice, first in line 3"),
        ("a: 1\n---\nb: 2\n", 2, 1, "has a second document (---): write each to a file of its own"),
        ("a: 1\n---\n", 2, 1, "has a second document"),
        ("a: [1]\nb\n", 2, 1, "has a line that is no key with a colon"),
        ("'a'\nb\n", 2, 1, "has a line that does not belong to what is before it"),
        ("a: b\0c\n", 1, 5, "has the control character U+0000"),
        ("a: b\nc: \x07\n", 2, 4, "has the control character U+0007"),
        ("%YAML 1.1\n%YAML 1.1\n---\na", 2, 1, "is no YAML"),
    ],
)  # fmt: skip
def test_a_mistake_in_yaml_is_told_with_its_place(text: str, line: int, column: int, message: str) -> None:
    error = mistake(text)
    assert message in error.message
    assert (error.line, error.column) == (line, column)


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize("escape", [r"\q", r"\ud800", r"\U99999999"])
def test_an_escape_that_is_none_is_told(escape: str) -> None:
    assert "an escape" in mistake(f'a: "{escape}"').message or "begins no escape" in mistake(f'a: "{escape}"').message


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('{\n"a": 1,\n"b": {"c": [1, 2]\n', 4, 1, "ends too early: the { of line 3 is not closed"),
        ('{"a": [1, "]", "\\"["\n', 2, 1, "ends too early: the [ of line 1 is not closed"),
        ('{"a":', 1, 6, "ends too early: the { of line 1 is not closed"),
        ('{"a": 1,\n "b": "c}', 2, 7, "has a string that is not closed"),
        ('{"a": 1\n "b": 2}', 2, 2, 'has " where a comma or a closing bracket is due'),
        ('{"a": 1,\n "b" 2}', 2, 6, "has 2 where a colon is due"),
        ('{"a": [1, @]}', 1, 11, "has @ where a value is due"),
        ('{"a": 1, , "b": [}', 1, 10, "has , where a key in double quotes is due"),
        ('{"a": 1}\n{"b": 2}\n', 2, 1, "has more after its end: a file holds one document"),
        ('{"a": "\\d", "b"}x', 1, 8, "has a backslash in a string that begins no escape"),
        ('{"a": "b\nc", : }', 1, 9, "has a control character in a string"),
        ('{"a": {"b": 1},}, ]', 1, 16, "has a comma and nothing more before }"),
        ('{"a": NaN}', 1, 7, "has NaN, which is no number of JSON"),
        ('{"NaN": "Infinity",\n"a": [-Infinity]}', 2, 7, "has -Infinity, which is no number of JSON"),
        ('{"a": ' + "9" * 5000 + "}", 1, 7, "has a number of thousands of digits"),
        ('{"a": "\\\\ud800 \\ud83d\\ude00 \\udfff"}', 1, 29, "has half a surrogate pair in a string"),
        ('{"a": 1,\n"b": {"a": 2},\n "a": 3}', 3, 2, "has the key a twice, first in line 1"),
        ('{"x": [{"a": 1,\n"b" :\n2, "\\u0062":3}]}', 3, 4, "has the key b twice, first in line 2"),
    ],
)
def test_a_mistake_in_json_is_told_with_its_place(text: str, line: int, column: int, message: str) -> None:
    error = mistake(text)
    assert message in error.message
    assert (error.line, error.column) == (line, column)


def test_where_it_is_not_looked_for_the_last_of_two_keys_counts_and_the_first_has_the_place() -> None:
    document = read("plan", b'{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}', duplicates=False)
    assert document.data == {"a": 3, "b": {"c": 2}}
    assert document.place(("missing",)).column == 1
    assert document.place(("a",)).column == 7
    assert document.place(("b", "c")).column == 21


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        (b"a: b\r\nc: \xc3\xa9\xe9\n", 2, 5, "has bytes that are no UTF-8: save it as UTF-8"),
        (b'{"a": "\xff"}', 1, 8, "has bytes that are no UTF-8: save it as UTF-8"),
        ("a: b\n".encode("utf-16") + b"\0", 2, 1, "has bytes that are no UTF-16: save it as UTF-8"),
        ("a: b\n".encode("utf-16-le"), 1, 2, "has the control character U+0000, which no text has: save it as UTF-8"),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_place(raw: bytes, line: int, column: int, message: str) -> None:
    error = mistake(raw)
    assert message in error.message
    assert (error.line, error.column) == (line, column)


# What is meant to hurt


def test_more_than_the_limit_is_refused_at_once() -> None:
    started = time.process_time()
    assert mistake(bytes(MAX_BYTES + 1)).message == "is over 10 MB"
    assert mistake(b'{"a": ' * (50 << 17)).message == "is over 10 MB"
    assert mistake(b"a: b\n" * (3 << 20), limit=512 << 20).message == "is over 10 MB"
    assert time.process_time() - started < 0.5


@pytest.mark.usefixtures("_either_parser")
def test_there_may_be_so_many_mappings_and_lists_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_yaml, "MAX_CONTAINERS", 1_000)
    assert len(data("---\n[" + "[], {}, a, " * 499 + "[]]")) == 1_498
    error = mistake("---\n[" + "[], {}, a, " * 499 + "[], []]")
    assert error.message == "has over 1,000 mappings and lists"
    assert (error.line, error.column) == (2, 5495)


def test_aliases_may_repeat_a_million_nodes_and_no_more() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 12)
    )
    assert mistake(bomb).message == "repeats over 1,000,000 nodes by its aliases"
    merging = "a0: &a0 {k0: 0}\n" + "".join(
        f"a{level}: &a{level}\n  <<: [{', '.join([f'*a{level - 1}'] * 9)}]\n  k{level}: 0\n" for level in range(1, 12)
    )
    assert mistake(merging).message == "repeats over 1,000,000 nodes by its aliases"
    fine = "a: &a [" + "x, " * 998 + "x]\nb: [" + "*a, " * 999 + "*a]\n"
    assert len(data(fine)["b"]) == 1000


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[", "]"), ("{a: ", "}"), ("!If [", "]"), ('{"a": ', "}"), ("[[{a: ", "}]]"), ("- ", ""), ("? ", "")],
)
def test_a_thousand_levels_are_refused_and_a_few_are_fine(opening: str, closing: str) -> None:
    error = mistake("a: [0]\nb:\n  " + opening * 2000 + closing * 2000)
    assert f"is nested more than {MAX_DEPTH} levels deep" in error.message or "for a key" in error.message
    assert error.line == 3
    if closing:
        assert height(data(opening * 20 + closing * 20)) <= MAX_DEPTH


def test_json_may_be_as_deep_as_yaml() -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        most = opening * MAX_DEPTH + "1" + closing * MAX_DEPTH
        assert height(data(most)) == height(data("---\n" + most)) == MAX_DEPTH
        for start in ("", "---\n"):
            error = mistake(f"{start}{opening}{most}{closing}")
            assert error.message == f"is nested more than {MAX_DEPTH} levels deep"
            assert error.column == len(opening) * MAX_DEPTH + 1
        for levels in (500, 5_000, 500_000):
            assert "levels deep" in mistake(opening * levels + "1" + closing * levels).message


def test_aliases_cannot_hide_depth() -> None:
    chain = "a0: &a0 [1]\n" + "".join(f"a{level}: &a{level} [*a{level - 1}]\n" for level in range(1, 200))
    assert mistake(chain).message == f"is nested more than {MAX_DEPTH} levels deep"
    tagged = "a0: &a0 !GetAtt a.b\n" + "".join(f"a{i}: &a{i} {{k: !If [*a{i - 1}]}}\n" for i in range(1, 32))
    assert height(data(tagged)) <= MAX_DEPTH
    merged = "a0: &a0 {k: [1]}\n" + "".join(f"a{i}: &a{i} {{k: {{<<: *a{i - 1}}}}}\n" for i in range(1, 200))
    assert mistake(merged).message == f"is nested more than {MAX_DEPTH} levels deep"


def _big(resources: int) -> dict[str, Any]:
    properties = {"BucketName": "b", "Tags": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}], "On": True}
    return {
        "Resources": {f"Bucket{i}": {"Type": "AWS::S3::Bucket", "Properties": properties} for i in range(resources)}
    }


@pytest.mark.skipif(not FAST, reason="no libyaml")
@pytest.mark.parametrize("form", ["yaml", "json", "indented json"])
def test_every_place_of_five_thousand_resources_costs_linear_time(form: str) -> None:
    def cost(resources: int) -> float:
        big = json.loads(json.dumps(_big(resources)))
        text = (
            yaml.dump(big, Dumper=yaml.CSafeDumper)
            if form == "yaml"
            else json.dumps(big, indent=1 if " " in form else None)
        )
        started = time.process_time()
        document = read("template", text.encode())
        for path, _ in leaves(big):
            document.place(path)
        return time.process_time() - started

    gc.disable()  # it looks through everything that the other tests left, whenever it likes
    try:
        spent = [min(cost(resources) for _ in range(3)) for resources in (1_250, 5_000)]
    finally:
        gc.enable()
    assert spent[1] < 10 * spent[0]  # four times as much, and the noise of a busy machine


def test_a_line_of_a_million_columns_is_as_good_as_any() -> None:
    big = {"Resources": {f"R{i}": {"Type": "A::B::C", "Tags": [{"Key": "k" * 100, "Value": i}]} for i in range(7_000)}}
    one_line = json.dumps(big)
    assert len(one_line) > 1_000_000
    for text in (one_line, "---\n" + one_line):
        document = read("template", text.encode())
        started = time.process_time()
        for index in range(0, 7_000, 3):
            place = document.place(("Resources", f"R{index}", "Tags", 0, "Value"))
            assert place.end_column - place.column == len(str(index))
            document.place(("Resources", f"R{index}", "Tags", 0))
            document.place(("Missing", index))
        assert time.process_time() - started < 5


def test_memory_stays_in_proportion() -> None:
    raw = json.dumps(_big(1_000)).encode()
    for text in (raw, b"---\n" + raw):
        tracemalloc.start()
        document = read("template", text)
        for index in range(1_000):
            document.place(("Resources", f"Bucket{index}", "Properties", "On"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 40 * len(raw)


@pytest.mark.parametrize(
    "text",
    [
        '"' * 1_000_000,
        "a: '" + "''" * 1_000_000,
        "a: |\n" + "\n" * 1_000_000,
        "#\n" * 200_000 + "a: b",
        "a: " + "#" * 1_000_000,
        "- " * 500_000,
        "&a " * 300_000,
        "!a " * 300_000,
        "[" + "&a b," * 100_000 + "]",
        "{" * 1_000_000,
        "[" + '"\\u0000",' * 100_000,
        '{"a": "' + "\\\\" * 500_000,
        "\t" * 1_000_000,
        "\r" * 1_000_000 + "a: b",
        "? " * 500_000,
        "a:\n" * 300_000,
        "".join(f"{' ' * (i % 90)}a{i}:\n" for i in range(30_000)),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    try:
        document = read("template", text.encode())
        document.comments()
        document.place(("a", "b"))
    except DocumentError:
        pass
    assert time.process_time() - started < 5


# Whatever comes

_TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["0755", "1e3", "yes", "null", "~", "2010-09-09", "<<", "=", "# a", "a: b", "- a", "!Ref", "*a", "''"]
    ),
)
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False), _TEXTS
)
_DATA = st.recursive(
    st.dictionaries(_TEXTS, _SCALARS, max_size=4) | st.lists(_SCALARS, max_size=4),
    lambda inner: st.dictionaries(_TEXTS, inner | _SCALARS, max_size=4) | st.lists(inner | _SCALARS, max_size=4),
    max_leaves=12,
)


@given(_DATA, st.sampled_from([None, 0, 1, "\t"]), st.sampled_from([(",", ":"), (" ,\r\n", " : ")]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_json_says_what_json_says_and_its_places_are_of_what_it_says(
    written: Any, indent: Any, separators: tuple[str, str], ascii_only: bool
) -> None:
    text = json.dumps(written, indent=indent, separators=separators, ensure_ascii=ascii_only)
    document = read("template", text.encode())
    assert document.data == json.loads(text)
    for path, leaf in leaves(written):
        assert json.loads(marked(document, document.place(path))) == leaf
        if isinstance(path[-1], str):
            assert json.loads(marked(document, document.place(path, key=True))) == path[-1]


def _as_read(written: Any) -> Any:
    """What is left of data once YAML has been made of it: numbers that are not written back as they are become text."""
    if isinstance(written, dict):
        return {key: _as_read(item) for key, item in written.items()}
    if isinstance(written, list):
        return [_as_read(item) for item in written]
    if isinstance(written, bool) or not isinstance(written, (int, float)):
        return written
    if isinstance(written, int):
        return written if abs(written) < 10**15 else str(written)
    plain = re.fullmatch(r"-?\d{1,15}\.\d{1,15}", repr(written))
    return written if plain else yaml.safe_dump(written).split("\n")[0]


@given(
    _DATA,
    st.sampled_from([None, None, "'", '"', "|", ">"]),
    st.sampled_from([None, True, False]),
    st.sampled_from([10, 80]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_yaml_says_what_was_dumped_and_its_places_are_of_what_it_says(
    written: Any, style: str | None, flow: bool | None, width: int, line_break: str, unicode: bool
) -> None:
    text = yaml.safe_dump(
        written, default_style=style, default_flow_style=flow, width=width, line_break=line_break,
        allow_unicode=unicode, sort_keys=False, explicit_start=True,
    )  # fmt: skip
    document = read("template", text.encode())
    assert same(document.data, yaml.load(text, Independent))
    if style is None and line_break == "\n" and yaml.safe_load(text) == written:
        assert document.data == _as_read(written)
    for path, leaf in leaves(document.data):
        value = marked(document, document.place(path))
        if _in_one_line(value) and leaf is not None:
            assert data(f"k: {value}") == {"k": leaf}
        key = marked(document, document.place(path, key=True))
        if _in_one_line(key) and isinstance(path[-1], str):
            assert list(data(f"{key}: 1")) == [path[-1]]


def _in_one_line(text: str) -> bool:
    """Whether a piece of YAML can be read apart from the lines around it."""
    return text[:1] not in ("|", ">") and not any(line_break in text for line_break in "\r\n\x85\u2028\u2029")


@pytest.mark.skipif(not FAST, reason="no libyaml")
@given(_DATA, st.sampled_from([None, "'", '"', "|"]), st.booleans(), st.sampled_from([" # note\n", "\n\n"]))
@settings(max_examples=100, deadline=None)
def test_both_parsers_of_pyyaml_come_to_the_same(written: Any, style: str | None, flow: bool, ends: str) -> None:
    text = yaml.safe_dump(written, default_style=style, default_flow_style=flow, explicit_start=True)
    if style is None:
        text = re.sub(r"(?<=\d)\n", ends, text)
    fast = read("template", text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        slow = read("template", text.encode())
    assert fast.data == slow.data
    assert fast.comments() == slow.comments()
    for path, _ in leaves(fast.data):
        for shorter in range(len(path) + 1):
            assert repr(fast.place(path[:shorter])) == repr(slow.place(path[:shorter]))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "'b # c'", '"d\\" #"', "[e, '#f']", "|\n  # g", "&h i#j", "!Sub '#'"]), st.booleans()
        )
    )
)
def test_the_comments_are_those_that_were_written(values: list[tuple[str, bool]]) -> None:
    written = ""
    expected = []
    for number, (value, commented) in enumerate(values):
        head, newline, tail = value.partition("\n")
        note = f" # note {number}" if commented else ""
        expected += [(written.count("\n") + 1, f"note {number}")] if commented else []
        written += f"k{number}: {head}{note}{newline}{tail}\n"
    if values:
        assert read("template", written.encode()).comments() == expected


_TOKENS = st.lists(
    st.sampled_from(
        ["a", "b", "0", "true", ": ", ":", "- ", "-", "? ", "\n", "\n  ", "\n    ", "\r\n", "\r", "\t", " ", "[", "]", "{", "}",
         ",", "#", " # c", "'", '"', "\\", "|", ">", "|2-", "&x ", "*x", "*x ", "!Ref ", "!GetAtt a.b", "!If ", "!!str ", "!",
         "<<: ", "<<", "---", "\n---\n", "...", "%YAML 1.1\n", "%TAG ! x:\n", "@", "`", "\0", "\x85", "\u2028", "\ufeff", "é", "😀",
         '"a": ', '"\\ud800"', "1e999", "NaN", "null", '""', "{{", "}}", "!<t>", "= "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


def _probe(raw: bytes) -> None:
    try:
        document = read("template", raw)
    except DocumentError as error:
        told = error.message, error.line, error.column
        assert all(told)
        return
    document.comments()
    for path, _ in leaves(document.data):
        for end in range(len(path) + 1):
            for asked in (path[:end], (*path[:end], "missing"), (*path[:end], 99)):
                for key in (False, True):
                    place = document.place(asked, key=key)
                    assert 1 <= place.line <= place.end_line <= len(re.split(r"\r\n|\r|\n", document.text))
                    assert 1 <= place.column <= len(document.line(place.line)) + 1
                    assert 1 <= place.end_column <= len(document.line(place.end_line)) + 1
                    assert (place.line, place.column) <= (place.end_line, place.end_column)


@given(_TOKENS, st.booleans())
@settings(max_examples=1000, deadline=None)
def test_nothing_but_a_mistake_is_raised_whatever_the_text(text: str, fast: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", FAST and fast)
        _probe(text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-16")))
@settings(max_examples=300, deadline=None)
def test_nothing_but_a_mistake_is_raised_whatever_the_bytes(raw: bytes) -> None:
    _probe(raw)


@pytest.mark.skipif(not (CORPUS / "cloudformation").is_dir(), reason="no corpus beside the checkout")
@pytest.mark.parametrize("pattern", ["cloudformation/**/*.yaml", "cloudformation/**/*.yml", "cloudformation/**/*.json"])
def test_templates_that_people_deploy_are_read_as_others_read_them(pattern: str) -> None:
    paths = sorted(path for path in CORPUS.glob(pattern) if path.is_file())
    assert paths
    for path in paths:
        raw = path.read_bytes()
        try:
            other = json.loads(raw) if path.suffix == ".json" else yaml.load(raw, Independent)
        except (ValueError, yaml.YAMLError):
            mistake(raw)
            continue
        if path.parent.name in _WITH_A_KEY_TWICE:
            assert "twice" in mistake(raw).message
            continue
        document = read(path.name, raw)
        assert document.data == other if path.suffix == ".json" else same(document.data, other), path
        for leaf_path, leaf in list(leaves(document.data))[::7]:
            place = document.place(leaf_path)
            cut = marked(document, place)
            if path.suffix == ".json":
                assert json.loads(cut) == leaf
            elif place.line == place.end_line and leaf is not None and not cut.startswith(("*", "!", "&")):
                assert data(f"k: {cut}") == {"k": leaf}, (path, leaf_path)


_WITH_A_KEY_TWICE = {"msk-lambda-schema-avro-java-sam", "cognito-sns-sms-origination-id-sam", "centralAccount"}


def test_slow_yaml_is_told_where_it_was_read_and_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    data("a: b")
    assert slow_yaml() is not FAST
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert slow_yaml()
    monkeypatch.delitem(sys.modules, "yaml")
    assert not slow_yaml()


def test_neither_yaml_nor_json_is_imported_before_one_is_read() -> None:
    code = "import sys, wascan.document; print(sorted({'yaml', 'json'} & set(sys.modules)))"
    environment = {"PYTHONPATH": str(Path(wascan.__file__).parents[1])}
    ran = subprocess.run(
        [sys.executable, "-S", "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    assert "yaml" not in ran.stdout
    assert "json" not in ran.stdout
