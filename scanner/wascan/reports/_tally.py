"""What several reports count, name and gather."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from wascan.catalogue import PILLARS, Practice, UnknownPractice, practice
from wascan.finding import FAIL, OPEN, REVIEW
from wascan.markers import MARKERS, reason
from wascan.rule import SEVERITIES
from wascan.verdict import Truth
from wascan.words import printable, sentence, truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wascan.document import Place
    from wascan.finding import Finding, Report
    from wascan.graph import Note, Resource
    from wascan.rule import Check


class Row(NamedTuple):
    """The verdicts on one pillar. What is waived or known is not among the failed and the unknown, and what a tool made
    for its own purposes among none of them.
    """

    pillar: str
    title: str
    judged: int
    passed: int
    failed: int
    unknown: int
    waived: int
    known: int


def by_pillar(report: Report) -> list[Row]:
    """The pillars of which something was judged, in AWS's order."""
    aside: dict[tuple[str, str, str], int] = {}
    for finding in report.findings:
        if not finding.counts:
            key = (finding.check.rule.pillar, counts_as(finding), finding.kind)
            aside[key] = aside.get(key, 0) + 1
    judged: dict[str, list[int]] = {}
    for check, tally in report.judged.items():
        row = judged.setdefault(check.rule.pillar, [0, 0, 0])
        for index, kind in enumerate(("pass", FAIL, OPEN)):
            row[index] += tally[kind]
    titles = dict(PILLARS)
    rows = []
    for slug in [*titles, *sorted(judged.keys() - titles.keys())]:
        passed, failed, unknown = judged.get(slug, (0, 0, 0))
        managed, waived, known = (
            [aside.get((slug, state, kind), 0) for kind in (FAIL, OPEN)] for state in ("managed", "waived", "known")
        )
        failed -= managed[0]
        unknown -= managed[1]
        if every := passed + failed + unknown:
            failed -= waived[0] + known[0]
            unknown -= waived[1] + known[1]
            rows.append(Row(slug, titles.get(slug, slug), every, passed, failed, unknown, sum(waived), sum(known)))
    return rows


def counts_as(finding: Finding) -> str:
    """What a finding is to those who have to do something about it: its kind, or ``waived``, or ``known`` for what the
    baseline has, or ``managed`` for what nobody can mend because a tool made the resource for its own purposes.
    """
    if finding.resource.managed_by:
        return "managed"
    return "waived" if finding.waiver is not None else "known" if finding.known else finding.kind


class Counts:
    """The findings of a report in numbers: failures by severity, and the others."""

    def __init__(self, report: Report) -> None:
        kinds = [counts_as(finding) for finding in report.findings]
        failures = [finding.severity for finding in report.findings if finding.fails]
        self.failed = len(failures)
        self.severities = {name: failures.count(name) for name in SEVERITIES}
        self.unknown = kinds.count(OPEN)
        self.review = kinds.count(REVIEW)
        self.waived = kinds.count("waived")
        self.known = kinds.count("known")
        self.baseline = report.baseline or "the baseline"
        self.outside = report.outside
        self.errors = len(report.errors)
        self.managed = kinds.count("managed")
        self.tools = sorted({finding.resource.managed_by for finding in report.findings} - {""})
        self.passed = sum(tally["pass"] for tally in report.judged.values())
        self.resources = len(report.graph.resources)


def verdict_line(counts: Counts) -> str:
    """The whole outcome in one line."""
    severities = ", ".join(f"{count:,} {name}" for name, count in counts.severities.items() if count)
    text = f"{plural(counts.failed, 'finding')}: {severities}" if counts.failed else "no findings"
    others = {"unknown": counts.unknown, "to review": counts.review, "waived": counts.waived, "known": counts.known}
    others[f"on {' and '.join(counts.tools)}'s own resources"] = counts.managed
    others["outside the change"] = counts.outside
    others["error" if counts.errors == 1 else "errors"] = counts.errors
    rest = ", ".join(f"{count:,} {name}" for name, count in others.items() if count)
    return f"{text}; {rest}" if rest else text


def why_status(counts: Counts, status: int, fail_on: str) -> str:
    """Why a scan that has something to tell ends as it does; empty where nobody would ask."""
    if status == 2:
        return f"The scan fails: {plural(counts.errors, 'error')}, of which nothing is judged" if counts.errors else ""
    if status == 1 and fail_on:
        failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
        if count := sum(counts.severities[name] for name in failing):
            return f"The scan fails: {count:,} of them {'is' if count == 1 else 'are'} {' or '.join(failing)}"
        return "The scan fails: fail-on-unknown is set" if counts.unknown else ""
    harmless = {"waived": counts.waived, f"in {printable(counts.baseline)}": counts.known}
    reasons = [f"fail-on is {fail_on}"] if counts.failed and fail_on else []
    if any(harmless.values()):
        reasons.append(f"what is {' or '.join(name for name, count in harmless.items() if count)} fails nothing")
    return f"The scan passes: {', and '.join(reasons)}" if reasons else ""


