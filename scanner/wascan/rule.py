"""Rules: a function that asks a kind, and what its signature and docstring say about it.

::

    @rule("REL10-BP01", severity="medium")
    def multi_az(store: MultiAZ) -> Verdict:
        '''{Kinds} keep a standby in a second Availability Zone.

        One zone is one power feed and one network.

        Fix: set {multi_az}.
        '''
        return store.in_several_zones()

The annotation of the first parameter says what is judged: a kind, or a family of kinds. Keyword-only parameters
are the rule's options; one without a default is a choice that somebody has to make before the rule judges
anything. The first line of the docstring is the title, the paragraph that begins with ``Fix:`` the remedy, the
rest the reason. ``{Kinds}``, ``{kinds}`` and ``{kind}`` stand for what is judged; ``{attribute}`` for the name
of that attribute in the dialect of the finding, with the value that is wanted (``{attribute.name}`` without).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from wascan.attribute import Attribute, Beside
from wascan.markers import plain
from wascan.verdict import Verdict

if TYPE_CHECKING:
    from wascan.kind import Kind
    from wascan.value import Value

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
"""How bad one departure is, worst first."""

Judge = Callable[..., Verdict]


class Rule:
    """A rule as its decorator made it; calling it judges one resource."""

    url = ""
    """The page of another engine's rule."""

    def __init__(
        self, judge: Judge, practices: tuple[str, ...], severity: Severity, evidence: Literal["here", "elsewhere"]
    ) -> None:
        self.judge = judge
        self.id = judge.__name__.replace("_", "-")
        self.module = judge.__module__
        self.practices = practices
        self.severity = severity
        self.severities: Mapping[str, Severity] = {}
        """Those of the checks on some kinds, by slug, which differ."""
        self.evidence = evidence
        self.applicable: Judge | None = None

    def applies(self, judge: Judge) -> Judge:
        """Decorates the question whether the rule applies at all; it is answered first, and "no" is no verdict."""
        self.applicable = judge
        return judge

    def __call__(self, kind: Kind, **options: Any) -> Verdict:
        return self.judge(kind, **options)

    @property
    def pillar(self) -> str:
        """The pillar, which is the folder that the rule stands in."""
        return self.module.rpartition(".")[0].rpartition(".")[2].replace("_", "-")

    @property
    def subject_name(self) -> str:
        """The class name of the kind or family that it judges."""
        code = self.judge.__code__
        subject = self.judge.__annotations__[code.co_varnames[0]]
        return subject if isinstance(subject, str) else str(subject.__name__)

    @property
    def subject(self) -> type[Kind]:
        """The kind or family that it judges."""
        found: type[Kind] = getattr(sys.modules[self.module], self.subject_name)
        return found

    def judges(self, kind: type[Kind]) -> bool:
        """Whether it judges a kind: its subject, or a member of the family that is its subject."""
        return issubclass(kind, self.subject)

    @property
    def options(self) -> dict[str, Option]:
        """Its options by name, in the order of the signature."""
        code = self.judge.__code__
        names = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
        defaults = self.judge.__kwdefaults__ or {}
        types = self.judge.__annotations__
        return {name: Option(name, _written(types[name]), defaults.get(name, REQUIRED)) for name in names}

    @property
    def title(self) -> str:
        """The first line of the docstring, with its placeholders."""
        return self._paragraphs[0]

    @property
    def why(self) -> str:
        """The reason, in Markdown."""
        return "\n\n".join(text for text in self._paragraphs[1:] if not text.startswith("Fix:"))

    @property
    def fix(self) -> str:
        """The remedy, with its placeholders, as a clause that begins in lower case."""
        found = next((text for text in self._paragraphs if text.startswith("Fix:")), "Fix:")
        return found.removeprefix("Fix:").strip()

    def in_general(self, text: str) -> str:
        """A text of its own, said of all that it judges and not of one kind."""
        return _fill(text, _Names(self.subject))

    @cached_property
    def _paragraphs(self) -> list[str]:
        # "    a\n    b" -> "a b": a docstring is wrapped for the reader of the code
        blocks = re.split(r"\n\s*\n", (self.judge.__doc__ or "").strip())
        return [" ".join(line.strip() for line in block.splitlines()) for block in blocks]

    def __repr__(self) -> str:
        return f"<rule {self.id}>"


def _written(annotation: object) -> str:
    """An annotation as it stands in the code, which may have come to more than its text."""
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)


REQUIRED: Any = object()
"""The default of an option that has none."""


class Option:
    """One option of a rule: its name in Python, its type as annotated, its default or `REQUIRED`."""

    __slots__ = ("default", "name", "type")

    def __init__(self, name: str, type: str, default: Any) -> None:
        self.name = name
        self.type = type
        self.default = default

    @property
    def required(self) -> bool:
        return self.default is REQUIRED


