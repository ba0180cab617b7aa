"""Findings put into words for people: what is wrong, or why nobody can tell, and how to mend it.

Facts of which the same is to be said share a clause (`wascan.clauses`), and only the most telling are told.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from wascan.attribute import Flag
from wascan.clauses import (
    LISTS,
    clause_of,
    describe,
    either,
    emptiness,
    lacking,
    lone,
    named,
    printable,
    series,
    shown,
    wanted_item,
)
from wascan.finding import FAIL, OPEN
from wascan.markers import ABSENT, Unknown
from wascan.verdict import Truth

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wascan.finding import Finding
    from wascan.rule import Check
    from wascan.value import Fact

__all__ = ["describe", "fix", "gist", "named", "printable", "remedies", "sentence", "shown", "truth", "untold"]

_FAIL, _UNKNOWN = Truth.FAIL, Truth.UNKNOWN  # looking one up takes 100 ns


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
        if data is ABSENT and fact.question.removeprefix("not ") in LISTS:  # it may be written, or its companion there
            told += lacking(fact), emptiness(value)
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
        if fact.value.resource is finding.resource and (satellite := lone(fact.value)):
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
    if len(finding.facts) <= _CLAUSES:
        return []
    clauses = _clauses(finding)
    left_out = {fact for clause in clauses for fact in clause.unsaid}
    if len(clauses) > _CLAUSES:
        left_out.update(fact for clause in clauses[_CLAUSES - 1 :] for fact in clause.facts)
    return [fact for fact in finding.related if fact in left_out]


class _Clause:
    """What is to be said, of what, and the facts that say it; `unsaid` are those that it only counts."""

    __slots__ = ("facts", "predicate", "subjects", "unsaid")

    def __init__(self, predicate: str) -> None:
        self.predicate = predicate
        self.subjects: list[str] = []
        self.facts: list[Fact] = []
        self.unsaid: list[Fact] = []


def _clauses(finding: Finding) -> list[_Clause]:
    found: dict[Hashable, _Clause] = {}
    answer = truth(finding)
    for fact in _telling(finding.facts, answer):
        subject, predicate = clause_of(fact, answer, finding.resource)
        clause = found.setdefault(predicate, _Clause(predicate))
        if clause.subjects and not _akin(clause.subjects[0], subject):
            clause = found.setdefault((predicate, subject), _Clause(predicate))
        clause.facts.append(fact)
        if subject not in clause.subjects:
            clause.subjects.append(subject)
    for idle in (LISTS["is_empty"][0], LISTS["any"][0].format(wanted_item(None))):
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
    parts: list[tuple[str, _Clause]] = []
    before: tuple[str, str] | None = None
    for clause in clauses:
        verb, item, contrast = _parted(clause)
        if before == (verb, contrast) and found[-1].subjects == clause.subjects:
            parts.append((item, clause))
            items, more = [item for item, _ in parts], len(parts) - _ITEMS + 1
            found[-1].predicate = f"{verb} {series(items if more < 2 else [*items[:-more], f'{more} more'])}{contrast}"
            found[-1].unsaid = [fact for _, part in parts[-more:] for fact in part.facts] if more > 1 else []
            found[-1].facts = [fact for _, part in parts for fact in part.facts]
            continue
        before = (verb, contrast) if verb else None
        parts = [(item, clause)]
        joined = _Clause(clause.predicate)
        joined.subjects, joined.facts = clause.subjects, clause.facts
        found.append(joined)
    return found


_ITEMS = 5


def _parted(clause: _Clause) -> tuple[str, str, str]:
    """The verb of a predicate that names one of several things, the thing, and what is said of it; of others no verb."""
    verb, _, rest = clause.predicate.partition(" ")
    if verb == "lacks":
        return verb, rest, ""
    if rest.startswith("no "):
        return f"{verb} no", rest.removeprefix("no "), ""
    if verb == "is" and all(_is_written(fact) for fact in clause.facts):
        item, comma, contrast = rest.partition(", ")
        return verb, item, comma + contrast
    return "", "", ""


def _is_written(fact: Fact) -> bool:
    """Whether a fact is told as what its value is."""
    value = fact.value
    unknown = value.data is ABSENT or isinstance(value.data, (Unknown, dict, list))
    return not unknown and not value.defaulted and fact.question.removeprefix("not ") not in LISTS


def _telling(facts: tuple[Fact, ...], answer: Truth) -> list[Fact]:
    """The facts that are worth telling: what is said of a list is not said of its items too, and one thing of a value."""
    sought = {(fact.value.attribute, fact.wanted) for fact in facts if fact.question == "any"}
    spread = {fact.value.attribute for fact in facts if fact.question in ("in_two_zones", "distinct_at_least")}
    compared = {fact.value.attribute for fact in facts if fact.question in ("at_least", "at_most", "one_of", "is_true")}
    found: dict[Hashable, Fact] = {}
    for fact in facts:
        value, wanted = fact.value, fact.wanted
        if answer is _UNKNOWN:
            found.setdefault((value.name, value.resource, value.path), fact)
            continue
        if fact.question.removeprefix("not ") == "count_at_least" and value.attribute in spread:
            continue
        if fact.question.removeprefix("not ") in LISTS:
            bare = fact.question == "any of none" and wanted is None and len(facts) > 1
            if not bare and not (fact.question == "any" and value.attribute in compared and " " in wanted_item(wanted)):
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
        return f"{subjects[0].partition(' of ')[0]} of {series(holders)} {predicate}"
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


def _aim(fact: Fact) -> str:
    """The value that would answer the question; empty where there is no one value."""
    attribute, question = fact.value.attribute, fact.question
    if isinstance(attribute, Flag) and question in ("is_true", "not is_false", "one_of"):
        return attribute.wanted()
    if question in ("is_true", "not is_false"):
        return "true"
    if question in ("is_false", "not is_true"):
        return "" if isinstance(attribute, Flag) and (attribute.on or attribute.by_presence) else "false"
    return _AIMS.get(question, "").format("" if fact.wanted is None else either(fact.wanted))


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
