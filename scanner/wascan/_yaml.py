"""YAML 1.1 with CloudFormation's short tags: plain data, and the place of anything in it, in one pass over the events
of PyYAML's parser.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from wascan._text import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan._text import DocumentError, Entry, Lines, Path, Span

MAX_ALIASED = 1_000_000
"""So many nodes may aliases repeat in one document, counted as if each alias were written out."""

_PREFIXED = (
    "And", "Base64", "Cidr", "Contains", "EachMemberEquals", "EachMemberIn", "Equals", "FindInMap", "ForEach",
    "GetAtt", "GetAZs", "GetStackOutput", "If", "ImportValue", "Join", "Length", "Not", "Or", "RefAll", "Select",
    "Split", "Sub", "ToJsonString", "Transform", "ValueOf", "ValueOfAll",
)  # fmt: skip
_FUNCTIONS = {"!Ref": "Ref", "!Condition": "Condition"} | {f"!{name}": f"Fn::{name}" for name in _PREFIXED}
"""The long form of each short tag (AWS CloudFormation Template Reference Guide, "Intrinsic function reference" and
"Rule-specific intrinsic functions")."""

_STANDARD = "tag:yaml.org,2002:"
_PLAIN_TAGS = {"!", *(_STANDARD + name for name in ("str", "binary", "timestamp", "map", "seq", "omap", "pairs", "set"))}
_RESOLVED_TAGS = {_STANDARD + name for name in ("bool", "float", "int", "null", "merge", "value")}

_WORDS = {
    variant: value
    for words, value in ((("yes", "true", "on"), True), (("no", "false", "off"), False), (("~", "null", ""), None))
    for word in words
    for variant in (word, word.capitalize(), word.upper())
}
_TELLING = frozenset(["", *"0123456789-", *(word[0] for word in _WORDS if word)])
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}").fullmatch
_FRACTION = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}").fullmatch


def _resolved(text: str) -> Any:
    """What a plain scalar stands for: a word or a number of YAML 1.1, if it is written back as it was written."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER(text):
        return int(text)
    if _FRACTION(text) and repr(number := float(text)) == text:
        return number
    return text


_ITEM = object()


def parse(lines: Lines) -> tuple[Any, Lines, Layout]:
    """The data of a text, its lines, and where things stand in it. Raises DocumentError."""
    try:
        return _build(lines)
    except yaml.MarkedYAMLError as error:
        raise _mistake(lines, error) from None
    except yaml.reader.ReaderError as error:
        raise lines.mistake(str(error), 0) from None


