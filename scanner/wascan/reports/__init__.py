"""Reports: what a scan found, in the form that somebody asked for.

Each format is one module with one function, ``write(report, stream, options)``, imported when it is asked for. What
they write depends on the report and the options alone, to the byte.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO

from wascan import __version__
from wascan.whole import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from wascan.finding import Report

FORMATS = {
    "text": "for people, with excerpts",
    "sarif": "SARIF 2.1.0, all of it",
    "github": "SARIF 2.1.0 as GitHub code scanning takes it",
    "json": "for programs",
    "markdown": "for job summaries",
    "html": "for people, one self-contained file",
    "junit": "JUnit XML, for build servers",
    "gitlab": "GitLab Code Quality",
}
"""The formats, and what each is for."""


class Options:
    """How a report is shown.

    `colour` and `width` are the terminal's; `show_unknown` lists what nobody can tell yet instead of only counting it.
    `exit_code` is the scan's, `fail_on` the least severity that makes it 1, `version` wascan's.
    """

    __slots__ = ("colour", "exit_code", "fail_on", "show_unknown", "version", "width")

    def __init__(
        self,
        *,
        colour: bool = False,
        width: int = 100,
        show_unknown: bool = False,
        exit_code: int = 0,
        fail_on: str = "",
        version: str = __version__,
    ) -> None:
        self.colour = colour
        self.width = width
        self.show_unknown = show_unknown
        self.exit_code = exit_code
        self.fail_on = fail_on
        self.version = version


def render(format: str, report: Report, stream: TextIO, **options: Any) -> None:
    """Write `report` to `stream` in one of `FORMATS`; `options` are those of `Options`. Raises KeyError, OSError."""
    if format not in FORMATS:
        raise KeyError(format)
    module = import_module(f"wascan.reports.{'sarif' if format == 'github' else format}")
    write: Callable[[Report, TextIO, Options], None] = module.write_github if format == "github" else module.write
    write(report, stream, Options(**options))


def save(format: str, report: Report, path: str | None, **options: Any) -> None:
    """Write `report` to the file `path`, whole or not at all; to standard output where that is None or ``-``.

    Raises KeyError on an unknown format, and OSError.
    """
    if path is None or path == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")  # of a terminal that cannot show everything
        render(format, report, sys.stdout, **options)
        return
    with whole(path) as stream:
        render(format, report, stream, **options)
