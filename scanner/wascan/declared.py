"""Rules in YAML: an organisation's own, in a few lines, safe to take from strangers.

::

    rules:
      - id: acme-approved-engines
        title: Databases run an approved engine
        practices: [OPS05-BP06]
        severity: medium
        for: DBInstance
        require: {any: [{engine: {starts_with: aurora}}, {engine: {equals: postgres}}]}

``for`` is the class name of a kind, whose attributes then hold in every dialect, or a list of raw resource types, whose
values are named by JSONPath (``$.Engine``). ``require`` is what must hold, ``when`` (the same language) to which
resources the rule applies. An expression is a mapping of an attribute to a question, or ``all``, ``any`` (lists) or
``not``; several entries of one mapping must all hold. A question is the name of one of `QUESTIONS` and its argument, or
several. What this cannot say becomes a rule in Python. There are no regular expressions: nothing here is slow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan import document
from wascan.attribute import Attribute, Many, One
from wascan.kind import Block, Kind, kind_named, kind_of
from wascan.path import of_each, steps
from wascan.rule import SEVERITIES, Rule
from wascan.suggest import did_you_mean
from wascan.value import Values
from wascan.verdict import Verdict, all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from wascan.document import Path

KEYS = ("id", "title", "why", "fix", "practices", "severity", "for", "require", "when", "evidence")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
NEEDED = ("id", "title", "practices", "severity", "for", "require")

QUESTIONS: dict[str, Callable[[Any, Any], Verdict]] = {
    "equals": lambda value, wanted: value.equals(wanted),
    "one_of": lambda value, wanted: value.one_of(*wanted),
    "starts_with": lambda value, wanted: value.starts_with(*_several(wanted)),
    "ends_with": lambda value, wanted: value.ends_with(*_several(wanted)),
    "contains": lambda value, wanted: value.holds(*_several(wanted)),
    "at_least": lambda value, wanted: value.at_least(wanted),
    "at_most": lambda value, wanted: value.at_most(wanted),
    "is_true": lambda value, wanted: value.is_true() if wanted else value.is_false(),
    "is_present": lambda value, wanted: value.is_present() if wanted else value.is_absent(),
    "customer_managed": lambda value, wanted: value.is_customer_managed() if wanted else ~value.is_customer_managed(),
    "has_tags": lambda tags, wanted: all_of(tags.has(tag) for tag in _several(wanted)),
}
"""What may be asked of a value, and with which argument."""

_ARGUMENTS: dict[str, Any] = {
    "equals": (str, int, float, bool),
    "one_of": list,
    "starts_with": (str, list),
    "ends_with": (str, list),
    "contains": (str, list),
    "at_least": (int, float),
    "at_most": (int, float),
    "is_true": bool,
    "is_present": bool,
    "customer_managed": bool,
    "has_tags": (str, list),
}


class DeclaredError(Exception):
    """A file of rules is wrong. `messages` has everything that is, each as "acme.yaml:7: ..."."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class Declared(Rule):
    """A rule that a file declares.

    `raw` are the resource types that it judges as they are, where it names no kind: `subject` then only holds the
    paths that it reads.
    """

    def __init__(self, entry: dict[str, Any], subject: type[Kind], raw: tuple[str, ...], module: str) -> None:
        evidence = entry.get("evidence", "here")
        super().__init__(_judge(entry["require"], subject, raw), tuple(entry["practices"]), entry["severity"], evidence)
        self.id = entry["id"]
        self.module = module
        self._entry = entry
        self._subject = subject
        self._raw = raw
        if "when" in entry:
            self.applicable = _judge(entry["when"], subject, raw)

    @property
    def subject(self) -> type[Kind]:
        return self._subject

    def judges(self, kind: type[Kind]) -> bool:
        return any(type in self._raw for type in kind.types) if self._raw else super().judges(kind)

    @property
    def pillar(self) -> str:
        """That of its first practice."""
        from wascan.catalogue import practice

        return practice(self.practices[0]).pillar or "operational-excellence"

    @property
    def options(self) -> dict[str, Any]:
        return {}

    @property
    def title(self) -> str:
        return str(self._entry["title"]).rstrip(".") + "."

    @property
    def why(self) -> str:
        return str(self._entry.get("why", ""))

    @property
    def fix(self) -> str:
        title = self.title.rstrip(".")
        inside = title if title[1:2].isupper() else title[:1].lower() + title[1:]
        return str(self._entry.get("fix", f"see to it that {inside}"))


