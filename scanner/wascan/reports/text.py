"""The report for people at a terminal: what is wrong, where, why it matters, how to mend it; then a summary."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, TextIO

from wascan.finding import FAIL, OPEN, REVIEW
from wascan.reports._excerpt import excerpt
from wascan.reports._files import Files
from wascan.reports._tally import (
    Counts,
    Spot,
    by_pillar,
    counts_as,
    label,
    plural,
    practice_text,
    spots,
    verdict_line,
    why_status,
    why_unknown,
)
from wascan.rule import SEVERITIES
from wascan.words import describe, fix, named, printable, sentence, truth, untold

if TYPE_CHECKING:
    from wascan.document import Place
    from wascan.finding import Finding, Report
    from wascan.graph import Resource
    from wascan.reports import Options

_STYLES = {
    "high": "1;31",
    "medium": "33",
    "low": "36",
    "unknown": "35",
    "review": "34",
    "bold": "1",
    "dim": "2",
    "good": "32",
}
_BRIEF = "low"
"""What has this label takes one line: it must not bury what matters. Its rule's page says the rest."""

_MARGIN = 10
_NAMES = 3
_RELATED = 3
_MANY = 20
_WORST = 10
_REASONS = 5


def write(report: Report, stream: TextIO, options: Options) -> None:
    """The text report."""
    _Text(report, stream, options).write()


