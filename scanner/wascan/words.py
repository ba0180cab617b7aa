"""Facts put into words for people, in the dialect of what they were found in.

A fact is told as what is the case (``StorageEncrypted is false``), with what was wanted beside it only where that is
not plain (``BackupRetentionPeriod is 1, less than 7``). Everything that comes from an input is bounded, and without
control characters; what a kind calls secret is never shown.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from wascan.attribute import Always, Attribute, Beside, Flag
from wascan.finding import FAIL, OPEN
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, plain, reason
from wascan.verdict import Truth

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wascan.finding import Finding
    from wascan.graph import Resource
    from wascan.rule import Check
    from wascan.value import Fact, Value

_LONGEST = 60
_PASS, _FAIL, _UNKNOWN = Truth.PASS, Truth.FAIL, Truth.UNKNOWN  # looking one up takes 100 ns
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


def gist(finding: Finding) -> Hashable:
    """What stands for all that `sentence` and `fix` say of a finding, for most is said of many; None for what is said of
    one.
    """
    if finding.case or finding.rests or finding.message or len(finding.facts) > _FEW:
        return None
    told: list[object] = [finding.check, finding.resource.dialect, finding.kind]
    for fact in finding.facts:
        value, data = fact.value, fact.value.data
        if value.resource is not finding.resource or (data is not ABSENT and data.__class__ not in (str, bool, int)):
            return None
        told += data.__class__, data, value.defaulted, value.attribute, value.name, fact.question, fact.wanted
        if data is ABSENT or value.defaulted:
            told += _lacking(fact), data is ABSENT and _nothing(value)
    return tuple(told)


_FEW = 4


def sentence(finding: Finding) -> str:
    """What is wrong, or why nobody can tell yet: one line, without a full stop."""
    if finding.message:
        return printable(finding.message).rstrip(".")
    said = _told(finding)
    if truth(finding) is _UNKNOWN:
        said = f"it cannot be told: {finding.case}" if finding.case else said or "it cannot be told before deploy"
    else:
        said = said or f"it does not hold that {_inside(finding.check.title)}"
        if finding.case:
            said = f"{'fails' if finding.kind == OPEN else 'would fail'} when {printable(finding.case)}: {said}"
    if finding.rests and finding.kind in (FAIL, OPEN):
        defaults = " and ".join(f"{rest.label}, {shown(rest.text)}" for rest in finding.rests)
        said = f"{said} (rests on the default of {printable(defaults)})"
    return said


def _inside(title: str) -> str:
    """A title as the end of a sentence."""
    title = title.rstrip(".")
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def truth(finding: Finding) -> Truth:
    """What the facts of a finding are to their questions: that they fail, if only in its case, or are unknown."""
    undecided = finding.kind == OPEN and (not finding.case or finding.case.startswith("more than "))
    return _UNKNOWN if undecided else _FAIL


def fix(finding: Finding) -> str:
    """The remedy as a sentence, in the dialect of the resource, with the values that were asked for."""
    wanted: dict[str, str] = {}
    alone: dict[str, None] = {}
    for fact in finding.facts:
        name = fact.value.attribute.name
        wanted[name] = wanted.get(name) or _aim(fact)
        if fact.value.resource is finding.resource and (satellite := _lone(fact.value)):
            alone[satellite.type] = None
    return _remedy(finding.check, finding.resource.dialect, tuple(wanted.items()), tuple(alone))


@cache
def _remedy(check: Check, dialect: str, wanted: tuple[tuple[str, str], ...], alone: tuple[str, ...]) -> str:
    return _sentence(check.fix(dialect, dict(wanted), alone))


def remedies(check: Check) -> list[tuple[str, str]]:
    """The remedy of a check in each dialect that has its kind: the dialect's name, and a sentence. Where all say the
    same it is one, and the name is empty.
    """
    dialects = {"tf" if "::" not in type else "sam" if "::Serverless::" in type else "cfn" for type in check.kind.types}
    texts = {dialect: _sentence(check.fix(dialect)) for dialect in ("cfn", "sam", "tf") if dialect in dialects}
    if len(set(texts.values())) == 1:
        return [("", next(iter(texts.values())))]
    return [(_DIALECTS[dialect], text) for dialect, text in texts.items()]


_DIALECTS = {"cfn": "CloudFormation", "sam": "SAM", "tf": "Terraform"}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def describe(fact: Fact, truth: Truth, beside: Resource | None = None) -> str:
    """One fact that passed, failed or is unknown, as a clause; `beside` is the resource that needs no naming."""
    subject, predicate = _said_of(fact, truth, beside)
    return f"{subject} {predicate}"


def _said_of(fact: Fact, truth: Truth, beside: Resource | None) -> tuple[str, str]:
    """The subject and the predicate of a fact."""
    if truth is _PASS:
        fact = fact.negated()  # what passes a question fails its opposite
    if truth is not _UNKNOWN and (lacking := _lacking(fact)):
        resource = fact.value.resource
        return "it" if resource is beside or beside is None else named(resource), lacking
    return _subject(fact.value, beside), _predicate(fact, truth)


def _told(finding: Finding) -> str:
    """The first facts of a finding; those of which the same is to be said share their verb."""
    if len(finding.facts) == 1:  # as most have
        return describe(finding.facts[0], truth(finding), finding.resource)
    clauses = _clauses(finding)
    holders = {subject.partition(" of ")[2] for clause in clauses for subject in clause.subjects}
    where = ""
    if len(clauses) > 1 and len(holders) == 1 and (holder := holders.pop()):
        where = f"in {holder}, "
        for clause in clauses:
            clause.subjects = [subject.removesuffix(f" of {holder}") for subject in clause.subjects]
    told = [_clause(clause.subjects, clause.predicate) for clause in clauses]
    if len(told) > _CLAUSES:
        told[_CLAUSES - 1 :] = [f"and {len(told) - _CLAUSES + 1} more"]
    return where + "; ".join(told)


_CLAUSES = 3


def untold(finding: Finding) -> list[Fact]:
    """The related facts of which the sentence says nothing, for it would be too long."""
    if len(finding.facts) <= _CLAUSES or len(clauses := _clauses(finding)) <= _CLAUSES:
        return []
    left_out = {fact for clause in clauses[_CLAUSES - 1 :] for fact in clause.facts}
    return [fact for fact in finding.related if fact in left_out]


class _Clause:
    """What is to be said, of what, and the facts that say it."""

    __slots__ = ("facts", "predicate", "subjects")

    def __init__(self, predicate: str) -> None:
        self.predicate = predicate
        self.subjects: list[str] = []
        self.facts: list[Fact] = []


def _clauses(finding: Finding) -> list[_Clause]:
    found: dict[Hashable, _Clause] = {}
    for fact in _telling(finding.facts):
        subject, predicate = _said_of(fact, truth(finding), finding.resource)
        clause = found.setdefault(predicate, _Clause(predicate))
        if clause.subjects and not _akin(clause.subjects[0], subject):
            clause = found.setdefault((predicate, subject), _Clause(predicate))
        clause.facts.append(fact)
        if subject not in clause.subjects:
            clause.subjects.append(subject)
    for idle in (_LISTS["is_empty"][0], _LISTS["any"][0].format(_said(None))):
        if len(found) > 1:
            found.pop(idle, None)  # it goes without saying where the items are spoken of
    return _joined([*found.values()])


def _akin(one: str, other: str) -> bool:
    """Whether two subjects are of one resource, or one attribute of two."""
    (name, _, holder), (other_name, _, other_holder) = one.partition(" of "), other.partition(" of ")
    return name == other_name or holder == other_holder


def _joined(clauses: list[_Clause]) -> list[_Clause]:
    """Those that say of one thing what it lacks, or what several values it has, made one."""
    found: list[_Clause] = []
    items: list[str] = []
    before: tuple[str, str] | None = None
    for clause in clauses:
        verb, item, contrast = _parted(clause)
        if before is not None and before == (verb, contrast) and found[-1].subjects == clause.subjects:
            items.append(item)
            shown_items = items if len(items) <= _ITEMS else [*items[: _ITEMS - 1], f"{len(items) - _ITEMS + 1} more"]
            found[-1].predicate = f"{verb} {_series(shown_items)}{contrast}"
            found[-1].facts += clause.facts
            continue
        items, before = [item], (verb, contrast) if verb else None
        found.append(clause)
    return found


_ITEMS = 5


def _parted(clause: _Clause) -> tuple[str, str, str]:
    """The verb of a predicate that names one of several things, the thing, and what is said of it; of others no verb."""
    verb, _, rest = clause.predicate.partition(" ")
    if verb == "lacks":
        return verb, rest, ""
    if verb == "is" and all(_is_written(fact) for fact in clause.facts):
        item, comma, contrast = rest.partition(", ")
        return verb, item, comma + contrast
    return "", "", ""


def _is_written(fact: Fact) -> bool:
    """Whether a fact is told as what its value is."""
    value = fact.value
    unknown = value.data is ABSENT or isinstance(value.data, (Unknown, dict, list))
    return not unknown and not value.defaulted and fact.question.removeprefix("not ") not in _LISTS


def _telling(facts: tuple[Fact, ...]) -> list[Fact]:
    """The facts that are worth telling: what is said of a list is not said of its items too, and one thing of a value."""
    sought = {(fact.value.attribute, fact.wanted) for fact in facts if fact.question == "any"}
    spread = {fact.value.attribute for fact in facts if fact.question in ("in_two_zones", "distinct_at_least")}
    compared = {fact.value.attribute for fact in facts if fact.question in ("at_least", "at_most", "one_of", "is_true")}
    found: dict[Hashable, Fact] = {}
    for fact in facts:
        value, wanted = fact.value, fact.wanted
        if fact.question.removeprefix("not ") == "count_at_least" and value.attribute in spread:
            continue
        if fact.question.removeprefix("not ") in _LISTS:
            bare = fact.question == "any of none" and wanted is None and len(facts) > 1
            if not bare and not (fact.question == "any" and value.attribute in compared and " " in _said(wanted)):
                found[fact] = fact
        elif value.attribute not in spread and not (
            isinstance(wanted, tuple) and any((value.attribute, item) in sought for item in wanted)
        ):
            key = (value.name, value.resource, value.path)
            if key not in found or found[key].question.endswith("is_present"):
                found[key] = fact
    return [*found.values()] or [*facts]


def _clause(subjects: list[str], predicate: str) -> str:
    if len(subjects) == 1:
        return f"{subjects[0]} {predicate}"
    holders = [subject.partition(" of ")[2] for subject in subjects]
    if all(holders) and len({subject.partition(" of ")[0] for subject in subjects}) == 1:
        holders[3:] = [f"{len(holders) - 3} more"] if len(holders) > 4 else holders[3:]
        return f"{subjects[0].partition(' of ')[0]} of {_series(holders)} {predicate}"
    before, names = "", []
    for subject in subjects[:4]:
        parent, _, _ = subject.rpartition(".")
        names.append(subject.removeprefix(f"{parent}.") if parent == before else subject)
        before = parent
    if len(subjects) > 4:
        names[3:] = [f"{len(subjects) - 3} more"]
    verb, _, rest = predicate.partition(" ")
    return f"{', '.join(names[:-1])} and {names[-1]} {_PLURAL.get(verb, verb)} {rest}"


_PLURAL = {
    "is": "are",
    "has": "have",
    "lacks": "lack",
    "does": "do",
    "reaches": "reach",
    "stands": "stand",
    "comes": "come",
}


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


def _lone(value: Value) -> Beside | None:
    """Where a value that is missing would stand, if that is another resource and there is none such."""
    attribute = value.attribute
    if (value.data is ABSENT or (value.defaulted and not value.data)) and isinstance(attribute, Attribute):
        place = attribute.place(value.resource.dialect)
        if isinstance(place, Beside) and attribute.lacks_satellite(value.resource):
            return place
    return None


def _lacking(fact: Fact) -> str:
    """What is said of a resource whose value is missing together with what it would stand in; empty of all others."""
    value = fact.value
    if value.data is not ABSENT and not value.defaulted:
        return ""
    if value.name.startswith("its ") and fact.question == "is_present":
        return f"has no {value.name.removeprefix('its ')}"
    attribute, question = value.attribute, fact.question
    if question in ("any", "any of none") and fact.wanted is not None and isinstance(attribute, Attribute):
        place = attribute.place(value.resource.dialect)
        if isinstance(place, Beside) and place.path == "$":
            return f"lacks {_said(fact.wanted)}"
    written = len(value.path) > len(value.resource.properties_path)
    if question.removeprefix("not ") in _LISTS and question != "any of none" and (written or question not in _EMPTY):
        return ""
    if (place := _lone(value)) is None:
        return ""
    sought = fact.wanted if question == "any of none" and " " in str(fact.wanted) else None
    return f"has no {place.type} with {sought}" if sought else f"has no {place.type}"


def _nothing(value: Value) -> str:
    """Whether a list that has no items is written."""
    resource = value.resource
    data: Any = resource.properties
    start = resource.properties_path
    if value.path[: len(start)] != start:
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
    if question in _LISTS:
        predicate = _LISTS[question][negated]
        return _nothing(value) if predicate == "is empty" else predicate.format(_said(wanted))
    data = value.data
    if isinstance(data, Unknown):
        if question == "is_present" and negated:
            return "is set"
        if question == "one_of" and not negated:
            return f"is not {_either(wanted)}"
        return _unknown(value, question, wanted)
    contrast = (_CONTRAST if not negated else _OPPOSITE).get(question, "" if negated else ", not {}")
    contrast = contrast.format(_either(wanted)) if wanted not in (None, ()) else contrast.replace(", not {}", "")
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


_LISTS = {
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
        return f"is {_data(value)}, which may or may not allow {_either(wanted)}"
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
    return f"is {_data(value)}, which may or may not be {_either(wanted)}" if wanted else f"is {_data(value)}"


def _data(value: Value) -> str:
    return "hidden" if value.secret else shown(value.data)


def _said(wanted: object) -> str:
    return "a matching item" if wanted is None else shown(wanted)


def _either(wanted: object) -> str:
    """A wanted value, or the first of several."""
    items = [shown(item) for item in wanted] if isinstance(wanted, tuple) else [shown(wanted)]
    items = [*{item.lower(): item for item in reversed(items)}.values()][::-1]  # "aurora or Aurora" is one to a reader
    if len(items) > 5:
        items[4:] = [f"one of {len(items) - 4} more"]
    return _series(items, "or")


def _series(items: list[str], word: str = "and") -> str:
    return f" {word} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 2 else items)


def _aim(fact: Fact) -> str:
    """The value that would answer the question; empty where there is no one value."""
    attribute, question = fact.value.attribute, fact.question
    if isinstance(attribute, Flag) and question in ("is_true", "not is_false", "one_of"):
        return attribute.wanted()
    if question in ("is_true", "not is_false"):
        return "true"
    if question in ("is_false", "not is_true"):
        return "" if isinstance(attribute, Flag) and (attribute.on or attribute.by_presence) else "false"
    return _AIMS.get(question, "").format("" if fact.wanted is None else _either(fact.wanted))


_AIMS = {
    "one_of": "{}",
    "satisfies": "{}",
    "at_least": "{} or more",
    "at_most": "{} or fewer",
    "starts_with": "a value that begins with {}",
    "ends_with": "a value that ends in {}",
    "holds": "a value that contains {}",
    "not one_of": "anything but {}",
}