def read(path: str, contents: Callable[[str], bytes] | None = None) -> list[Rule]:
    """The rules of a file, which `contents` reads. Raises DeclaredError with everything that is wrong with it."""
    try:
        if contents is None:
            with open(path, "rb") as stream:
                raw = stream.read()
        else:
            raw = contents(path)
        read = document.read(path, raw)
    except OSError as error:
        raise DeclaredError([f"{path}: cannot be read: {error.strerror}"]) from error
    except document.DocumentError as error:
        raise DeclaredError([f"{path}:{error.line or 1}: {error.message}"]) from error
    return _Reader(read).rules()


class _Reader:
    """One file of rules, and what is wrong with it."""

    def __init__(self, read: document.Document) -> None:
        self._document = read
        self._wrong: list[str] = []

    def rules(self) -> list[Rule]:
        data = self._document.data
        entries = data.get("rules") if isinstance(data, dict) else None
        if not isinstance(entries, list):
            self._complain((), "should have a list of rules under the key rules")
            entries = []
        found: dict[str, Rule] = {}
        for index, entry in enumerate(entries):
            path = ("rules", index)
            before = len(self._wrong)
            subject = self._entry(entry, path)
            if subject is not None and len(self._wrong) == before:
                if entry["id"] in found:
                    self._complain((*path, "id"), f"the id {entry['id']} stands twice")
                raw = tuple(_several(entry["for"])) if subject.__name__ == _RAW else ()
                found[entry["id"]] = Declared(entry, subject, raw, self._document.name)
        if self._wrong:
            raise DeclaredError(list(dict.fromkeys(self._wrong)))
        return list(found.values())

    def _complain(self, path: Path, message: str) -> None:
        self._wrong.append(f"{self._document.name}:{self._document.place(path).line}: {message}")

    def _entry(self, entry: Any, path: Path) -> type[Kind] | None:
        """What a rule judges; complains of everything that is wrong with it."""
        if not isinstance(entry, dict):
            self._complain(path, "a rule is a mapping")
            return None
        for key in entry:
            if key not in KEYS:
                self._complain((*path, key), f'there is no key "{key}".{did_you_mean(key, KEYS)}')
        for key in NEEDED:
            if key not in entry:
                self._complain(path, f"a rule needs {key}")
        for key in ("id", "title", "why", "fix"):
            if not isinstance(entry.get(key, ""), str):
                self._complain((*path, key), f"{key} is text")
        if isinstance(id := entry.get("id"), str) and not _ID.fullmatch(id):
            self._complain((*path, "id"), "id is small letters, digits and hyphens, such as acme-approved-engines")
        if entry.get("severity", "low") not in SEVERITIES:
            self._complain((*path, "severity"), f"severity is one of {', '.join(SEVERITIES)}")
        if entry.get("evidence", "here") not in ("here", "elsewhere"):
            self._complain((*path, "evidence"), "evidence is here or elsewhere")
        self._practices(entry.get("practices"), (*path, "practices"))
        subject = self._subject(entry.get("for"), (*path, "for"), entry)
        for key in ("require", "when"):
            if subject is not None and key in entry:
                self._expression(entry[key], (*path, key), subject)
        return subject

    def _practices(self, named: Any, path: Path) -> None:
        from wascan.catalogue import UnknownPractice, practice

        if named is not None and not (isinstance(named, list) and named):
            self._complain(path, "practices is a list of at least one practice id")
            return
        for index, id in enumerate(named or ()):
            try:
                practice(str(id))
            except UnknownPractice as error:
                self._complain((*path, index), str(error))

    def _subject(self, named: Any, path: Path, entry: dict[str, Any]) -> type[Kind] | None:
        """The kind of that name, or one made for raw types."""
        if isinstance(named, str) and "::" not in named and not named.startswith("aws_"):
            try:
                return kind_named(named)
            except KeyError:
                import importlib

                near = did_you_mean(named, importlib.import_module("wascan.kinds._index").NAMES)
                self._complain(path, f'there is no kind "{named}".{near}')
                return None
        types = [named] if isinstance(named, str) else named
        if not isinstance(types, list) or not all(isinstance(type, str) for type in types):
            self._complain(path, "for is the name of a kind, or resource types")
            return None
        return _raw(types, [expression for key in ("require", "when") for expression in _paths(entry.get(key))])

    def _expression(self, written: Any, path: Path, subject: type[Kind]) -> None:
        if not isinstance(written, dict) or not written:
            self._complain(path, "should be a mapping of an attribute to a question, or all, any or not")
            return
        for key, inside in written.items():
            here = (*path, key)
            if key in ("all", "any"):
                if not isinstance(inside, list) or not inside:
                    self._complain(here, f"{key} takes a list")
                for index, item in enumerate(inside if isinstance(inside, list) else ()):
                    self._expression(item, (*here, index), subject)
            elif key == "not":
                self._expression(inside, here, subject)
            elif not isinstance(getattr(subject, _python(key), None), Attribute) and key != "region":
                self._complain(here, _no_attribute(subject, key))
            elif key != "region" and _has_parts(getattr(subject, _python(key))):
                message = (
                    f"{key} has items with attributes of their own; name a resource type in for, and a JSONPath here"
                )
                self._complain(here, message)
            else:
                self._questions(inside, here)

    def _questions(self, written: Any, path: Path) -> None:
        if not isinstance(written, dict) or not written:
            self._complain(path, f"should be a mapping of a question to its argument: {', '.join(QUESTIONS)}")
            return
        for name, argument in written.items():
            if name in ("every", "any", "none"):
                self._questions(argument, (*path, name))
            elif name not in QUESTIONS:
                self._complain((*path, name), f'there is no question "{name}".{did_you_mean(name, QUESTIONS)}')
            elif not isinstance(argument, _ARGUMENTS[name]):
                self._complain((*path, name), f"{name} does not take {argument!r}")


