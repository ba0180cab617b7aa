"""The report for people with a browser: one file that needs nothing else, by pillar and practice."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TextIO

from wascan.catalogue import PILLARS
from wascan.finding import FAIL, OPEN, REVIEW
from wascan.reports._excerpt import excerpt
from wascan.reports._files import Files
from wascan.reports._tally import (
    Counts,
    by_check,
    by_pillar,
    counts_as,
    label,
    placed,
    plural,
    practice_of,
    together,
    unconfigured,
    verdict_line,
    worst_first,
)
from wascan.words import describe, fix, named, printable, sentence, truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.finding import Finding, Report
    from wascan.reports import Options
    from wascan.rule import Check

_LABELS = ("high", "medium", "low", "unknown", "review")


def write(report: Report, stream: TextIO, options: Options) -> None:
    """The HTML report."""
    stream.writelines(f"{line}\n" for line in _page(report, options))


def _page(report: Report, options: Options) -> Iterator[str]:
    counts = Counts(report)
    yield f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{_POLICY}'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>wascan: {_text(verdict_line(counts))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<header>"
    line = verdict_line(counts)
    yield f"<h1>{_text(line[:1].upper() + line[1:])}</h1>"
    read = f"{plural(counts.resources, 'resource')} in {plural(len(report.files), 'file')}"
    yield f"<p>{read}, judged by wascan {_text(options.version)} against the AWS Well-Architected Framework.</p>"
    yield from _table(report)
    yield from _filters(report)
    yield "</header>\n<main>"
    yield from _pillars(report)
    yield from _waived(report)
    yield from _remarks(report)
    yield f"</main>\n<script>{_SCRIPT}</script>\n</body>\n</html>"


def _table(report: Report) -> Iterator[str]:
    rows = by_pillar(report)
    if not rows:
        return
    heads = ["judged", "passed", "failed", "unknown", "waived"]
    heads += ["known"] if any(row.known for row in rows) else []
    yield f"<table>\n<tr><th>Pillar</th>{''.join(f'<th>{head}</th>' for head in heads)}</tr>"
    for row in rows:
        cells = [getattr(row, head) for head in heads]
        told = "".join(
            f'<td class="{head if count else "none"}">{count or "&ndash;"}</td>'
            for head, count in zip(heads, cells, strict=True)
        )
        yield f"<tr><td>{_text(row.title)}</td>{told}</tr>"
    yield "</table>"


def _filters(report: Report) -> Iterator[str]:
    """A box to tick for each label that there is."""
    sums: dict[str, int] = {}
    for finding in report.findings:
        if counts_as(finding) in (FAIL, OPEN, REVIEW):
            sums[label(finding)] = sums.get(label(finding), 0) + 1
    boxes = [
        f'<label class="{name}"><input type="checkbox" value="{name}"{" checked" if name in _LABELS[:3] else ""}>'
        f" {sums[name]:,} {name}</label>"
        for name in _LABELS
        if name in sums
    ]
    if boxes:
        yield f'<form class="filters">{"".join(boxes)}</form>'


def _pillars(report: Report) -> Iterator[str]:
    """What was found, by pillar and primary practice; then the checks that only passed."""
    files = Files(report)
    pillars: dict[str, dict[str, list[Finding]]] = {}
    passed: dict[str, list[str]] = {}
    checks: dict[str, Check] = {}
    for check, tally, findings in by_check(report):
        shown = [finding for finding in findings if counts_as(finding) in (FAIL, OPEN, REVIEW)]
        practice = check.rule.practices[0] if check.rule.practices else ""
        if shown:
            pillars.setdefault(check.rule.pillar, {}).setdefault(practice, []).extend(shown)
            checks.setdefault(practice, check)
        elif tally["pass"]:
            passed.setdefault(check.rule.pillar, []).append(f"{_text(check.id)}&nbsp;({tally['pass']:,})")
    titles = dict(PILLARS)
    for pillar in dict.fromkeys([*pillars, *passed]):
        yield f"<section>\n<h2>{_text(titles.get(pillar, pillar))}</h2>"
        for practice, group in sorted(pillars.get(pillar, {}).items()):
            yield f'<details open class="practice">\n<summary>{_heading(checks[practice])}</summary>'
            for alike in together(worst_first(group)):
                yield from _article(alike, files)
            yield "</details>"
        if pillar in passed:
            yield f'<p class="met">Passed throughout: {", ".join(passed[pillar])}</p>'
        yield "</section>"


def _heading(check: Check) -> str:
    practice = practice_of(check)
    if practice is None:
        return _text(" ".join(check.rule.practices[:1]) or check.rule.id)
    name = f"<b>{_text(practice.id)}</b> {_text(practice.title)}"
    link = f'<a href="{escape(practice.url)}" rel="noreferrer">{name}</a>' if practice.url else name
    return f'{link} <span class="risk">{practice.risk} risk</span>' if practice.risk else link


def _article(alike: list[Finding], files: Files) -> Iterator[str]:
    finding = alike[0]
    place, resource = finding.place, finding.resource
    yield f'<article data-label="{label(finding)}">'
    where = f"{_text(place.file)}:{place.line}:{place.column}"
    yield f'<p class="head"><span class="label {label(finding)}">{label(finding)}</span> {_text(sentence(finding))}</p>'
    name = _text(named(resource))
    if len(alike) > 1:
        others = _text(", ".join(named(other.resource) for other in alike[1:]))
        name = f'{name} <abbr title="{others}">and {len(alike) - 1} more</abbr>'
    yield f'<p class="where"><b>{name}</b> {_text(resource.type)} <span>{where}</span></p>'
    secret = any(fact.value.secret for fact in finding.facts[:1])
    if found := excerpt(files, place, secret=secret, width=160):
        code = f"{escape(found.before)}<mark>{escape(found.region)}</mark>{escape(found.after)}"
        yield f'<pre><span class="number">{found.number}</span>{code}</pre>'
    for fact in finding.related[:3]:
        if fact.value.resource is not resource:
            told = _text(describe(fact, truth(finding), fact.value.resource))
            other = fact.place
            yield f'<p class="where">See {_text(other.file)}:{other.line}, {_text(named(fact.value.resource))}: {told}</p>'
    if finding.kind == FAIL and (remedy := fix(finding)):
        yield f'<p class="fix">{_text(remedy)}</p>'
    yield f'<details class="why"><summary>{_text(finding.check.id)}</summary>'
    yield f"<p><b>{_text(finding.check.title)}</b> {_text(finding.check.why)}</p></details>\n</article>"


def _waived(report: Report) -> Iterator[str]:
    waived = [finding for finding in report.findings if finding.waiver is not None]
    if not waived:
        return
    heads = "".join(f"<th>{head}</th>" for head in ("Check", "Resource", "Reason", "Origin", "Until"))
    yield f"<section>\n<h2>Waived</h2>\n<table>\n<tr>{heads}</tr>"
    for finding in waived:
        waiver = finding.waiver
        cells = (finding.check.id, finding.resource.address, waiver.reason, waiver.origin, waiver.until or "")
        yield f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"
    yield "</table>\n</section>"


def _remarks(report: Report) -> Iterator[str]:
    """What went wrong, and what was not judged."""
    lines = [placed(remark) for remark in report.remarks]
    lines += unconfigured(report)
    if lines:
        yield "<section>\n<h2>Remarks</h2>\n<ul>"
        yield from (f"<li>{_text(line)}</li>" for line in lines)
        yield "</ul>\n</section>"


def _text(text: str) -> str:
    return escape(printable(text))


_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">"
)

_SCRIPT = """
const boxes = [...document.querySelectorAll(".filters input")];
function show() {
  const labels = boxes.filter(box => box.checked).map(box => box.value);
  for (const article of document.querySelectorAll("article"))
    article.hidden = !labels.includes(article.dataset.label);
  for (const practice of document.querySelectorAll(".practice"))
    practice.hidden = !practice.querySelector("article:not([hidden])");
}
boxes.forEach(box => box.addEventListener("change", show));
show();
"""

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --line: #d8dee4; --paper: #fff; --shade: #f6f8fa;
  --high: #b3261e; --medium: #8a5300; --low: #1b5e91; --unknown: #6e40a8; --review: #3d5a80; --good: #1a6b35; }
@media (prefers-color-scheme: dark) { :root { --ink: #e0e4e9; --soft: #98a2ad; --line: #31373e; --paper: #14171b;
  --shade: #1d2126; --high: #ff8a80; --medium: #f0b357; --low: #7cc0f5; --unknown: #c7a4f4; --review: #a5bddb;
  --good: #7bcf94; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
header > p { margin: .25rem 0 1.25rem; } header > p, .where, .met, .risk { color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .75rem .35rem 0; text-align: left; }
th { color: var(--soft); font-weight: 500; }
header :is(th, td):not(:first-child) { text-align: right; width: 6rem; }
td.passed { color: var(--good); } td.failed { color: var(--high); font-weight: 600; }
td.unknown { color: var(--unknown); } td.none { color: var(--soft); }
.filters { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; position: sticky; top: 0; padding: .75rem 0;
  margin-top: 1rem; background: var(--paper); }
.filters label { cursor: pointer; }
.practice > summary { cursor: pointer; padding: .4rem 0; border-bottom: 1px solid var(--line); }
.practice { margin-bottom: 1rem; } .risk { font-size: .85em; margin-left: .5rem; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
article { padding: .9rem 0 .6rem; border-bottom: 1px solid var(--line); } article p { margin: .15rem 0; }
.head { display: flex; gap: .6rem; align-items: baseline; font-weight: 600; overflow-wrap: anywhere; } .where { font-size: .9em; overflow-wrap: anywhere; }
.where b { color: var(--ink); font-weight: 500; } .where span { margin-left: .5rem; }
.label { flex: none; font-size: .8em; }
.high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--low); }
.unknown { color: var(--unknown); } .review { color: var(--review); }
pre { margin: .4rem 0; padding: .45rem .75rem; background: var(--shade); border-radius: 4px; overflow-x: auto;
  font: 13px/1.5 ui-monospace, monospace; }
.number { color: var(--soft); margin-right: 1.25rem; user-select: none; }
mark { background: none; color: inherit; font-weight: 600; text-decoration: underline wavy var(--high) 1px;
  text-underline-offset: .25em; }
.fix::before { content: "Fix: "; color: var(--good); font-weight: 600; }
.why { font-size: .9em; color: var(--soft); } .why summary { cursor: pointer; }
.met { font-size: .9em; }
@media print { .filters { display: none; } details.why { display: none; } }
"""