class Check:
    """A rule on one kind: what a finding names."""

    __slots__ = ("id", "kind", "rule", "severity")

    def __init__(self, rule: Rule, kind: type[Kind]) -> None:
        self.rule = rule
        self.kind = kind
        self.id = f"{rule.id}.{kind.slug}"
        self.severity = rule.severities.get(kind.slug, rule.severity)

    @property
    def title(self) -> str:
        return _fill(self.rule.title, _Names(self.kind))

    @property
    def why(self) -> str:
        return _fill(self.rule.why, _Names(self.kind))

    def fix(self, dialect: str, wanted: Mapping[str, str] | None = None, alone: Collection[str] = ()) -> str:
        """The remedy in the words of a dialect; `wanted` has the value that was asked for, by attribute, empty where
        there is no one value. `alone` are the types of satellites that there are none of.
        """
        return _Attributes(self.kind, dialect, wanted or {}, alone).fill(self.rule.fix)

    def __repr__(self) -> str:
        return f"<check {self.id}>"


def _fill(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+(?:\.name)?)\}", lambda match: names[match[1]], text)


class _Names(dict[str, str]):
    """What the nouns in a docstring stand for."""

    def __init__(self, kind: type[Kind]) -> None:
        super().__init__(Kinds=kind.plural[:1].upper() + kind.plural[1:], kinds=kind.plural, kind=kind.noun)


class _Attributes(_Names):
    """What the attributes in a remedy stand for: the name in the dialect, and the value that is wanted."""

    def __init__(self, kind: type[Kind], dialect: str, wanted: Mapping[str, str], alone: Collection[str] = ()) -> None:
        super().__init__(kind)
        self._kind = kind
        self._dialect = dialect
        self._wanted = wanted
        self._alone = alone

    def fill(self, text: str) -> str:
        """A remedy. What several attributes in a row have in common, be it the value or the satellite, is said once."""
        return _fill(_ROW.sub(lambda match: self._together(match), text), self)

    def __missing__(self, name: str) -> str:
        attribute = self._attribute(name)
        if isinstance(attribute, str):  # a family's own words for a remedy, with placeholders of theirs
            return self.fill(attribute)
        label, satellite, value = self._parts(attribute, name)
        label = f"{label} of its {satellite}" if satellite else label
        return f"{label} to {value}" if value else label

    def _attribute(self, name: str) -> Any:
        attribute = getattr(self._kind, name.removesuffix(".name"))
        if isinstance(attribute, dict):  # what each dialect has another word for
            attribute = attribute.get(self._dialect) or attribute["cfn"]
        return attribute

    def _parts(self, attribute: Any, name: str) -> tuple[str, str, str]:
        """What it is called, in which satellite it stands, and the value that is wanted."""
        assert isinstance(attribute, Attribute)
        label, satellite = attribute.label(self._dialect), ""
        if isinstance(attribute.place(self._dialect), Beside):
            label, _, satellite = label.partition(" of ")
        value = "" if name.endswith(".name") else self._wanted.get(name, attribute.wanted())
        return label, satellite, value

    def _together(self, match: re.Match[str]) -> str:
        names = re.findall(r"\{([\w.]+)\}", match[0])
        if any(name in self or not isinstance(self._attribute(name), Attribute) for name in names):
            return match[0]
        parts = [self._parts(self._attribute(name), name) for name in names]
        _, satellite, value = parts[0]
        if any(part[1:] != (satellite, value) for part in parts):
            return match[0]
        before, labels = "", []
        for label, _, _ in parts:
            above = label.rpartition(".")[0]
            labels.append(label.removeprefix(f"{above}.") if above and above == before else label)
            before = above
        said = " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
        verb = match[1] or ""
        if verb and satellite in self._alone:
            holding = match[2] or f"{said} set{f' to {value}' if value else ''}"
            return f"add {'an' if satellite[0].lower() in 'aeiou' else 'a'} {satellite} with {holding}"
        said = f"{said} of its {satellite}" if satellite else said
        return f"{verb}{said} to {value}" if value else f"{verb}{said}"


_ROW = re.compile(r"\b(set |add (a \w+) to )?\{\w+(?:\.name)?\}(?:(?:, | and )\{\w+(?:\.name)?\})*")
"""Attributes that are named one after the other, and what is to be done with them."""


def rule(
    *practices: str,
    severity: Severity,
    severities: Mapping[str, Severity] | None = None,
    evidence: Literal["here", "elsewhere"] = "here",
) -> Callable[[Judge], Rule]:
    """Makes a function a rule.

    `practices` are ids of the catalogue, the primary one first; `severity` is how bad one departure is,
    `severities` on which kinds it is worse or less, by slug. `evidence` says where the proof stands: ``here`` (the resource and its companions) or ``elsewhere`` (alarms,
    backup plans, trails: often another stack's), where absence proves something only in a declared whole.
    """

    def decorate(judge: Judge) -> Rule:
        made = Rule(judge, practices, severity, evidence)
        made.severities = severities or {}
        return made

    return decorate


def attribute_name(value: Value) -> str:
    """The Python name of the attribute that a value belongs to."""
    return value.attribute.name


def wanted_text(wanted: object) -> str:
    """A wanted value in words: one value, or "a or b"."""
    if isinstance(wanted, tuple):
        return " or ".join(plain(item) for item in wanted)
    return plain(wanted) if wanted is not None else ""
