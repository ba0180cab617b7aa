"""YAML 1.1 with CloudFormation's short tags: plain data, and the place of anything in it, in one pass over the events
of PyYAML's parser.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from wascan._text import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan._text import DocumentError, Entry, Lines, Path, Span

MAX_ALIASED = 1_000_000
"""So many nodes may the aliases of a document stand for, each counted as often as it is repeated."""

MAX_CONTAINERS = 1_000_000
"""So many mappings and lists may there be: four times as many as fit into 10 MB of anything that says something."""

_PREFIXED = (
    "And", "Base64", "Cidr", "Contains", "EachMemberEquals", "EachMemberIn", "Equals", "FindInMap", "ForEach",
    "GetAtt", "GetAZs", "GetStackOutput", "If", "ImportValue", "Join", "Length", "Not", "Or", "RefAll", "Select",
    "Split", "Sub", "ToJsonString", "Transform", "ValueOf", "ValueOfAll",
)  # fmt: skip
_FUNCTIONS = {"!Ref": "Ref", "!Condition": "Condition"} | {f"!{name}": f"Fn::{name}" for name in _PREFIXED}
"""The long form of each short tag (AWS CloudFormation Template Reference Guide, "Intrinsic functions" and
"Rule-specific intrinsic functions")."""

_STANDARD = "tag:yaml.org,2002:"
_RESOLVED = {_STANDARD + name for name in ("bool", "float", "int", "null")}
_KEPT = ("binary", "map", "omap", "pairs", "seq", "set", "str", "timestamp")
_AS_WRITTEN = {"!", *(_STANDARD + name for name in _KEPT)}

_WORDS = {
    written: value
    for words, value in ((("true", "yes", "on"), True), (("false", "no", "off"), False), (("null", "~", ""), None))
    for word in words
    for written in (word, word.capitalize(), word.upper())
}
_TELLING = frozenset(["", *"-0123456789", *(word[0] for word in _WORDS if word)])
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}").fullmatch
_FRACTION = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}").fullmatch


def parse(lines: Lines) -> tuple[Any, Layout]:
    """The data of a text, and where things stand in it. Raises DocumentError."""
    try:
        builder = _Builder(lines)
        data = builder.document()
        if not yaml.__with_libyaml__:  # this parser lets escapes through that are no characters
            import json

            json.dumps(data, ensure_ascii=False).encode()
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        from wascan._yaml_mistakes import worded

        raise worded(lines, error) from None
    return data, builder.layout


class _Builder:
    """Makes data of events.

    What an anchor names is kept with its node's number, how many nodes it has and how deep it is, both with what its
    aliases repeat; None while it is being built.
    """

    __slots__ = ("_aliased", "_anchors", "_deepest", "_depth", "_events", "_lines", "_merges", "layout")

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.layout = Layout(lines)
        parser: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        self._events: Iterator[Any] = iter(parser(lines.text).get_event, None)
        self._anchors: dict[str, tuple[Any, int, int, int] | None] = {}
        self._merges: set[int] = set()
        self._aliased = self._depth = self._deepest = 0

    def document(self) -> Any:
        """The data of the one document that there must be."""
        data = None
        started = False
        for event in self._events:
            if event.__class__ is DocumentStartEvent:
                if started:
                    message = "has a second document (---): write each to a file of its own"
                    raise self._lines.mistake(message, _start(event))
                started = True
                data = self._value(next(self._events))
        if data is None:
            raise self._lines.mistake("is empty", 0)
        return data

    def _value(self, event: Any) -> Any:
        if event.__class__ is not ScalarEvent:
            return self._alias(event) if event.__class__ is AliasEvent else self._container(event)
        layout = self.layout
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # noqa: PT018  the parser sets both
        layout.starts.append(start.index)
        layout.ends.append(end.index)
        value: Any = event.value
        if event.implicit[0]:
            if value[:1] in _TELLING and event.tag is None:
                value = _resolved(value)
        elif (tag := event.tag) is not None and tag not in _AS_WRITTEN:
            value = _resolved(value) if tag in _RESOLVED else self._called(tag, value)
        if event.anchor is not None:
            self._anchors[event.anchor] = value, len(layout.starts) - 1, 1, 2
        return value

    def _called(self, tag: str, value: str) -> dict[str, Any]:
        """The long form of a scalar with a short tag."""
        self._reach(self._depth + 2)
        name = self.layout.functions[len(self.layout.starts) - 1] = _long_form(tag)
        return {name: value.split(".", 1) if name == "Fn::GetAtt" and "." in value else value}

    def _container(self, event: Any) -> Any:
        layout = self.layout
        if len(layout.inside) == MAX_CONTAINERS:
            raise self._lines.mistake(f"has over {MAX_CONTAINERS:,} mappings and lists", event.start_mark.index)
        number = len(layout.starts)
        layout.starts.append(event.start_mark.index)
        layout.ends.append(0)
        name = None if event.tag is None or event.tag in _AS_WRITTEN else _long_form(event.tag)
        outer = self._depth
        self._depth += 1 if name is None else 2
        self._reach(self._depth)
        anchor, aliased, deepest = event.anchor, self._aliased, self._deepest
        if anchor is not None:
            self._anchors[anchor] = None
            self._deepest = self._depth
        read: Any = self._mapping if event.__class__ is MappingStartEvent else self._sequence
        value = read(number, event.flow_style)
        if name is not None:
            layout.functions[number] = name
            value = {name: value}
        self._depth = outer
        if anchor is not None:
            weight = len(layout.starts) - number + self._aliased - aliased
            self._anchors[anchor] = value, number, weight, self._deepest - outer
            self._deepest = max(deepest, self._deepest)
        return value

    def _mapping(self, number: int, flow: bool) -> dict[str, Any]:
        node: dict[str, Any] = {}
        inside = self.layout.inside[number] = {}
        starts, ends = self.layout.starts, self.layout.ends
        events, value = self._events, self._value
        for event in events:
            if event.__class__ is MappingEndEvent:
                break
            if event.__class__ is ScalarEvent:
                key = event.value
                if event.implicit[0]:
                    if key == "<<":
                        self._merges.add(len(starts))
                elif event.tag is not None and event.tag not in _AS_WRITTEN | _RESOLVED:
                    raise self._lines.mistake(f"has {event.tag} on a key, where no function can be", _start(event))
                if event.anchor is not None:
                    self._anchors[event.anchor] = key, len(starts), 1, 0
            else:
                key = self._key(event)
            if key in inside:
                raise self._repeated(key, event.start_mark.index, inside[key])
            inside[key] = len(starts)
            starts.append(event.start_mark.index)
            ends.append(event.end_mark.index)
            node[key] = value(next(events))
        ends[number] = -event.end_mark.index if flow else -abs(ends[-1])  # a block has no end of its own
        if self._merges and inside.get("<<") in self._merges:
            self._merge(node, inside)
        return node

    def _sequence(self, number: int, flow: bool) -> list[Any]:
        node: list[Any] = []
        inside = self.layout.inside[number] = []
        starts, ends = self.layout.starts, self.layout.ends
        for event in self._events:
            if event.__class__ is SequenceEndEvent:
                break
            inside.append(len(starts))
            node.append(self._value(event))
        ends[number] = -event.end_mark.index if flow else -abs(ends[-1])
        return node

    def _key(self, event: Any) -> str:
        """A key that is no scalar: it can be an alias of one."""
        if event.__class__ is AliasEvent:
            key = self._anchored(event)[0]
            if isinstance(key, str):
                return key
        message = "has a mapping or list for a key"
        at = _start(event)
        if "{{" in self._lines.text[max(at - 1, 0) : at + 2]:
            message += ": if this is a template of Jinja's or Go's, render it first"
        raise self._lines.mistake(message, at)

    def _repeated(self, key: str, at: int, first: int) -> DocumentError:
        line = self._lines.at(self.layout.starts[first])[0]
        hint = ": write one, with a list" if key == "<<" else ""
        return self._lines.mistake(f"has the key {key} twice, first in line {line}{hint}", at)

    def _anchored(self, event: Any) -> tuple[Any, int, int, int]:
        """What an alias stands for."""
        name, at = event.anchor, _start(event)
        if name not in self._anchors:
            raise self._lines.mistake(f"has the alias *{name}, and no anchor &{name} before it", at)
        anchored = self._anchors[name]
        if anchored is None:
            raise self._lines.mistake(f"has the alias *{name} within what it stands for, without end", at)
        return anchored

    def _alias(self, event: Any) -> Any:
        value, source, weight, height = self._anchored(event)
        self._aliased += weight
        layout = self.layout
        number = len(layout.starts)
        layout.starts.append(event.start_mark.index)
        layout.ends.append(event.end_mark.index)
        if self._aliased > MAX_ALIASED:
            raise self._lines.mistake(f"repeats over {MAX_ALIASED:,} nodes by its aliases", _start(event))
        self._reach(self._depth + height)
        for table in (layout.inside, layout.functions):
            if source in table:
                table[number] = table[source]
        return value

    def _reach(self, depth: int) -> None:
        if depth > self._deepest:
            self._deepest = depth
            if depth > MAX_DEPTH:
                raise self._lines.mistake(f"is nested more than {MAX_DEPTH} levels deep", self.layout.starts[-1])

    def _merge(self, node: dict[str, Any], inside: dict[str, int]) -> None:
        """Puts what ``<<`` names into its mapping, where what is there stays (YAML: "Merge Key Language-Independent
        Type").
        """
        layout = self.layout
        merged, number = node.pop("<<"), inside.pop("<<") + 1
        listed = isinstance(merged, list)
        for mapping, own in zip(merged, layout.inside[number], strict=True) if listed else [(merged, number)]:
            if not isinstance(mapping, dict) or own in layout.functions:
                raise self._lines.mistake("has a << that names more than mappings", layout.starts[number])
            for key, value in mapping.items():
                if key not in node:
                    node[key] = value
                    inside[key] = layout.inside[own][key]


def _start(event: Any) -> int:
    at: int = event.start_mark.index
    return at


def _resolved(text: str) -> Any:
    """A plain scalar's value: a word of YAML 1.1, a number that is written back as it was written, or the text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER(text):
        return int(text)
    if _FRACTION(text) and repr(number := float(text)) == text:
        return number
    return text


def _long_form(tag: str) -> str:
    """The function that a tag is short for; the tag as it is written if it is none."""
    if tag.startswith("!"):
        return _FUNCTIONS.get(tag, tag)
    return f"!!{tag.removeprefix(_STANDARD)}" if tag.startswith(_STANDARD) else f"!<{tag}>"


class Layout:
    """Where things stand in a text, by the numbers of its nodes.

    Nodes are numbered as they begin; the value of a key follows it. `ends` is negative for what is written as a
    mapping or list, and `inside` has the numbers of its keys or items. `functions` are those that came from tags.
    """

    __slots__ = ("_comments", "_text", "ends", "functions", "inside", "starts")

    def __init__(self, lines: Lines) -> None:
        self._text = lines.text
        self.starts = array("L")
        self.ends = array("l")
        self.inside: dict[int, Any] = {}
        self.functions: dict[int, str] = {}
        self._comments: list[Span] | None = None

    def find(self, path: Path) -> tuple[int, Entry]:
        """How many steps of a path there are in the text, and what they lead to."""
        number, steps = 0, 0
        named: Span | None = None
        called = False  # whether the last step was a short tag's function, which has no node of its own
        for step in path:
            if not called and number in self.functions:
                if step != self.functions[number]:
                    break
                called = True
                named = self._tag(number) if self.ends[number] < 0 else None
            else:
                called = False
                inside = self.inside.get(number, ())
                if step not in (range(len(inside)) if isinstance(inside, list) else inside):
                    break
                at = inside[step]
                named = self._span(at) if isinstance(inside, dict) else None
                number = at if named is None else at + 1
            steps += 1
        return steps, (named, self._span(number), self.ends[number] < 0)

    def _span(self, number: int) -> Span:
        return self.starts[number], abs(self.ends[number])

    def _tag(self, number: int) -> Span:
        """Where the tag of a node is."""
        found = _TAG.match(self._text, self.starts[number])
        return found.span(1) if found else self._span(number)

    def comments(self) -> list[Span]:
        """The comments in their order, each from its ``#`` to its end."""
        if self._comments is None:
            self._comments = list(self._find_comments())
        return self._comments

    def _find_comments(self) -> Iterator[Span]:
        text = self._text
        at = text.find("#")
        while at >= 0:
            number = bisect(self.starts, at) - 1
            end = self.ends[number] if number >= 0 else 0
            if at < end:
                header = _BLOCK_HEADER.match(text, self.starts[number])
                if header is not None and header.end() == at:
                    yield at, _end_of_line(text, at)
            elif at == 0 or text[at - 1] in _BEFORE_COMMENT:
                end = _end_of_line(text, at)
                yield at, end
            at = text.find("#", max(at + 1, end))


_TAG = re.compile(r"(?:&[^\s,\[\]{}]+\s+)?(![^\s,\[\]{}]*)")
_BLOCK_HEADER = re.compile(r"(?:[!&]\S*\s+)*[|>][-+0-9]*[ \t]+")
_BEFORE_COMMENT = " \t\r\n\x85\u2028\u2029,[]{}"
_LINE_END = re.compile(r"[\r\n\x85\u2028\u2029]|\Z")


def _end_of_line(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)
