"""JUnit XML, which most build servers show: a suite for each pillar, a test for each answer that is no pass, and a suite
for what could not be read.

What passes is one test for each check, for a report holds no more than how often that was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO
from xml.sax.saxutils import escape, quoteattr

from wascan.finding import FAIL
from wascan.reports._tally import by_check, practice_text
from wascan.words import fix, printable, sentence

if TYPE_CHECKING:
    from wascan.finding import Finding, Report
    from wascan.graph import Note
    from wascan.reports import Options


def write(report: Report, stream: TextIO, options: Options) -> None:
    """The JUnit report; what is waived, unknown or to be reviewed is skipped."""
    suites: dict[str, list[str]] = {}
    failures: dict[str, int] = {}
    skips: dict[str, int] = {}
    for check, tally, findings in by_check(report):
        pillar = check.rule.pillar
        tests = suites.setdefault(pillar, [])
        if tally["pass"]:
            tests.append(f"<testcase classname={_attribute(pillar)} name={_attribute(check.id)}/>")
        for finding in findings:
            tests.append(_test(finding))
            kind = failures if finding.fails else skips
            kind[pillar] = kind.get(pillar, 0) + 1
    errors = [_error(error) for error in report.errors]
    total = (sum(map(len, suites.values())) + len(errors), sum(failures.values()), sum(skips.values()), len(errors))
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="wascan" {_numbers(*total)}>\n')
    if errors:
        stream.write(f'  <testsuite name="input" {_numbers(len(errors), 0, 0, len(errors))}>\n')
        stream.writelines(f"    {test}\n" for test in errors)
        stream.write("  </testsuite>\n")
    for pillar, tests in suites.items():
        numbers = _numbers(len(tests), failures.get(pillar, 0), skips.get(pillar, 0))
        stream.write(f"  <testsuite name={_attribute(pillar)} {numbers}>\n")
        stream.writelines(f"    {test}\n" for test in tests)
        stream.write("  </testsuite>\n")
    stream.write("</testsuites>\n")


def _test(finding: Finding) -> str:
    """One finding as a test."""
    place = finding.place
    said = sentence(finding)
    names = f"classname={_attribute(finding.check.rule.pillar)} name={_attribute(f'{finding.check.id} {finding.resource.address}')}"
    where = f"file={_attribute(place.file)} line={_attribute(str(place.line))}"
    if finding.resource.managed_by:
        inside = f"<skipped message={_attribute(f'made by {finding.resource.managed_by} for its own purposes')}/>"
    elif finding.waiver is not None:
        inside = f"<skipped message={_attribute(f'waived: {finding.waiver.reason}')}/>"
    elif finding.known:
        inside = f"<skipped message={_attribute(f'known: {said}')}/>"
    elif finding.kind == FAIL:
        lines = [
            f"{place.file}:{place.line}:{place.column}",
            practice_text(finding.check),
            fix(finding),
        ]
        text = escape("\n".join(printable(line) for line in lines if line))
        inside = f"<failure type={_attribute(finding.severity)} message={_attribute(said)}>{text}</failure>"
    else:
        inside = f"<skipped message={_attribute(said)}/>"
    return f"<testcase {names} {where}>{inside}</testcase>"


def _error(error: Note) -> str:
    """What could not be read or done, as a test."""
    where = f" file={_attribute(error.file)}" if error.file else ""
    where += f" line={_attribute(str(error.line))}" if error.file and error.line else ""
    inside = f'<error type="error" message={_attribute(error.message)}/>'
    return f'<testcase classname="input" name={_attribute(error.file or "wascan")}{where}>{inside}</testcase>'


def _attribute(text: str) -> str:
    return quoteattr(printable(text))


def _numbers(tests: int, failures: int, skipped: int, errors: int = 0) -> str:
    return f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
