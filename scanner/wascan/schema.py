"""The part of JSON Schema that wascan's own files need, with complaints that help whoever wrote the file.

A schema is plain data in the words of JSON Schema, draft 2020-12. These are looked at: `type`, `enum`, `pattern`,
`minLength`, `minimum`, `maximum`, `items`, `minItems`, `properties`, `required`, `additionalProperties` and `anyOf`;
annotations (`description`, `default`, `examples`) are for editors and pages. So what is published for editors is what
is checked here.

The library for it, jsonschema, is right about a file and says so in the words of the schema; it points at no line,
suggests no name, and costs 90 ms to import.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Schema = dict[str, Any]

_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "object": ((dict,), "a mapping"),
    "array": ((list,), "a list"),
    "string": ((str,), "text"),
    "boolean": ((bool,), "true or false"),
    "integer": ((int,), "a whole number"),
    "number": ((int, float), "a number"),
    "null": ((type(None),), "nothing"),
}


class Fault:
    """One departure from a schema: `path` leads to it, to the name rather than to what it holds if `key` is set."""

    __slots__ = ("key", "message", "path")

    def __init__(self, path: tuple[str | int, ...], message: str, *, key: bool = False) -> None:
        self.path = path
        self.message = message
        self.key = key

    def __str__(self) -> str:
        where = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in self.path)[1:]
        return f"{where}: {self.message}" if where else self.message


def faults(data: Any, schema: Mapping[str, Any], path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """Everything in which plain `data` departs from `schema`, in the order of the data."""
    if "type" in schema and not _is(data, schema["type"]):
        yield Fault(path, f"expected {_expected(schema)}, not {said(data)}.")
        return
    if "enum" in schema and data not in schema["enum"]:
        allowed = [str(value) for value in schema["enum"]]
        yield Fault(path, f"expected {_either(allowed)}, not {said(data)}.{did_you_mean(str(data), allowed)}")
    if isinstance(data, str) and (
        len(data) < schema.get("minLength", 0) or not re.search(schema.get("pattern", ""), data)
    ):
        yield Fault(path, f"expected {_expected(schema)}, not {said(data)}.")
    if isinstance(data, int) and not schema.get("minimum", data) <= data <= schema.get("maximum", data):
        yield Fault(path, f"expected {_expected(schema)}, not {said(data)}.")
    if isinstance(data, list):
        if len(data) < schema.get("minItems", 0):
            yield Fault(path, "expected a list that is not empty.")
        for index, item in enumerate(data):
            yield from faults(item, schema.get("items", {}), (*path, index))
    if isinstance(data, dict):
        yield from _members(data, schema, path)
    alternatives = [list(faults(data, alternative, path)) for alternative in schema.get("anyOf", ())]
    if alternatives and all(alternatives):
        yield from alternatives[0]


def _members(data: dict[str, Any], schema: Mapping[str, Any], path: tuple[str | int, ...]) -> Iterator[Fault]:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    for name in schema.get("required", ()):
        if name not in data:
            yield Fault(path, f'"{name}" is missing.', key=True)
    for name, item in data.items():
        if name in properties:
            yield from faults(item, properties[name], (*path, name))
        elif others is False:
            yield Fault((*path, name), f"there is no such key.{did_you_mean(str(name), properties)}", key=True)
        else:
            yield from faults(item, others, (*path, name))


def _is(data: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(
        isinstance(data, _TYPES[name][0]) and (name == "boolean" or data.__class__ is not bool) for name in names
    )


def _expected(schema: Mapping[str, Any]) -> str:
    """What a schema asks for, in words, with its first example."""
    if "enum" in schema:
        return _either([str(value) for value in schema["enum"]])
    names = [schema["type"]] if isinstance(schema.get("type", ""), str) else schema["type"]
    words = _either([_TYPES[name][1] for name in names])
    return f"{words}, such as {flow(schema['examples'][0])}" if schema.get("examples") else words


def _either(words: list[str]) -> str:
    return " or ".join((*([", ".join(words[:-1])] if words[1:] else ()), words[-1]))


def flow(data: Any) -> str:
    """Data in YAML's flow style."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{name}: {flow(item)}" for name, item in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(flow, data)) + "]"
    if isinstance(data, str) and (data.isdigit() or not re.fullmatch(r"\w[\w ./-]*", data)):
        return f'"{data}"'  # else it might be read as a number or an alias
    return str(data).lower() if isinstance(data, bool) else str(data)


def said(data: Any) -> str:
    """What somebody wrote, in words that are short and safe to print."""
    if isinstance(data, str):
        return ascii(data if len(data) <= 40 else f"{data[:40]}...").replace("'", '"')
    if isinstance(data, (dict, list)):
        return _TYPES["object" if isinstance(data, dict) else "array"][1]
    return "nothing" if data is None else flow(data)