def _build(lines: Lines) -> tuple[Any, Lines, Layout]:
    parser: Any = (yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)(lines.text)
    starts, ends = array("L"), array("l")
    inside: dict[int, Any] = {}
    functions: dict[int, str] = {}
    anchors: dict[str, tuple[Any, int, int, int] | None] = {}
    merges: set[int] = set()
    aliased = depth = deepest = 0
    number = -1
    root: Any = []
    node: Any = root
    children: Any = []
    key: Any = _ITEM
    stack: list[Any] = []
    for event in iter(parser.get_event, None):
        kind = event.__class__
        if kind is ScalarEvent:
            number += 1
            starts.append(event.start_mark.index)
            ends.append(event.end_mark.index)
            value = event.value
            tag = event.tag
            if key is None:
                if value in children:
                    raise _repeated(lines, value, starts, children[value])
                key = value
                children[key] = number
                if value == "<<" and event.implicit[0]:
                    merges.add(number)
                elif tag is not None and not tag.startswith(_STANDARD):
                    raise lines.mistake(f"has the tag {tag} on a key, where no function can be", starts[-1])
                if event.anchor is not None:
                    anchors[event.anchor] = value, number, 1, 0
                continue
            if tag is None:
                if event.implicit[0] and value[:1] in _TELLING:
                    value = _resolved(value)
            elif tag in _RESOLVED_TAGS:
                value = _resolved(value)
            elif tag not in _PLAIN_TAGS:
                function = functions[number] = _FUNCTIONS.get(tag) or _unknown(tag)
                if function == "Fn::GetAtt" and "." in value:
                    value = value.split(".", 1)
                value = {function: value}
            if event.anchor is not None:
                anchors[event.anchor] = value, number, 1, 0
            if key is _ITEM:
                node.append(value)
                children.append(number)
            else:
                node[key] = value
                key = None
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            number += 1
            starts.append(event.start_mark.index)
            ends.append(0)
            if key is None:
                raise lines.mistake("has a mapping or list for a key", starts[-1])
            mapping = kind is MappingStartEvent
            inner: Any = {} if mapping else []
            tag = event.tag
            value = inner
            stack.append((node, children, None if key is not _ITEM else _ITEM, number, depth, deepest, aliased, event.anchor))
            depth += 1
            if tag is not None and tag not in _PLAIN_TAGS:
                function = functions[number] = _FUNCTIONS.get(tag) or _unknown(tag)
                value = {function: inner}
                depth += 1
            if event.anchor is not None:
                anchors[event.anchor] = None
                deepest = depth
            elif depth > deepest:
                deepest = depth
            if depth > MAX_DEPTH:
                raise lines.mistake(f"is nested more than {MAX_DEPTH} levels deep", starts[-1])
            if key is _ITEM:
                node.append(value)
                children.append(number)
            else:
                node[key] = value
            node = inner
            inside[number] = children = {} if mapping else []
            key = None if mapping else _ITEM
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            if merges and kind is MappingEndEvent and children.get("<<") in merges:
                _merge(lines, node, children, starts, inside, functions)
            above, siblings, key, own, outer, before, since, anchor = stack.pop()
            ends[own] = -event.end_mark.index
            if anchor is not None:
                value = above[-1] if key is _ITEM else above[next(reversed(above))]
                anchors[anchor] = value, own, number - own + 1 + aliased - since, deepest - outer
                deepest = max(deepest, before)
            node, children, depth = above, siblings, outer
        elif kind is AliasEvent:
            number += 1
            starts.append(event.start_mark.index)
            ends.append(event.end_mark.index)
            name = event.anchor
            if name not in anchors:
                raise lines.mistake(f"has the alias *{name}, but no &{name} before it", starts[-1])
            if (anchored := anchors[name]) is None:
                raise lines.mistake(f"has the alias *{name} inside of what it stands for", starts[-1])
            value, source, weight, height = anchored
            aliased += weight
            if aliased > MAX_ALIASED:
                raise lines.mistake(f"repeats more than {MAX_ALIASED:,} nodes through its aliases", starts[-1])
            deepest = max(deepest, depth + height)
            if deepest > MAX_DEPTH:
                raise lines.mistake(f"is nested more than {MAX_DEPTH} levels deep", starts[-1])
            if source in inside:
                inside[number] = inside[source]
            if source in functions:
                functions[number] = functions[source]
            if key is None:
                if not isinstance(value, str):
                    raise lines.mistake(f"has the alias *{name} for a key, and it is no text", starts[-1])
                if value in children:
                    raise _repeated(lines, value, starts, children[value])
                key = value
                children[key] = number
            elif key is _ITEM:
                node.append(value)
                children.append(number)
            else:
                node[key] = value
                key = None
        elif kind is DocumentStartEvent:
            if root:
                raise lines.mistake("holds more than one document (---): write each to a file of its own", event.start_mark.index)
    if not root or root[0] is None:
        raise lines.mistake("is empty", 0)
    return root[0], lines, Layout(lines, starts, ends, inside, functions)


def _unknown(tag: str) -> str:
    """The key under which a value with a tag that is no function stands: the tag as it is written."""
    if tag.startswith("!"):
        return tag
    return f"!!{tag.removeprefix(_STANDARD)}" if tag.startswith(_STANDARD) else f"!<{tag}>"