class _Text:
    def __init__(self, report: Report, stream: TextIO, options: Options) -> None:
        self._report = report
        self._stream = stream
        self._colour = options.colour
        self._width = max(options.width, 60)
        self._show_unknown = options.show_unknown
        self._status = options.exit_code
        self._fail_on = options.fail_on
        self._files = Files(report)

    def write(self) -> None:
        shown = [
            finding
            for finding in self._report.findings
            if finding.fails or (self._show_unknown and counts_as(finding) in (OPEN, REVIEW))
        ]
        places = spots(shown)
        for spot in places:
            self._spot(spot)
        self._worst(places)
        self._summary()

    def _spot(self, spot: Spot) -> None:
        place = spot.place
        self._line(f"{self._style('bold', _where(place))}  {self._named(spot)}")
        first = next(iter(spot.findings.values()))[0]
        if any(label(group[0]) != _BRIEF for group in spot.findings.values()):
            secret = any(fact.value.secret for fact in first.facts[:1])
            self._excerpt(place, secret, label(first))
        for group in spot.findings.values():
            self._finding(group, len(spot.resources))
        self._line("")

    def _worst(self, places: list[Spot]) -> None:
        """The worst once more, where they are lost among the others."""
        worst = [
            (spot, group)
            for spot in places
            for group in spot.findings.values()
            if group[0].kind == FAIL and group[0].severity == SEVERITIES[0]
        ]
        if not worst or len(places) < _MANY:
            return
        for spot, group in worst[:_WORST]:
            names = _names([finding.resource for finding in group])
            self._line(
                f"{self._style(SEVERITIES[0], SEVERITIES[0])}  {self._style('bold', _where(spot.place))}  {names}: {sentence(group[0])}"
            )
        if len(worst) > _WORST:
            self._line(f"      and {len(worst) - _WORST:,} more")
        self._line("")

    def _named(self, spot: Spot) -> str:
        """Which resources stand at a place."""
        first = spot.resources[0]
        names = _names(spot.resources)
        return names if len(spot.resources) > 1 or first.dialect == "tf" else f"{names} ({printable(first.type)})"

    def _excerpt(self, place: Place, secret: bool, style: str) -> None:
        gutter = len(str(place.line)) + 2
        found = excerpt(self._files, place, secret=secret, width=self._width - gutter - 3)
        if found is None:
            return
        number, bar = f"{found.number:>{gutter}}", " " * gutter
        code = self._style("dim", f"{number} | ")
        self._line(f"{code}{found.before}{self._style('bold', found.region)}{found.after}")
        marks = " " * _cells(found.before) + "^" * max(_cells(found.region), 1)
        self._line(f"{self._style('dim', f'{bar} | ')}{self._style(style, marks)}")

    def _finding(self, group: list[Finding], here: int) -> None:
        finding = group[0]
        said = sentence(finding)
        if len(group) != here:
            said += f" (only {_names([finding.resource for finding in group])})"
        lead = f"  {self._style(label(finding), f'{label(finding):<7}')} "
        if label(finding) == _BRIEF:
            self._wrap(f"{said} ({finding.check.id})", lead)
            return
        self._wrap(said, lead)
        parts = (finding.check.id, printable(practice_text(finding.check)))
        self._wrap(", ".join(part for part in parts if part), "", "dim")
        self._related(finding)
        if finding.kind == FAIL and (remedy := fix(finding)):
            self._wrap(f"fix: {remedy}", "", "good")

    def _related(self, finding: Finding) -> None:
        """What stands elsewhere, and what the sentence left out."""
        left_out = untold(finding)
        facts = [fact for fact in finding.related if fact in left_out or fact.value.resource is not finding.resource]
        for fact in facts[:_RELATED]:
            told = describe(fact, truth(finding), fact.value.resource)
            self._wrap(f"see {_where(fact.place)}, {named(fact.value.resource)}: {told}", "", "dim")
        if len(facts) > _RELATED:
            from shlex import quote

            command = f"wascan explain {quote(named(finding.resource))} {finding.check.id}"
            self._wrap(f"and {len(facts) - _RELATED} more, which {command} lists", "", "dim")

    def _wrap(self, text: str, lead: str, style: str = "") -> None:
        """A paragraph in the right-hand column, whose first line may begin with a lead."""
        room = self._width - _MARGIN
        short = len(text) <= room
        lines = [text] if short else textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
        for number, line in enumerate(lines):
            margin = lead if lead and number == 0 else " " * _MARGIN
            self._line(margin + (self._style(style, line) if style else line))

    def _summary(self) -> None:
        report, counts = self._report, Counts(self._report)
        read = f"{plural(counts.resources, 'resource')} in {plural(len(report.files), 'file')}"
        if not (counts.failed or counts.unknown or counts.review or counts.waived or counts.known or counts.outside):
            passed = f"{plural(counts.passed, 'check')} passed on {read}"
            told = f"Nothing to mend: {passed}." if counts.passed else f"Nothing to judge: {read}."
            if counts.errors:
                told = f"{plural(counts.errors, 'error')}; {passed if counts.passed else 'nothing is judged'}."
            self._line(self._style("high" if counts.errors else "good" if counts.passed else "bold", told))
        else:
            self._table()
            self._total(counts)
            if why := why_status(counts, self._status, self._fail_on):
                self._line(f"{why}.")
            if counts.unknown and not self._show_unknown:
                self._reasons()
            elif counts.review and not self._show_unknown:
                self._line("--show-unknown lists what is to be reviewed.")
            skipped = f", {plural(len(report.skipped), 'file')} skipped" if report.skipped else ""
            self._line(f"{read[:1].upper()}{read[1:]}{skipped}.")
        if any(finding.fails and label(finding) == _BRIEF for finding in report.findings):
            self._line(self._style("dim", "wascan rule ID says why, and how to mend it."))
        if waiting := ", ".join(f"{rule} ({', '.join(names)})" for rule, names in sorted(report.unconfigured.items())):
            told = printable(f"Rules that judge nothing until wascan.yaml sets what they need: {waiting}.")
            for line in textwrap.wrap(told, self._width, break_long_words=False, break_on_hyphens=False):
                self._line(self._style("dim", line))

    def _table(self) -> None:
        rows = by_pillar(self._report)
        heads = ["judged", "passed", "failed", "unknown"]
        heads += [head for head in ("waived", "known") if any(getattr(row, head) for row in rows)]
        widest = max((len(row.title) for row in rows), default=0)
        self._line(self._style("dim", f"{'':{widest}}{''.join(f'{head:>9}' for head in heads)}"))
        for row in rows:
            cells = [getattr(row, head) for head in heads]
            styles = ["", "good", "high", "unknown", "", ""]
            told = "".join(
                self._style(style if cell else "dim", f"{cell or '-':>9}")
                for cell, style in zip(cells, styles, strict=False)
            )
            self._line(f"{row.title:{widest}}{told}")
        self._line("")

    def _total(self, counts: Counts) -> None:
        text = verdict_line(counts)
        for line in textwrap.wrap(f"{text[:1].upper()}{text[1:]}.", self._width):
            for name, count in counts.severities.items():
                line = line.replace(f"{count:,} {name}", self._style(name, f"{count:,} {name}"), 1) if count else line
            self._line(line)

    def _reasons(self) -> None:
        reasons = why_unknown(self._report)
        self._line("Unknown before deploy (--show-unknown lists where):")
        for why, count in reasons[:_REASONS]:
            self._line(f"{count:>6,}  {why}")
        if len(reasons) > _REASONS:
            count = sum(count for _, count in reasons[_REASONS:])
            self._line(f"{count:>6,}  for {plural(len(reasons) - _REASONS, 'other reason')}")

    def _style(self, name: str, text: str) -> str:
        code = _STYLES.get(name)
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and code else text

    def _line(self, text: str) -> None:
        self._stream.write(f"{text.rstrip()}\n")


def _names(resources: list[Resource]) -> str:
    """The first of several resources by name."""
    names = [named(resource) for resource in resources]
    if len(names) > _NAMES:
        names[_NAMES - 1 :] = [f"{len(names) - _NAMES + 1} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _where(place: Place) -> str:
    """File, line and column; a file cannot pose as a command of a build log, which would begin with colons."""
    file = printable(place.file)
    return f"{f'./{file}' if file.startswith(':') else file}:{place.line}:{place.column}"


def _cells(text: str) -> int:
    """How wide a text is on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)