def by_check(report: Report) -> list[tuple[Check, dict[str, int], list[Finding]]]:
    """Every check that ran, by pillar and id: its verdicts in numbers, and its findings."""
    findings: dict[Check, list[Finding]] = {check: [] for check in report.judged}
    for finding in report.findings:
        findings.setdefault(finding.check, []).append(finding)
    order = sorted(findings, key=lambda check: (_pillar(check), check.id))
    return [(check, report.judged.get(check, {"pass": 0}), findings[check]) for check in order]


def _pillar(check: Check) -> int:
    slugs = [slug for slug, _ in PILLARS]
    return slugs.index(check.rule.pillar) if check.rule.pillar in slugs else len(slugs)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """What is to be mended first comes first: by severity, then by the risk of the practice, then as they stand."""
    return sorted(findings, key=_badness)


def _badness(finding: Finding) -> tuple[int, int]:
    practice = practice_of(finding.check)
    risk = SEVERITIES.index(practice.risk) if practice and practice.risk in SEVERITIES else len(SEVERITIES)
    return SEVERITIES.index(finding.severity), risk


def why_unknown(report: Report) -> list[tuple[str, int]]:
    """Why answers are open, and how many for each reason, most first."""
    reasons: dict[str, int] = {}
    for finding in report.findings:
        if counts_as(finding) == OPEN:
            why = _why(finding)
            reasons[why] = reasons.get(why, 0) + 1
    return sorted(reasons.items(), key=lambda item: (-item[1], item[0]))


def _why(finding: Finding) -> str:
    if finding.case:
        return printable(finding.case if truth(finding) is Truth.UNKNOWN else f"fails when {finding.case}")
    data = finding.facts[0].value.data if finding.facts else None
    return printable(reason(data)) if isinstance(data, MARKERS) else "it is written in a way that nobody can tell"


def placed(remark: Note) -> str:
    """A remark in a line that begins with its place."""
    where = ":".join(str(part) for part in (remark.file, remark.line) if part)
    message = remark.message.removeprefix(f"{remark.file} ")
    return f"{where}: {message}" if where else message


def unconfigured(report: Report) -> list[str]:
    """A sentence on each rule that waits for a choice."""
    return [
        f"{rule} judges nothing until somebody sets {' and '.join(names)}"
        for rule, names in sorted(report.unconfigured.items())
    ]


def label(finding: Finding) -> str:
    """What a finding is called: its severity, or that it is none."""
    return finding.severity if finding.kind == FAIL else "unknown" if finding.kind == OPEN else "review"


def engine_of(check: Check) -> str:
    """The other engine that a check is of; empty for one of wascan's."""
    engine, colon, _ = check.id.partition(":")
    return engine if colon else ""


@cache
def practice_of(check: Check) -> Practice | None:
    """The primary practice of a check; None where it has none that the catalogue knows."""
    for id in check.rule.practices[:1]:
        try:
            return practice(id)
        except UnknownPractice:
            return None
    return None


@cache
def practice_text(check: Check) -> str:
    """The id and the title of the primary practice."""
    found = practice_of(check)
    return f"{found.id} {found.title}" if found else " ".join(check.rule.practices[:1])


class Spot(NamedTuple):
    """What was found at one place: by check, the findings that it made there."""

    place: Place
    findings: dict[str, list[Finding]]

    @property
    def resources(self) -> list[Resource]:
        """The resources that stand here, each once."""
        every = {finding.resource.address: finding.resource for group in self.findings.values() for finding in group}
        return list(every.values())


def spots(findings: list[Finding]) -> list[Spot]:
    """Findings by place; at each place the worst first."""
    found: dict[tuple[str, int, int], Spot] = {}
    order = {name: index for index, name in enumerate(SEVERITIES)}
    for finding in findings:
        place = finding.place
        spot = found.setdefault((place.file, place.line, place.column), Spot(place, {}))
        spot.findings.setdefault(f"{finding.kind} {finding.check.id}", []).append(finding)
    return [
        Spot(
            spot.place,
            dict(
                sorted(spot.findings.items(), key=lambda item: (item[1][0].kind, order[item[1][0].severity], item[0]))
            ),
        )
        for spot in found.values()
    ]


def together(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of which the same is to be said of the same place, in the order of the first of each."""
    found: dict[tuple[str, str, str, int, int, str], list[Finding]] = {}
    for finding in findings:
        place = finding.place
        key = (finding.kind, finding.check.id, place.file, place.line, place.column, sentence(finding))
        found.setdefault(key, []).append(finding)
    return list(found.values())


def plural(count: int, noun: str) -> str:
    """A number and its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
