"""Files as they were at a revision, for settings that a change must not touch."""

from __future__ import annotations

import os

from wascan.changes import ChangesError, git


class Revision:
    """A commit of the repository that the working directory is in. Raises ChangesError where there is none."""

    def __init__(self, revision: str) -> None:
        why = f"{revision}: is no revision of this repository"
        if revision.startswith("-"):
            raise ChangesError(why)
        found = git("rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}", because=why)
        self._commit = found.decode().strip()
        self._root = os.path.realpath(git("rev-parse", "--show-toplevel").decode().strip())

    def has(self, path: str) -> bool:
        """Whether there was a file or folder at a path of the working tree."""
        return bool(git("-C", self._root, "ls-tree", "--name-only", self._commit, "--", self._path(path)))

    def contents(self, path: str) -> bytes:
        """What was in the file at a path of the working tree. Raises OSError."""
        try:
            return git("cat-file", "blob", f"{self._commit}:{self._path(path)}")
        except ChangesError as error:
            raise FileNotFoundError(0, f"there is no such file at {self._commit[:12]}") from error

    def _path(self, path: str) -> str:
        # what the working tree has in the place of a folder is the change's own
        return os.path.relpath(os.path.abspath(path), self._root).replace(os.sep, "/")
