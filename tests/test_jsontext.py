"""JSON in strings with open parts: what is known is read, what is open stays in its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wascan.kinds.jsontext import parsed
from wascan.markers import Text, Unknown, assemble

ACCOUNT = Unknown("the account is known at deploy", "Account")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Co")), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_a_known_text_is_read_as_json(data: Any) -> None:
    assert parsed(json.dumps(data)) == (data if json.dumps(data) != '""' else "")


@given(JSON, WORDS, WORDS)
def test_an_open_part_of_a_string_stays_where_it_was(data: Any, before: str, after: str) -> None:
    written = json.dumps({"data": data, "open": [f"{before}HERE{after}"]}).rpartition("HERE")
    found = parsed(assemble([written[0], ACCOUNT, written[2]]))
    wanted = assemble([before, ACCOUNT, after])
    assert found["data"] == data
    (part,) = found["open"]
    assert part is ACCOUNT if wanted is ACCOUNT else part.parts == wanted.parts


@pytest.mark.parametrize(
    "text",
    [
        Text(('{"a": ', ACCOUNT, "}")),
        Text((ACCOUNT, '{"a": 1}')),
        Text(("no JSON at all", ACCOUNT)),
    ],
)
def test_an_open_part_that_is_no_piece_of_a_string_leaves_all_of_it_open(text: Text) -> None:
    assert parsed(text) is ACCOUNT


def test_what_is_no_json_is_unknown_and_what_is_no_string_is_left_alone() -> None:
    assert isinstance(parsed("{"), Unknown)
    assert parsed({"a": 1}) == {"a": 1}
    assert parsed("") == ""
