"""Names of files as uris."""

from __future__ import annotations

import os
import posixpath
import re

_PLAIN = re.compile(r"[\w.~/-]*", re.ASCII)


def uri(name: str) -> str:
    """The name of a file as a uri reference (RFC 3986)."""
    if _PLAIN.fullmatch(name):
        return f"file://{name}" if name.startswith("/") else name or "."
    from urllib.parse import quote

    drive = re.match(r"[A-Za-z]:/", name)
    path = quote(name, safe="/:" if drive else "/", errors="backslashreplace")
    return f"file:///{path}" if drive else f"file://{path}" if path.startswith("/") else path


class Repository:
    """The root of the repository that the working directory is in, to which paths on GitHub and GitLab are relative."""

    def __init__(self) -> None:
        here = os.getcwd().replace(os.sep, "/")
        root = here
        while not os.path.exists(f"{root}/.git"):
            above = posixpath.dirname(root)
            if above == root:
                root = here
                break
            root = above
        self._here = here
        self._root = root
        self._paths: dict[str, str] = {}

    def path(self, name: str) -> str:
        """The path of a file; of one outside the repository as good as can be."""
        if name not in self._paths:
            self._paths[name] = posixpath.relpath(posixpath.join(self._here, name), self._root)
        return self._paths[name]

    def uri(self, name: str) -> str:
        """The path of a file as a uri."""
        return uri(self.path(name))
