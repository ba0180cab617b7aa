"""Expressions as they stand in .tf files, as far as they only put together what they refer to.

A plan loses the structure of an expression, and locals altogether. Where the file is at hand, references, templates,
lists, objects, conditions and a few functions are read from it. Anything else is left unread: then what the plan says
has to do. So does it where the file speaks of other references than the plan, for then it is not what was planned.
Source: "HCL Native Syntax Specification", section "Expressions"; Terraform, "Functions".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.dialects.terraform.answers import MAX_HOPS, Built, Here, Instances, Step, finished, into, settled
from wascan.markers import MARKERS, Reference, Text, Unknown, assemble, plain

if TYPE_CHECKING:
    from collections.abc import Callable

UNREAD = object()
"""What an expression comes to that is more than is read here."""

_BLANK = re.compile(r"(?:\s+|#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_SPACE = re.compile(r"[ \t]*")
_NAME = re.compile(r"[^\W\d][\w-]*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_OPERATOR = re.compile(r"==|!=|&&|\|\||[?+*%<>-]|/(?![/*])|=>")
_IN_STRING = re.compile(r'[^"\\$%\n]+|\\(.)|\$\$\{|%%\{|[$%]')
_HEREDOC = re.compile(r"<<(-?)([^\W\d][\w-]*)[ \t]*\r?\n")
_IN_HEREDOC = re.compile(r"[^$%]+|\$\$\{|%%\{|[$%]")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_SAME = frozenset({"toset", "tolist", "tomap", "tostring", "nonsensitive", "sensitive"})
"""Functions that change the type of a value, or nothing about it."""

MAX_TURNS = 1000
"""So many turns the ``for`` expressions of one expression make."""

_CONSTANT_INDEX = re.compile(r'\["[^"$%\\]*"\]|\[\d+\]')


class _UnreadError(Exception):
    """More than is read here."""


class Reader:
    """Reads one expression. `names` are the references that were met, as the plan would list them."""

    def __init__(self, here: Here, text: str, follow: Callable[[Here, str], Any]) -> None:
        self._here = here
        self._text = text
        self._follow = follow
        self._position = 0
        self._turn: dict[str, Any] = {}  # what the names of the `for` expressions around are in this turn
        self._turns = 0
        self.names: list[str] = []

    def read(self) -> Any:
        """What the expression comes to, or `UNREAD`."""
        try:
            found = self._expression()
            self._skip()
        except (_UnreadError, IndexError):
            return UNREAD
        return found if self._position == len(self._text) else UNREAD

    def _skip(self, blank: re.Pattern[str] = _BLANK) -> None:
        found = blank.match(self._text, self._position)
        assert found is not None  # it matches nothing, too
        self._position = found.end()

    def _sees(self, text: str) -> bool:
        """Whether `text` comes next after blanks; it is then behind."""
        self._skip()
        if not self._text.startswith(text, self._position):
            return False
        self._position += len(text)
        return True

    def _needs(self, text: str) -> None:
        if not self._sees(text):
            raise _UnreadError

    def _operator(self) -> str:
        self._skip(_SPACE)
        found = _OPERATOR.match(self._text, self._position)
        return "" if found is None else found[0]

    def _takes(self, operator: str) -> bool:
        if self._operator() != operator:
            return False
        self._position += len(operator)
        return True

    def _expression(self) -> Any:
        plan = self._here.module.plan
        if plan.hops >= MAX_HOPS:
            raise _UnreadError
        plan.hops += 1
        try:
            found = self._either()
            if self._takes("?"):
                first = self._expression()
                self._needs(":")
                second = self._expression()
                found = first if _truth(found) else second
        finally:
            plan.hops -= 1
        if self._operator():
            raise _UnreadError
        return found

    def _either(self) -> Any:
        found = self._both()
        while self._takes("||"):
            other = self._both()
            found = _truth(found) or _truth(other)
        return found

    def _both(self) -> Any:
        found = self._compared()
        while self._takes("&&"):
            other = self._compared()
            found = _truth(found) and _truth(other)
        return found

    def _compared(self) -> Any:
        found = self._operand()
        for operator in ("==", "!="):
            if self._takes(operator):
                return (_scalar(found) == _scalar(self._operand())) is (operator == "==")
        return found

    def _operand(self) -> Any:
        self._skip()
        text, start = self._text, self._position
        first = text[start]
        if first == "!":
            self._position += 1
            return not _truth(self._operand())
        if first == '"':
            return self._string()
        if first == "[":
            return self._list()
        if first == "{":
            return self._object()
        if first == "(":
            self._position += 1
            found = self._expression()
            self._needs(")")
            return found
        if first == "<":
            return self._heredoc()
        if (number := _NUMBER.match(text, start)) is not None:
            self._position = number.end()
            return float(number[0]) if "." in number[0] else int(number[0])
        name = _NAME.match(text, start)
        if name is None:
            raise _UnreadError
        self._position = name.end()
        if name[0] in ("true", "false", "null"):
            return {"true": True, "false": False}.get(name[0])
        if text.startswith("(", self._position):
            return self._call(name[0])
        return self._traversal(name[0])

    def _call(self, function: str) -> Any:
        self._position += 1
        arguments: list[Any] = []
        while not self._sees(")"):
            arguments.append(self._expression())
            if not self._sees(","):
                self._needs(")")
                break
        return _called(function, arguments)

    def _word(self, word: str) -> bool:
        """Whether a word comes next; it is then behind."""
        self._skip()
        found = _NAME.match(self._text, self._position)
        if found is None or found[0] != word:
            return False
        self._position = found.end()
        return True

    def _name(self) -> str:
        self._skip()
        found = _NAME.match(self._text, self._position)
        if found is None:
            raise _UnreadError
        self._position = found.end()
        return found[0]

    def _for(self, closing: str) -> list[tuple[Any, Any]]:
        """The keys and values that a ``for`` expression makes, of one that makes a list the values."""
        names = [self._name()]
        if self._sees(","):
            names.append(self._name())
        if not self._word("in"):
            raise _UnreadError
        pairs = _pairs(self._expression())
        self._needs(":")
        body, around = self._position, self._turn
        made: list[tuple[Any, Any]] = []
        self._turns += len(pairs)
        if self._turns > MAX_TURNS:
            raise _UnreadError
        for pair in pairs:
            self._position = body
            self._turn = {**around, **dict(zip(names, pair[-len(names) :], strict=True))}
            key = None
            if closing == "}":
                key = self._either()
                self._needs("=>")
            value = self._expression()
            if not self._word("if") or _truth(self._expression()):
                made.append((key, value))
            self._needs(closing)
        self._turn = around
        return made

    def _list(self) -> list[Any]:
        self._position += 1
        if self._word("for"):
            return [value for _, value in self._for("]")]
        items: list[Any] = []
        while not self._sees("]"):
            items.append(self._expression())
            if not self._sees(","):
                self._needs("]")
                break
        return items

    def _object(self) -> dict[str, Any]:
        self._position += 1
        found: dict[str, Any] = {}
        if self._word("for"):
            for key, value in self._for("}"):
                if not isinstance(key, str) or key in found:
                    raise _UnreadError
                found[key] = value
            return found
        while not self._sees("}"):
            if self._text[self._position] == '"':
                key = self._string()
            elif (name := _NAME.match(self._text, self._position)) is not None:
                key, self._position = name[0], name.end()
            else:
                raise _UnreadError
            if not isinstance(key, str) or not (self._sees("=") or self._sees(":")):
                raise _UnreadError
            found[key] = self._expression()
            self._sees(",")
        return found

    def _string(self) -> Any:
        self._position += 1
        parts: list[Any] = []
        while self._text[self._position] != '"':
            found = _IN_STRING.match(self._text, self._position)
            if found is None:
                raise _UnreadError
            if found[1] is not None:
                self._position = found.end()
                if found[1] not in _ESCAPES:
                    raise _UnreadError
                parts.append(_ESCAPES[found[1]])
            else:
                self._template(found, parts)
        self._position += 1
        return _assembled(parts)

    def _heredoc(self) -> Any:
        opening = _HEREDOC.match(self._text, self._position)
        if opening is None:
            raise _UnreadError
        closing = re.compile(rf"^[ \t]*{opening[2]}[ \t\r]*$", re.MULTILINE).search(self._text, opening.end())
        if closing is None:
            raise _UnreadError
        self._position = opening.end()
        parts: list[Any] = []
        while self._position < closing.start():
            found = _IN_HEREDOC.match(self._text, self._position, closing.start())
            if found is None:
                raise _UnreadError
            self._template(found, parts)
        self._position = closing.end()
        return _assembled(parts)

    def _template(self, found: re.Match[str], parts: list[Any]) -> None:
        """Takes in a piece of a template: text, an escape, or what ``${`` begins."""
        self._position = found.end()
        if found[0] in ("$${", "%%{"):
            parts.append(found[0][1:])
        elif found[0] not in ("$", "%") or not self._text.startswith("{", self._position):
            parts.append(found[0])
        elif found[0] == "%":
            raise _UnreadError
        else:
            self._position += 1
            if self._text.startswith("~", self._position):
                raise _UnreadError
            parts.append(settled(self._expression()))
            self._needs("}")

    def _traversal(self, root: str) -> Any:
        """A reference, with the indices and splats in it."""
        reference = root
        path: list[Step] | None = None  # the steps behind what the plan lists, once there are any
        found: Any = None
        if root in self._turn:
            found, path = self._turn[root], []
        while True:
            text, position = self._text, self._position
            if text.startswith((".*", "[*]"), position):
                self._position += 2 if text[position] == "." else 3
                if path is None:
                    self.names.append(reference)
                    found = self._follow(self._here, reference)
                return self._splat(into(found, path or []))
            name = _NAME.match(text, position + 1) if text.startswith(".", position) else None
            if name is not None:
                self._position = name.end()
                step: Step = name[0]
            elif text.startswith("[", position):
                self._position += 1
                index = self._expression()
                self._needs("]")
                if not isinstance(index, (str, int)) or isinstance(index, bool):
                    raise _UnreadError
                step = (index,)
            else:
                break
            constant = name is not None or _CONSTANT_INDEX.fullmatch(text, position, self._position) is not None
            if path is None and constant:
                reference += text[position : self._position]
                continue
            if path is None:
                # the plan lists nothing behind an index that is no constant
                self.names.append(reference)
                found, path = self._follow(self._here, reference), []
            path.append(step)
        if path is not None:
            return into(found, path)
        if "." not in reference:
            raise _UnreadError
        self.names.append(reference)
        return self._follow(self._here, reference)

    def _splat(self, base: Any) -> list[Any]:
        """The same path of each of many."""
        path: list[Step] = []
        while (name := _NAME.match(self._text, self._position + 1)) and self._text[self._position] == ".":
            path.append(name[0])
            self._position = name.end()
        if self._text.startswith(("[", ".*"), self._position):
            raise _UnreadError
        if isinstance(base, Instances):
            return [into(member, path) for member in base.members.values()]
        if isinstance(base, list):
            return [into(item, path) for item in base]
        raise _UnreadError


def _pairs(data: Any) -> list[tuple[Any, Any]]:
    """The keys and values of what is gone through, in Terraform's order."""
    if isinstance(data, list):
        return [*enumerate(data)]
    items = dict(data.members) if isinstance(data, Instances) else data
    if not isinstance(items, dict) or not items or None in items:
        raise _UnreadError
    return sorted(items.items())


def _called(function: str, arguments: list[Any]) -> Any:
    """What a function makes of its arguments, where it only puts them together."""
    if function == "jsonencode" and len(arguments) == 1:
        return Built(finished(arguments[0]))
    if function in _SAME and len(arguments) == 1:
        return arguments[0]
    if function == "concat" and all(isinstance(item, list) for item in arguments):
        return [item for items in arguments for item in items]
    if function == "merge" and all(isinstance(item, dict) for item in arguments):
        return {name: item for items in arguments for name, item in items.items()}
    if function == "values" and len(arguments) == 1 and not isinstance(arguments[0], list):
        return [value for _, value in _pairs(arguments[0])]
    if function == "flatten" and len(arguments) == 1 and isinstance(arguments[0], list):
        return _flat(arguments[0])
    if function == "slice" and len(arguments) == 3 and isinstance(arguments[0], list):
        return arguments[0][_index(arguments[1]) : _index(arguments[2])]
    if function == "element" and len(arguments) == 2 and isinstance(arguments[0], list) and arguments[0]:
        return arguments[0][_index(arguments[1]) % len(arguments[0])]
    if function == "one" and len(arguments) == 1 and isinstance(arguments[0], list) and len(arguments[0]) == 1:
        return arguments[0][0]
    if function in ("try", "coalesce"):
        for item in arguments:
            found = settled(item)
            if isinstance(found, (Reference, Text, str, int)) and found != "":
                return item
            if found is not None and found != "":
                break
    raise _UnreadError


def _flat(items: list[Any]) -> list[Any]:
    """Items, and in the place of lists their items. What is open may be a list."""
    found: list[Any] = []
    for item in items:
        if isinstance(item, list):
            found += _flat(item)
        elif isinstance(item, Unknown):
            raise _UnreadError
        else:
            found.append(item)
    return found


def _index(data: Any) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or data < 0:
        raise _UnreadError
    return data


def _truth(data: Any) -> bool:
    if not isinstance(data, bool):
        raise _UnreadError
    return data


def _scalar(data: Any) -> Any:
    """Something known, to be compared."""
    if data is None or isinstance(data, (str, int, float)):
        return data
    raise _UnreadError


def _assembled(parts: list[Any]) -> Any:
    if len(parts) == 1 and not isinstance(parts[0], str):
        return parts[0]
    texts: list[Any] = []
    for part in parts:
        if isinstance(part, MARKERS):
            texts.append(part)
        elif isinstance(part, (str, int, float)):
            texts.append(plain(part))
        else:
            raise _UnreadError
    return assemble(texts)
