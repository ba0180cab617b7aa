"""One fact as a clause: what it is about, and what is said of it, in the dialect of what it was found in.

A fact is told as what is the case (``StorageEncrypted is false``), with what was wanted beside it only where that is
not plain (``BackupRetentionPeriod is 1, less than 7``). Everything that comes from an input is bounded, and without
control characters; what a kind calls secret is never shown.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from wascan.attribute import Always, Attribute, Beside, Flag
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, plain, reason
from wascan.verdict import Truth

if TYPE_CHECKING:
    from wascan.graph import Resource
    from wascan.value import Fact, Named, Value

_LONGEST = 60
_PASS, _UNKNOWN = Truth.PASS, Truth.UNKNOWN  # looking one up takes 100 ns
_UNSAFE = re.compile(
    # C0, DEL, C1; marks without width and of direction (Unicode TR 36, section 2.10.5); separators; lone surrogates
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
    # what the logs of GitHub, Azure and TeamCity take for a command wherever it stands
    r"|##(?=\w*\[)"
)


def printable(text: str) -> str:
    """`text` on one line, with escapes for what would steer a terminal, a reader's eye or a build log."""
    return text if text.isprintable() and "##" not in text else _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if found == "##":
        return r"#\x23"
    code = ord(found)
    return {9: r"\t", 10: r"\n", 13: r"\r"}.get(code) or (
        f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    )


def shown(data: Any) -> str:
    """Data in a few words."""
    if isinstance(data, str):
        text = data or '""'
    elif isinstance(data, dict):
        return "a mapping"
    elif isinstance(data, list):
        return f"a list of {len(data)}"
    elif isinstance(data, Unknown):
        return "unknown"
    elif isinstance(data, Reference):
        text = f"{data.resource.name}.{data.attribute}" if data.attribute else data.resource.name
    elif isinstance(data, Text):
        text = "".join(
            part if isinstance(part, str) else "${...}" if isinstance(part, Unknown) else f"${{{shown(part)}}}"
            for part in data.parts
        )
    else:
        text = plain(data) or '""'
    text = printable(text[: _LONGEST + 1])
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def named(resource: Resource) -> str:
    """What people call a resource: the path of its construct in a CDK app, else its logical id or Terraform address."""
    return printable(resource.construct.removesuffix("/Resource") or resource.name)


def describe(fact: Fact, truth: Truth, beside: Resource | None = None) -> str:
    """One fact that passed, failed or is unknown, as a clause; `beside` is the resource that needs no naming."""
    subject, predicate = clause_of(fact, truth, beside)
    return f"{subject} {predicate}"


def clause_of(fact: Fact, truth: Truth, beside: Resource | None) -> tuple[str, str]:
    """The subject and the predicate of a fact."""
    if truth is _PASS:
        fact = fact.negated()  # what passes a question fails its opposite
    if truth is not _UNKNOWN and (lack := lacking(fact)):
        resource = fact.value.resource
        return "it" if resource is beside or beside is None else printable(resource.name), lack
    return _subject(fact.value, beside), _predicate(fact, truth)


def _subject(value: Value, beside: Resource | None) -> str:
    """The last two steps of what the dialect calls it; whose it is, if another resource's."""
    short, holder = _short(value.name or value.attribute.name.replace("_", " "))
    if value.resource is not beside and beside is not None:
        holder = value.resource.name
    return printable(f"{short} of {holder}") if holder else short


@cache
def _short(name: str) -> tuple[str, str]:
    steps, _, holder = name.partition(" of ")
    return printable(".".join(steps.split(".")[-2:])), holder


def lone(value: Value) -> Beside | None:
    """Where a value that is missing would stand, if that is another resource and there is none such."""
    attribute = value.attribute
    if (value.data is ABSENT or (value.defaulted and not value.data)) and isinstance(attribute, Attribute):
        place = attribute.place(value.resource.dialect) if attribute.lacks_satellite(value.resource) else None
        if isinstance(place, Beside):
            return place
    return None


def lacking(fact: Fact) -> str:
    """What is said of a resource whose value is missing together with what it would stand in; empty of all others."""
    value = fact.value
    if (value.data is not ABSENT and not value.defaulted) or not _may_lack(value.attribute, value.resource.dialect):
        return ""
    if value.name.startswith("its ") and fact.question == "is_present":
        return f"has no {value.name.removeprefix('its ')}"
    attribute, question = value.attribute, fact.question
    if question == "count_at_least" and value.name.startswith("the list of its "):
        things = value.name.removeprefix("the list of its ")
        return f"has no {things}" if fact.wanted == 1 else f"has fewer than {shown(fact.wanted)} {things}"
    if question in ("any", "any of none") and fact.wanted is not None and isinstance(attribute, Attribute):
        place = attribute.place(value.resource.dialect)
        if isinstance(place, Beside) and place.path == "$":
            return f"lacks {wanted_item(fact.wanted)}"
    written = len(value.path) > len(value.resource.properties_path)
    if question.removeprefix("not ") in LISTS and question != "any of none" and (written or question not in _EMPTY):
        return ""
    if (place := lone(value)) is None:
        return ""
    sought = fact.wanted if question == "any of none" and " " in str(fact.wanted) else None
    return f"has no {place.type} with {sought}" if sought else f"has no {place.type}"


@cache
def _may_lack(attribute: Named, dialect: str) -> bool:
    """Whether what an attribute stands in is a resource of its own; few do."""
    beside = isinstance(attribute, Attribute) and isinstance(attribute.place(dialect), Beside)
    return beside or attribute.label(dialect).startswith("its ")


