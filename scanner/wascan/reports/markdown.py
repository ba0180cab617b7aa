"""Markdown for the summary of a job or a comment: what is worst, in tables, within the size that GitHub takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from wascan.reports._tally import (
    Counts,
    by_pillar,
    placed,
    plural,
    practice_of,
    unconfigured,
    verdict_line,
    why_unknown,
    worst_first,
)
from wascan.words import fix, named, printable, sentence

if TYPE_CHECKING:
    from wascan.finding import Finding, Report
    from wascan.reports import Options

_MOST_BYTES = 1_000_000
"""GitHub takes 1 MiB for the summaries of a step (GitHub documentation, "Workflow commands", "Job summaries")."""
_MOST_FINDINGS = 100
_MOST_REASONS = 20
_MOST_ERRORS = 20


def write(report: Report, stream: TextIO, options: Options) -> None:
    """The Markdown report."""
    counts = Counts(report)
    lines = [f"## wascan: {_text(verdict_line(counts))}", ""]
    if rows := by_pillar(report):
        heads = ["judged", "passed", "failed", "unknown", "waived", *(["known"] if counts.known else [])]
        lines += [f"| Pillar | {' | '.join(map(str.capitalize, heads))} |", f"|---|{'--:|' * len(heads)}"]
        lines += [f"| {row.title} | {' | '.join(str(getattr(row, head)) for head in heads)} |" for row in rows]
        lines.append("")
    worst = worst_first(finding for finding in report.findings if finding.fails)
    if errors := report.errors:
        lines += [f"**{plural(len(errors), 'error')}**: what could not be read is not judged.", ""]
        lines += [f"- {_text(placed(error))}" for error in errors[:_MOST_ERRORS]]
        if len(errors) > _MOST_ERRORS:
            lines.append(f"- and {len(errors) - _MOST_ERRORS} more")
        lines.append("")
    size = sum(map(len, lines))
    if worst:
        lines += ["| Severity | Where | Finding | Practice |", "|---|---|---|---|"]
    shown = 0
    for finding in worst[:_MOST_FINDINGS]:
        line = _row(finding)
        size += len(line.encode()) + 1
        if size > _MOST_BYTES - 50_000:
            break
        lines.append(line)
        shown += 1
    if shown < len(worst):
        lines += ["", f"The worst {shown} of {plural(len(worst), 'finding')} are shown."]
    if counts.unknown:
        reasons = why_unknown(report)
        lines += ["", "<details><summary>Unknown before deploy</summary>", "", "| Answers | Why |", "|--:|---|"]
        lines += [f"| {count} | {_text(why)} |" for why, count in reasons[:_MOST_REASONS]]
        if len(reasons) > _MOST_REASONS:
            rest = sum(count for _, count in reasons[_MOST_REASONS:])
            lines.append(f"| {rest} | {plural(len(reasons) - _MOST_REASONS, 'other reason')} |")
        lines += ["", "</details>"]
    waiting = unconfigured(report)
    if waiting:
        lines += ["", *(f"- {_text(line)}" for line in waiting)]
    read = f"{plural(counts.resources, 'resource')} in {plural(len(report.files), 'file')}"
    lines += ["", f"<sub>{read} read by wascan {_text(options.version)}</sub>"]
    stream.write("\n".join(lines) + "\n")


def _row(finding: Finding) -> str:
    place, resource = finding.place, finding.resource
    practice = practice_of(finding.check)
    title = f"{practice.id} {practice.title}" if practice else " ".join(finding.check.rule.practices[:1])
    linked = f"[{_text(title)}]({practice.url})" if practice and practice.url else _text(title)
    where = f"{_text(f'{place.file}:{place.line}')}<br>{_text(named(resource))}"
    told = "<br>".join(_text(part) for part in (sentence(finding), fix(finding)) if part)
    told += f"<br><sub>{_text(finding.check.id)}</sub>"
    return f"| {finding.severity} | {where} | {told} | {linked} |"


_MARKUP = re.compile(r"[\\`*_{}\[\]<>#&|!~@$]|(?<=www)\.|:(?=//)|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)


def _text(text: str) -> str:
    """Text in which nothing is markup, an autolink or a mention."""
    return _MARKUP.sub(lambda match: _ENTITIES.get(match[0]) or f"&#{ord(match[0])};", printable(text))


_ENTITIES = {"@": "&#64;&#8203;"}  # GitHub looks for mentions after it has read entities
