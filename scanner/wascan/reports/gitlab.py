"""GitLab's Code Quality report (GitLab documentation, "Code Quality", section "Code Quality report format")."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from wascan.reports._fingerprints import fingerprint, known_by
from wascan.reports._json import encode
from wascan.reports._uris import Repository
from wascan.words import fix, named, sentence

if TYPE_CHECKING:
    from wascan.finding import Report
    from wascan.reports import Options

_SEVERITIES = {"high": "critical", "medium": "major", "low": "minor"}


def write(report: Report, stream: TextIO, options: Options) -> None:
    """Unwaived failures as a Code Quality report, and what could not be read; GitLab joins those of equal fingerprints."""
    repository = Repository()
    comma = "[\n"
    for error in report.errors:
        issue = {
            "description": error.message,
            "check_name": "error",
            "fingerprint": known_by(f"error\0{error.file or ''}\0{error.message}"),
            "severity": "blocker",
            "location": {"path": repository.path(error.file or "."), "lines": {"begin": error.line or 1}},
        }
        stream.write(comma + encode(issue))
        comma = ",\n"
    for finding in report.findings:
        if finding.fails:
            name = named(finding.resource)
            issue = {
                "description": f"{name}: {sentence(finding)}. {fix(finding)}".strip(),
                "check_name": finding.check.id,
                "fingerprint": fingerprint(finding),
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": repository.path(finding.place.file),
                    "lines": {"begin": finding.place.line, "end": finding.place.end_line},
                },
            }
            stream.write(comma + encode(issue))
            comma = ",\n"
    stream.write("[]\n" if comma == "[\n" else "\n]\n")
