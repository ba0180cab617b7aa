"""The options of rules as a configuration file has them: in kebab case, of the types in the rule's signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wascan.rule import Rule
    from wascan.schema import Schema

_PLAIN: dict[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "None": {"type": "null"},
}
_SEQUENCES = {"list": list, "Sequence": tuple, "Collection": tuple, "tuple": tuple, "frozenset": frozenset}


def settings(rule: Rule | None, common: Schema) -> Schema:
    """The JSON Schema of what may be said of a rule: `common`, which may be said of any, and its options.

    None stands for a rule of another engine, which has no options here. Raises TypeError where the annotation of an
    option is none of those that a file can hold.
    """
    options = {} if rule is None else rule.options
    own = {name.replace("_", "-"): annotated(option.type) for name, option in options.items() if name != "today"}
    return {**common, "properties": {**common["properties"], **own}, "additionalProperties": False}


def annotated(annotation: str) -> Schema:
    """What an option's annotation means in JSON Schema."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    alternatives = _split(annotation, " | ")
    if len(alternatives) > 1:
        return {"anyOf": [annotated(alternative) for alternative in alternatives]}
    outer, arguments = _subscript(annotation)
    if outer == "Literal":
        return {"enum": [item.strip("\"'") for item in arguments]}
    if outer in _SEQUENCES:
        return {"type": "array", "items": annotated(arguments[0])}
    if outer in ("dict", "Mapping"):
        return {"type": "object", "additionalProperties": annotated(arguments[1])}
    raise TypeError(f"an option cannot be {annotation}: no configuration file can say one")


def converted(data: Any, annotation: str) -> Any:
    """Plain data, which satisfies `annotated(annotation)`, as the Python value that the annotation promises."""
    if isinstance(data, list):
        for alternative in _split(annotation, " | "):
            outer, arguments = _subscript(alternative)
            if outer in _SEQUENCES:
                return _SEQUENCES[outer](converted(item, arguments[0]) for item in data)
    return data


def _subscript(annotation: str) -> tuple[str, list[str]]:
    outer, _, inner = annotation.partition("[")
    return outer.rpartition(".")[2], _split(inner.removesuffix("]"), ", ")


def _split(text: str, separator: str) -> list[str]:
    """The parts of an annotation between separators that stand in no brackets."""
    parts = [""]
    for piece in text.split(separator):
        if parts[-1].count("[") > parts[-1].count("]"):
            parts[-1] += separator + piece
        else:
            parts.append(piece)
    return parts[1:]