def _repeated(lines: Lines, key: str, starts: array[int], first: int) -> DocumentError:
    message = f"has the key {key} twice, first in line {lines.at(starts[first])[0]}"
    if key == "<<":
        message += ": write one with a list of aliases"
    return lines.mistake(message, starts[-1])


def _merge(lines: Lines, node: Any, children: Any, starts: array[int], inside: dict[int, Any], functions: Any) -> None:
    """Puts what ``<<`` names into its mapping; what is there already stays (YAML: "Merge Key Language-Independent Type")."""
    merged = node.pop("<<")
    number = children.pop("<<") + 1
    for mapping, own in zip(merged, inside[number]) if isinstance(merged, list) else [(merged, number)]:
        if not isinstance(mapping, dict) or own in functions:
            raise lines.mistake("has a << that names something other than mappings", starts[number])
        for key, value in mapping.items():
            if key not in node:
                node[key] = value
                children[key] = inside[own][key]


class Layout:
    """Where things stand in a text, node by node.

    Nodes are numbered as they begin; the value of a key has the number after the key's. `ends` is negative for
    mappings and lists, `inside` has the numbers of what is in them, `functions` the long form of short tags.
    """

    __slots__ = ("_comments", "_ends", "_functions", "_inside", "_starts", "_text")

    def __init__(
        self, lines: Lines, starts: array[int], ends: array[int], inside: dict[int, Any], functions: dict[int, str]
    ) -> None:
        self._text = lines.text
        self._starts = starts
        self._ends = ends
        self._inside = inside
        self._functions = functions
        self._comments: list[Span] | None = None

    def find(self, path: Path) -> tuple[int, Entry]:
        """How many steps of a path there are in the text, and what they lead to."""
        number, named, tagged = 0, None, False
        steps = 0
        for step in path:
            if not tagged and self._functions.get(number) == step:
                tagged = True
                named = self._tag(number)
            else:
                inside = self._inside.get(number)
                if type(inside) is dict and step in inside and (tagged or number not in self._functions):
                    named = self._span(inside[step])
                    number = inside[step] + 1
                elif type(inside) is list and type(step) is int and 0 <= step < len(inside) and (tagged or number not in self._functions):
                    named = None
                    number = inside[step]
                else:
                    break
                tagged = False
            steps += 1
        return steps, (named, self._span(number), self._ends[number] < 0)

    def _span(self, number: int) -> Span:
        return self._starts[number], abs(self._ends[number])

    def _tag(self, number: int) -> Span:
        found = _TAG.match(self._text, self._starts[number])
        return found.span(1) if found else self._span(number)

    def comments(self) -> list[Span]:
        """The comments in their order, each from its ``#`` on."""
        if self._comments is None:
            self._comments = list(self._find_comments())
        return self._comments

    def _find_comments(self) -> Iterator[Span]:
        text, at = self._text, self._text.find("#")
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            after = at + 1
            if number >= 0 and at < self._ends[number]:
                after = self._ends[number]
                header = _BLOCK_HEADER.match(text, self._starts[number])
                if header is not None and header.end() == at:
                    yield at, _LINE_END.search(text, at).start()
            elif at == 0 or text[at - 1] in " \t\r\n\x85\u2028\u2029,[]{}":
                after = _LINE_END.search(text, at).start()
                yield at, after
            at = text.find("#", after)


_TAG = re.compile(r"(?:&[^\s,\[\]{}]+\s+)?(![^\s,\[\]{}]*)")
_BLOCK_HEADER = re.compile(r"(?:[!&]\S*\s+)*[|>][-+0-9]*[ \t]+")
_LINE_END = re.compile(r"[\r\n\x85\u2028\u2029]|\Z")


def _mistake(lines: Lines, error: yaml.MarkedYAMLError) -> DocumentError:
    """The error in words that say what to do."""
    mark = error.problem_mark or error.context_mark
    return lines.mistake(f"is no YAML: {error.problem}", mark.index if mark else 0)