def emptiness(value: Value) -> str:
    """Whether a list that has no items is written."""
    resource = value.resource
    data: Any = resource.properties
    start = resource.properties_path
    if len(value.path) <= len(start) or value.path[: len(start)] != start:
        return "is not set"
    try:
        for step in value.path[len(start) :]:
            data = data[step]
    except (KeyError, IndexError, TypeError):
        return "is not set"
    return "is empty" if data == [] else "is not set"


def _predicate(fact: Fact, truth: Truth) -> str:
    if truth is _UNKNOWN:
        return _unknown(fact.value, fact.question.removeprefix("not "), fact.wanted)
    negated = fact.question.startswith("not ")
    question = fact.question.removeprefix("not ")
    value, wanted = fact.value, fact.wanted
    if question == "count_at_least" and wanted == 1:
        question, negated = "is_empty", not negated
    if question in LISTS:
        predicate = LISTS[question][negated]
        return emptiness(value) if predicate == "is empty" else predicate.format(wanted_item(wanted))
    data = value.data
    if isinstance(data, Unknown):
        if question == "is_present" and negated:
            return "is set"
        if question == "one_of" and not negated:
            return f"is not {either(wanted)}"
        return _unknown(value, question, wanted)
    contrast = (_CONTRAST if not negated else _OPPOSITE).get(question, "" if negated else ", not {}")
    contrast = contrast.format(either(wanted)) if wanted not in (None, ()) else contrast.replace(", not {}", "")
    switched = question == "is_true"
    if isinstance(value.attribute, Flag) and question == "one_of" and wanted == value.attribute.on and not negated:
        switched, contrast = True, f", not {value.attribute.wanted()}"  # the first is what people write
    if switched and plain(data).lower() == "false":
        contrast = ""
    if data is ABSENT:
        return "is not set"
    if value.defaulted:
        return _defaulted(value, contrast)
    if question == "is_present":
        return "is set" if negated and (value.secret or isinstance(data, (dict, list))) else f"is {_data(value)}"
    if question == "is_customer_managed":
        contrast = "" if data == "" else ", a key of the customer's own" if negated else ", a key that AWS manages"
    if negated and question == "satisfies" and plain(data).lower() in str(wanted).lower().split(" or "):
        contrast = ""
    return f"is {_data(value)}{contrast}"


LISTS = {
    "any": ("lacks {}", "has {}"),
    "any of none": ("is empty", "is empty"),
    "every": ("is not as it should be throughout", "is empty"),
    "is_empty": ("is not empty", "is empty"),
    "count_at_least": ("has fewer than {} items", "has {} items or more"),
    "stays_out_of_code": ("stands in {}", "is kept out of the code"),
    "stays_out_of_sight": ("comes from {}, which is not hidden", "is hidden"),
    "allows": ("does not allow {}", "allows {}"),
    "has_no_key": ("has a key in it", "has no key in it"),
    "in_two_zones": ("does not reach two Availability Zones", "reaches more than one Availability Zone"),
    "distinct_at_least": ("has fewer than {} different values", "has {} different values or more"),
}
"""What is said of a list that fails a question, and one that fails its opposite."""

_EMPTY = ("any of none", "not is_empty", "not every", "count_at_least", "distinct_at_least")
"""Questions that a list may fail because it has no items."""

_CONTRAST = {
    "is_true": ", not true",
    "is_false": "",
    "at_least": ", less than {}",
    "at_most": ", more than {}",
    "starts_with": ", which does not begin with {}",
    "ends_with": ", which does not end in {}",
    "holds": ", which does not contain {}",
}
_OPPOSITE = {"satisfies": ", {}"}


def _defaulted(value: Value, contrast: str) -> str:
    """What is said of an absent value that has a default."""
    attribute = value.attribute
    if isinstance(attribute, Always):
        return f"is always {'on' if value.data else 'off'}"
    if isinstance(attribute, Flag) and (attribute.on or attribute.by_presence) and not value.data:
        return "is not set"
    whose = "the default" if value.resource.dialect == "tf" else "AWS's default"
    return f"is not set; {whose} is {_data(value)}{contrast}"


def _unknown(value: Value, question: str, wanted: object) -> str:
    """Why a question about a value has no answer yet."""
    data = value.data
    if question == "allows" and not isinstance(data, Unknown):
        return f"is {_data(value)}, which may or may not allow {either(wanted)}"
    if isinstance(data, MARKERS):
        why = printable(reason(data))
        return f"is unknown: it is not set, and {why}" if value.defaulted else f"is unknown: {why}"
    if question == "leads to":
        return f"is {_data(value)}, which is not in this scan"
    if data is ABSENT:
        return "is unknown"
    if isinstance(data, (dict, list)):
        return f"is {shown(data)}, where a single value is due"
    if question in ("is_true", "is_false"):
        return f"is {_data(value)}, neither true nor false"
    if question in ("at_least", "at_most"):
        return f"is {_data(value)}, which is no number"
    verb = "hold" if question == "any" else "be"
    return f"is {_data(value)}, which may or may not {verb} {either(wanted)}" if wanted else f"is {_data(value)}"


def _data(value: Value) -> str:
    return "hidden" if value.secret else shown(value.data)


def wanted_item(wanted: object) -> str:
    return "a matching item" if wanted is None else shown(wanted)


def either(wanted: object) -> str:
    """A wanted value, or the first of several."""
    items = [shown(item) for item in wanted] if isinstance(wanted, tuple) else [shown(wanted)]
    items = [*{item.lower(): item for item in reversed(items)}.values()][::-1]  # "aurora or Aurora" is one to a reader
    if len(items) > 5:
        items[4:] = [f"one of {len(items) - 4} more"]
    return series(items, "or")


def series(items: list[str], word: str = "and") -> str:
    return f" {word} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 2 else items)
