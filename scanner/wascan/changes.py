"""What a change brings: findings in what differs from a revision, or in what a plan does.

Everything is judged all the same, for what a resource is worth depends on others; only then is left out what stands
where nothing changed. In doubt a finding stays: where git does not know a file, and where something was deleted that may
be what a resource now lacks.
"""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from wascan.attribute import Beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.document import Place
    from wascan.finding import Finding
    from wascan.graph import Graph, Resource

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_QUOTED = re.compile(rb'\\([0-7]{3}|[abtnvfr"\\])')
_ESCAPES = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


class ChangesError(Exception):
    """git cannot tell what changed; the message says why."""


class Changes:
    """The lines of the working tree that are not as they were at `revision`, or rather where the history of HEAD left
    it: what was committed since, and what was not yet. Raises ChangesError.
    """

    def __init__(self, revision: str) -> None:
        if revision.startswith("-"):
            raise ChangesError(f"{revision}: is no revision")
        self._root = os.path.realpath(git("rev-parse", "--show-toplevel").decode().strip())
        base = common(revision)
        self._lines: dict[str, list[tuple[int, int]]] = {}
        self._shrunk: set[str] = set()
        plain = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--ignore-submodules")
        prefixes = ("--src-prefix=a/", "--dst-prefix=b/")
        self._read(git("diff", "--unified=0", "--find-renames", *plain, *prefixes, base, "--"))
        tracked = git("-C", self._root, "ls-files", "-z", "--full-name")
        self._tracked = set(map(os.fsdecode, tracked.split(b"\0")))
        self._paths: dict[str, str] = {}

    def touch(self, finding: Finding) -> bool:
        """Whether one of the places of a finding changed, or the definition of one of its resources."""
        extents = [item.scope.extent(item) for item in _resources(finding)]
        if any(map(self.cover, extents)):
            return True
        places = [finding.place, *(fact.place for fact in finding.facts), *extents]
        return any(map(self.cover, places)) or (bool(_companions(finding)) and any(map(self._shrank, places)))

    def cover(self, place: Place) -> bool:
        """Whether something changed at a place."""
        lines = self._lines.get(self._path(place.file), ())
        return not self.tracks(place) or any(first <= place.end_line and place.line <= last for first, last in lines)

    def tracks(self, place: Place) -> bool:
        """Whether git knows the file of a place, so that anybody can tell what changed in it."""
        return self._path(place.file) in self._tracked

    def _shrank(self, place: Place) -> bool:
        """Whether something was deleted in the folder of a place, which may be a companion of what stands there."""
        return os.path.dirname(self._path(place.file)) in self._shrunk

    def _path(self, file: str) -> str:
        if file not in self._paths:
            self._paths[file] = os.path.relpath(os.path.realpath(file), self._root).replace(os.sep, "/")
        return self._paths[file]

    def _read(self, diff: bytes) -> None:
        """Reads what `git diff` says without lines of context."""
        lines = iter(diff.split(b"\n"))
        old = new = ""
        for line in lines:
            if line.startswith(b"--- "):
                old = _name(line)
            elif line.startswith(b"+++ "):
                new = _name(line)
            elif (hunk := _HUNK.match(line)) is not None:
                less, first, more = (1 if number is None else int(number) for number in hunk.groups())
                self._lines.setdefault(new, []).append((first, first + max(more, 1) - 1))
                if less:
                    self._shrunk.add(os.path.dirname(old))
                for _ in range(less + more):
                    next(lines)


class Planned:
    """What a plan does: findings on resources that it leaves as they are stay out, unless they are about something that
    it changes or takes away.
    """

    def __init__(self, graph: Graph) -> None:
        self._removed = graph.removed

    def touch(self, finding: Finding) -> bool:
        """Whether a finding is about something that the plan does."""
        idle = all(resource.body.get("actions") == ["no-op"] for resource in _resources(finding))
        return not idle or not self._removed.isdisjoint(_companions(finding))


def _resources(finding: Finding) -> list[Resource]:
    """The resources that a finding is about: its own, and companions that decided."""
    every = [finding.resource, *(fact.value.resource for fact in finding.facts)]
    return list({resource.address: resource for resource in every}.values())


def _companions(finding: Finding) -> set[str]:
    """The types of companions whose absence may be what a finding is about."""
    return {
        type
        for fact in finding.facts
        if fact.value.resource is finding.resource
        for type in _types(getattr(fact.value.attribute, "sources", {}).get(finding.resource.dialect))
    }


def _types(source: object) -> Iterator[str]:
    for item in source if isinstance(source, tuple) else (source,):
        if isinstance(item, Beside):
            yield item.type


def common(revision: str) -> str:
    """The commit where the history of HEAD left a revision. Raises ChangesError."""
    git(
        "rev-parse",
        "--quiet",
        "--verify",
        f"{revision}^{{commit}}",
        because=f"{revision}: is no revision of this repository",
    )
    why = f"{revision}: has no commit in common with HEAD in what was fetched; fetch more of the history"
    return git("merge-base", revision, "HEAD", because=why).decode().strip()


def git(*arguments: str, because: str = "") -> bytes:
    """What git prints. Raises ChangesError where it fails: `because` or git's own words say why."""
    # what is scanned may be a stranger's: nothing that its settings name is run
    command = ["git", "-c", "core.quotePath=off", "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"})
    except OSError as error:
        raise ChangesError(f"git cannot be run: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise ChangesError(because or f"git {arguments[0]}: {said or 'failed'}")
    return done.stdout


def _name(line: bytes) -> str:
    """The file that a line of a diff names, as ``+++ b/infra/main.tf``; empty for none."""
    name = line[4:].removesuffix(b"\t")  # which follows a name with spaces in it
    if name.startswith(b'"'):
        name = _QUOTED.sub(lambda found: bytes([_unquoted(found[1])]), name[1:-1])
    return "" if name == b"/dev/null" else os.fsdecode(name[2:])


def _unquoted(escape: bytes) -> int:
    return int(escape, 8) if len(escape) == 3 else _ESCAPES[escape[0]]
