"""The practice catalogue: best practices of the AWS Well-Architected Framework and its lenses, by id.

AWS *reuses* ids between versions of the framework (REL10-BP02 was one thing in 2024-06-27 and is another today),
so a practice carries the version it belongs to, and `renumbered` says what an id used to mean.

The data is in `data/`, built by `scripts/build_catalogue.py`, and no file of it is read before it is needed.
Measured, CPU: the first lookup in the framework 0.6 ms, in a lens 1.0 ms more, evidence 0.9 ms; further ones 2 to 5 us.
"""

# Named tuples, and annotations that are not kept as strings, because most runs import this: defining the classes so
# takes 0.7 ms of CPU, as slots dataclasses 2 to 3, with annotations as strings 0.4 more.

import os
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from wascan.suggest import did_you_mean

PILLARS = (
    ("operational-excellence", "Operational excellence"),
    ("security", "Security"),
    ("reliability", "Reliability"),
    ("performance-efficiency", "Performance efficiency"),
    ("cost-optimization", "Cost optimization"),
    ("sustainability", "Sustainability"),
)
"""The six pillars in AWS's order: slug and title."""


class UnknownPractice(LookupError):
    """No practice has this id. The message says which ids are near, or what became of an id of an earlier version."""


class Practice(NamedTuple):
    """One best practice, as one version of one framework has it."""

    id: str
    """AWS's id (`SEC08-BP02`). Where a lens publishes none, a name made of the lens, the question or pillar, and the
    documentation page (`saas-lens:SaaSCOST1/expenditure-awareness`). Unique in the whole catalogue."""
    framework: str
    version: str | None
    """Date of publication (`2024-11-06`), None where the lens states none."""
    title: str
    pillar: str | None
    """A slug of `PILLARS`; None in the Responsible AI Lens, which has other chapters."""
    question_id: str | None
    question: str | None
    risk: str | None
    """`high`, `medium` or `low`: how bad it is, says AWS, to lack the practice. None where AWS does not say."""
    url: str | None
    """The documentation page. It shows the latest version, which may be a later one than `version`."""


class Framework(NamedTuple):
    """The framework itself, or a lens on it."""

    id: str
    title: str
    version: str | None
    url: str | None
    """First page of its documentation."""

    @property
    def practices(self) -> list[Practice]:
        """Its practices, in the order of the pillars."""
        return practices(self.id)


class Renumbered(NamedTuple):
    """What an id meant in an earlier version of its framework. `str()` gives the sentence for people."""

    id: str
    version: str
    """A version in which the id had this meaning."""
    title: str
    became: str | None
    """The id of that practice today; None if it was dropped."""
    reused_for: str | None
    """Title of what the id means today; None if today it means nothing."""
    url: str

    def __str__(self) -> str:
        fate = f"that is now {self.became}" if self.became else "nothing took its place"
        reuse = f'; the id was reused and now means "{self.reused_for}"' if self.reused_for else ""
        return f'{self.id} was "{self.title}" in version {self.version}: {fate}{reuse}.'


class Evidence(NamedTuple):
    """What infrastructure code can show of a practice: one reader's grading, not AWS's."""

    practice: str
    judgement: str
    """`full` or `partial`: whether code can settle the practice, or only a part of it."""
    strength: str
    """`strong`, `medium` or `weak`."""
    polarity: str
    """`violation`: its absence is a departure. `evidence_only`: presence says something, absence nothing."""
    text: str
    resource_types: tuple[str, ...]
    """CloudFormation types in which it is seen."""


def practice(practice_id: str) -> Practice:
    """The practice of an id (`SEC08-BP02`), which its framework may precede (`generative-ai-lens:GENSEC01-BP02`).

    Raises `UnknownPractice`. An id means what the catalogue's version of the framework says; what it meant
    earlier is for `renumbered` to say.
    """
    scope, _, own = practice_id.rpartition(":")
    for framework, book in _books():
        if scope in ("", framework):
            for key in (own, practice_id):
                if key in book["practices"]:
                    return _practice(framework, book, key)
    raise UnknownPractice(_advice(practice_id))


def practices(framework: str | None = None, pillar: str | None = None) -> list[Practice]:
    """All practices, or those of a framework, a pillar or both; in the order of frameworks, pillars and ids.

    Raises LookupError on a framework or pillar that does not exist.
    """
    books = dict(_books())
    if framework is not None and framework not in books:
        raise LookupError(f'there is no framework "{framework}".{did_you_mean(framework, books)}')
    if pillar is not None and pillar not in dict(PILLARS):
        raise LookupError(f'there is no pillar "{pillar}".{did_you_mean(pillar, dict(PILLARS))}')
    return [
        _practice(name, book, key)
        for name, book in books.items()
        if framework in (None, name)
        for key, (_, its_pillar, *_) in book["practices"].items()
        if pillar in (None, its_pillar)
    ]


def frameworks() -> list[Framework]:
    """The Well-Architected Framework, then the lenses by name."""
    return [Framework(name, book["title"], book["version"], _page(book, book["home"])) for name, book in _books()]


def renumbered(practice_id: str) -> tuple[Renumbered, ...]:
    """What earlier versions called by this id, latest first, and what became of it. Empty if it never moved."""
    scope, _, own = practice_id.rpartition(":")
    return tuple(
        Renumbered(own, version, title, became, book["practices"].get(own, (None,))[0], url)
        for framework, book in _books()
        if scope in ("", framework)
        for version, title, became, url in book["renumbered"].get(own, ())
    )


def evidence(practice_id: str) -> Evidence | None:
    """What infrastructure code can show of a practice; None if nothing. Raises `UnknownPractice`."""
    own = practice(practice_id).id
    if (row := _read("evidence.json").get(own)) is None:
        return None
    judgement, strength, polarity, text, types = row
    return Evidence(own, judgement, strength, polarity, text, tuple(types))


@cache
def _read(file: str) -> dict[str, Any]:
    import json

    with open(os.path.join(os.path.dirname(__file__), "data", file), "rb") as stream:  # pathlib takes 5 ms to load
        members: dict[str, Any] = json.load(stream)
    return members


def _books() -> Iterator[tuple[str, dict[str, Any]]]:
    # One at a time: most lookups end in the framework and leave the lenses, twice its size, unread.
    for file in ("wellarchitected.json", "lenses.json"):
        yield from _read(file).items()


def _practice(framework: str, book: dict[str, Any], key: str) -> Practice:
    title, pillar, question_id, risk, page = book["practices"][key]
    question = book["questions"].get(question_id)
    return Practice(key, framework, book["version"], title, pillar, question_id, question, risk, _page(book, page))


def _page(book: dict[str, Any], page: str | None) -> str | None:
    return book["pages"] + page if page else None


def _advice(practice_id: str) -> str:
    if former := renumbered(practice_id):
        # The id it has today may have had another meaning in the very version the reader has in mind.
        beware = [it for old in former if old.became for it in renumbered(old.became) if it.version == old.version]
        told = [*map(str, former), *(f"Beware: {it}" for it in beware)]
        return f'there is no practice "{practice_id}" any more. {" ".join(told)}'
    own = practice_id.rpartition(":")[2]
    questions = {key: row[2] for _, book in _books() for key, row in book["practices"].items()}
    if answers := [key for key, question in questions.items() if question == own]:
        return f'"{own}" is a question, not a practice. Its practices are {", ".join(answers)}.'
    return f'there is no practice "{practice_id}".{did_you_mean(own, questions)}'