def _has_parts(attribute: Any) -> bool:
    """Whether an attribute holds items of which nothing can be asked but their attributes."""
    return isinstance(attribute, Many) and attribute.block is not None and not issubclass(attribute.block, _Item)


def _no_attribute(subject: type[Kind], key: str) -> str:
    if subject.__name__ == _RAW:
        return f'"{key}" is no JSONPath such as $.Engine, by which values of resource types are named'
    names = [name for name in dir(subject) if isinstance(getattr(subject, name, None), Attribute)]
    near = did_you_mean(key, names) or f" It has {', '.join(names)}."
    return f'{subject.__name__} has no attribute "{key}".{near}'


def _several(wanted: Any) -> list[str]:
    return [str(item) for item in wanted] if isinstance(wanted, list) else [str(wanted)]


def _python(name: str) -> str:
    """The attribute of a raw kind that stands for a path; other names are their own."""
    return f"at_{name.encode().hex()}" if name.startswith(("$", "@")) else name


def _paths(written: Any) -> list[str]:
    """The JSONPaths of an expression."""
    if isinstance(written, list):
        return [path for item in written for path in _paths(item)]
    if not isinstance(written, dict):
        return []
    inside = [path for key, item in written.items() if key in ("all", "any", "not") for path in _paths(item)]
    return [*inside, *(key for key in written if key.startswith(("$", "@")))]


_RAW = "Raw"
"""The name of classes that hold paths of raw resource types."""


class _Item(Block):
    """An item of a list of a raw resource type, of which one thing is asked: an item that lacks it has an absent value."""

    value: One


def _raw(types: list[str], paths: list[str]) -> type[Kind]:
    """A class with an attribute for each path. Types that have no kind get one, for a check to be named after."""
    for written in types:
        if kind_of(written) is None:
            words = written.replace("AWS::", "").replace("::", "-").replace("_", "-")
            type(_RAW, (Kind,), {"types": (written,), "slug": words.lower(), "noun": written})
    members: dict[str, Any] = {}
    for path in paths:
        if (split := of_each(path)) is not None:
            items, inside = split
            block = type(_RAW, (_Item,), {"value": One(cfn=inside, tf=inside)})
            members[_python(path)] = Many(cfn=items, tf=items, block=block)
        else:
            several = "[*]" in path or steps(path) is None
            members[_python(path)] = (Many if several else One)(cfn=path, tf=path)
    return type(_RAW, (Kind,), members)


def _judge(written: Any, subject: type[Kind], raw: tuple[str, ...]) -> Callable[..., Verdict]:
    """An expression as a question to a kind; for raw types it is put to the resource behind the kind."""

    def judge(kind: Kind) -> Verdict:
        return _hold(written, subject(kind._resource, kind._world) if raw else kind)

    return judge


def _hold(written: dict[str, Any], kind: Kind) -> Verdict:
    verdicts = []
    for key, inside in written.items():
        if key == "all":
            verdicts.append(all_of(_hold(item, kind) for item in inside))
        elif key == "any":
            verdicts.append(any_of(_hold(item, kind) for item in inside))
        elif key == "not":
            verdicts.append(~_hold(inside, kind))
        else:
            verdicts.append(_ask(inside, getattr(kind, _python(key))))
    return all_of(verdicts)


def _ask(questions: dict[str, Any], value: Any) -> Verdict:
    return all_of(_question(name, argument, value) for name, argument in questions.items())


def _question(name: str, argument: Any, value: Any) -> Verdict:
    """One question; put to a list it is put to every item."""
    if isinstance(value, _Item):
        value = value.value
    if name in ("every", "any", "none"):
        answer: Verdict = getattr(value, name)(lambda item: _ask(argument, item))
        return answer
    if isinstance(value, Values):
        return value.every(lambda item: _question(name, argument, item))
    return QUESTIONS[name](value, argument)
