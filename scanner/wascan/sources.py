"""What there is to read: the paths of the command line turned into templates, cloud assemblies and plans.

What a file is, its content says:

- a CloudFormation template is a mapping whose `Resources` have a `Type` (or are an `Fn::` that makes some);
- a CDK cloud assembly is a folder whose `manifest.json` has `version` and `artifacts`. It is one source: nothing below
  it is looked at, for the manifest says what belongs to it, and asset folders hold other people's templates;
- a Terraform plan is JSON with `format_version` and `resource_changes` or `planned_values`.

A cheap look at the bytes comes first, so that strangers are never parsed, and so that one of ours with a mistake in
its syntax is an error and not a stranger.

A path that is named is read whatever its name, and although a .gitignore or `exclude` speaks against it; what cannot
be read is then an error. In a folder, a file is opened only if its name ends in .json, .yaml, .yml, .template, .cfn or
.tfplan (other names are passed over without a word, but Terraform's where there is nothing else), if no .gitignore leaves it out, and if `include` and `exclude`
agree. `cdk.out` is found although ignored, and an assembly is found although its manifest is. Folders of tools and
dependencies (`node_modules`, `.terraform`, virtual environments, ...) are not entered, and links to folders are not
followed. A file that several paths or links lead to is read once.
"""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from wascan._recognise import BrokenError, Form, StrangerError, recognise, recognise_manifest
from wascan.document import Document, DocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wascan._ignore import Ignored, Patterns

__all__ = ["TERRAFORM", "Form", "Found", "Skipped", "Source", "Unreadable", "find"]

_ENDINGS = (".json", ".yaml", ".yml", ".template", ".cfn", ".tfplan")
_TERRAFORM = (".tf", ".tofu")
TERRAFORM = (
    "Terraform, which is read as a plan: run terraform plan -out plan.tfplan, "
    "then terraform show -json plan.tfplan > plan.json"
)
"""Why Terraform's own files are skipped, and what to do about it."""

_NOT_ENTERED = {  # and what is said of it, if anything
    ".git": "",
    ".hg": "",
    ".svn": "",
    ".aws-sam": "what SAM built",
    ".terraform": "what Terraform downloaded",
    ".terragrunt-cache": "what Terragrunt copied",
    "__pycache__": "",
    "node_modules": "dependencies",
}


class Source(NamedTuple):
    """Something to scan. `name` is what people see: relative to the working directory where it is in it, with `/`."""

    name: str
    file: str | None  # where it is opened (the folder, of an assembly); None for standard input
    form: Form
    document: Document | None  # of an assembly: its manifest.json

    @property
    def path(self) -> Path | None:
        """`file` as a path."""
        from pathlib import Path  # 5 ms that most runs do not need

        return None if self.file is None else Path(self.file)


class Skipped(NamedTuple):
    """A file, or a folder (its name then ends in `/`), that was passed over, and why."""

    name: str
    reason: str


class Unreadable(NamedTuple):
    """An input that cannot be read whole: `message` continues a sentence that begins with its name."""

    name: str
    message: str
    line: int | None = None
    column: int | None = None


class Found(NamedTuple):
    """Each list in the order of the names."""

    sources: list[Source]
    skipped: list[Skipped]
    unreadable: list[Unreadable]


def find(
    paths: Sequence[str],
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    folder: str = "",
    skip_unrecognised: bool = False,
    ignored: bool = False,
    stdin_name: str | None = None,
    stdin: BinaryIO | None = None,
) -> Found:
    """All that `paths` lead to; `-` is standard input (`stdin`), which `stdin_name` names.

    `include` and `exclude` are lines in the language of .gitignore, relative to `folder`, which is seen from the working
    directory. They narrow what a walk finds; a path that is named wins over both. What a line of `include` says of a
    folder holds for all that is in it, until a later line says otherwise. With `skip_unrecognised`, for callers
    that name files without having looked at them (pre-commit), what is none of ours is skipped, and `exclude` holds for
    named files too. With `ignored`, what a .gitignore leaves out is found all the same. Nothing is raised for what is wrong with an input: it is `unreadable`, and the others are read all
    the same.
    """
    search = _Search(include, exclude, folder, skip_unrecognised, ignored)
    for path in paths:
        if path != "-":
            search.named(path)
    if "-" in paths:
        search.stream(stdin or sys.stdin.buffer, stdin_name or "-")
    return search.found()


class _Place(NamedTuple):
    file: str  # to open
    name: str  # to show
    real: str  # to tell whether two are one: absolute, without links, posix

    def child(self, name: str) -> _Place:
        shown = _printable(name)
        return _Place(
            f"{self.file.rstrip('/')}/{name}",
            shown if self.name == "." else f"{self.name.rstrip('/')}/{shown}",
            f"{self.real.rstrip('/')}/{name}",
        )


class _Search:
    """One run of `find`: first where everything is, then what it is."""

    def __init__(
        self, include: Sequence[str], exclude: Sequence[str], folder: str, skip_unrecognised: bool, ignored: bool
    ) -> None:
        self._include = _patterns(include)
        self._exclude = _patterns(exclude)
        self._folder = folder
        self._skip_unrecognised = skip_unrecognised
        self._ignored = ignored
        # What was met, by real path, for more than one way may lead there.
        self._named: set[str] = set()
        self._files: dict[str, tuple[bool, str, _Place]] = {}  # is it a link, its name, its place
        self._folders: set[str] = set()
        self._assemblies: dict[str, Source] = {}
        self._passed: dict[str, Skipped] = {}
        self._terraform: list[str] = []
        # What came of it.
        self._sources: list[Source] = []
        self._skipped: list[Skipped] = []
        self._unreadable: list[Unreadable] = []

    def named(self, path: str) -> None:
        """Takes in a path of the command line."""
        try:
            mode = os.stat(path).st_mode
            real = _real(path)
        except (FileNotFoundError, NotADirectoryError):
            broken = os.path.islink(path)
            self._fail(_printable(path), "is a broken symbolic link" if broken else "no such file or folder")
            return
        except OSError as error:
            self._fail(_printable(path), _cause(error))
            return
        place = _Place(path.replace(os.sep, "/"), _shown(path), real)
        self._named.add(real)
        if stat.S_ISDIR(mode):
            if not self._take_assembly(place):
                self._walk(place)
        elif not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            self._fail(place.name, "is not a regular file")
        elif self._skip_unrecognised and self._is_excluded(place.name):
            self._pass(place, "excluded by the configuration")
        elif os.path.basename(path) == "manifest.json" and self._take_assembly(_folder_of(path)):
            pass
        else:
            self._take(place, os.path.islink(path))

    def stream(self, stdin: BinaryIO, name: str) -> None:
        """Reads standard input."""
        self._read(stdin, name, None, named=True)

    def found(self) -> Found:
        """Reads the files that were met."""
        for real in (*self._files, *self._folders, *self._assemblies):
            self._passed.pop(real, None)
        assemblies = tuple(f"{real}/" for real in self._assemblies)
        for real, source in self._assemblies.items():
            if not real.startswith(assemblies):
                self._sources.append(source)
        for real, (_, _, place) in self._files.items():
            if real.startswith(assemblies):
                self._pass(place, "part of a cloud assembly")
                continue
            named = real in self._named
            try:
                with open(place.file, "rb") as stream:
                    self._read(stream, place.name, place.file, named)
            except OSError as error:
                if named:
                    self._fail(place.name, _cause(error))
                else:
                    self._pass(place, _cause(error))
        if self._terraform and not self._sources:
            self._skipped.append(Skipped(min(self._terraform), TERRAFORM))
        return Found(
            sorted(self._sources, key=lambda source: source.name),
            sorted([*self._skipped, *self._passed.values()], key=lambda skipped: skipped.name),
            sorted(self._unreadable, key=lambda unreadable: unreadable.name),
        )

    def _read(self, stream: BinaryIO, name: str, file: str | None, named: bool) -> None:
        try:
            self._sources.append(Source(name, file, *recognise(stream, name)))
        except StrangerError as stranger:
            if named and not self._skip_unrecognised:
                self._fail(name, str(stranger) or _strange(name))
            else:
                self._skipped.append(Skipped(name, str(stranger) or "not a template, assembly or plan"))
        except BrokenError as broken:
            self._fail(name, str(broken))
        except DocumentError as error:
            self._unreadable.append(Unreadable(name, error.message, error.line, error.column))

    def _walk(self, root: _Place) -> None:
        from wascan import _ignore

        pending: list[tuple[_Place, Ignored | None]] = [(root, None if self._ignored else _ignore.above(root.real))]
        while pending:
            here, rules = pending.pop()
            if here.real in self._folders:
                continue
            try:
                with os.scandir(here.file) as listing:
                    entries = {entry.name: entry for entry in listing}
            except OSError as error:
                if here is root:
                    self._fail(here.name, _cause(error))
                else:
                    self._pass(here, _cause(error), folder=True)
                continue
            if here is not root:
                if "manifest.json" in entries and self._take_assembly(here, named=False):
                    continue
                if "pyvenv.cfg" in entries:
                    self._pass(here, "a virtual environment of Python", folder=True)
                    continue
            self._folders.add(here.real)
            rules = None if self._ignored else _ignore.within(here.real, entries, rules)
            for name, entry in entries.items():
                try:
                    if entry.is_dir(follow_symlinks=False):
                        folder = here.child(name)
                        if self._enters(folder, name, rules):
                            pending.append((folder, rules))
                    elif entry.is_symlink() and entry.is_dir():
                        self._pass(here.child(name), "a symbolic link to a folder")
                    elif name.lower().endswith(_ENDINGS):
                        self._meet(here.child(name), entry, rules)
                    elif name.endswith(_TERRAFORM):
                        self._terraform.append(here.child(name).name)
                except OSError as error:
                    self._pass(here.child(name), _cause(error))

    def _enters(self, folder: _Place, name: str, rules: Ignored | None) -> bool:
        if name in _NOT_ENTERED:
            if _NOT_ENTERED[name]:
                self._pass(folder, _NOT_ENTERED[name], folder=True)
            return False
        if self._exclude and self._exclude.verdict(self._below(folder.name), folder=True):
            self._pass(folder, "excluded by the configuration", folder=True)
            return False
        if rules and rules.has(folder.real, folder=True):
            if name != "cdk.out" or not self._take_assembly(folder, named=False):
                self._pass(folder, "ignored by .gitignore", folder=True)
            return False
        return True

    def _meet(self, file: _Place, entry: os.DirEntry[str], rules: Ignored | None) -> None:
        """Takes a file that a walk met, if nothing speaks against it."""
        link = entry.is_symlink()
        if self._exclude and self._exclude.verdict(self._below(file.name), folder=False):
            self._pass(file, "excluded by the configuration")
        elif not self._is_included(file.name):
            self._pass(file, "not included by the configuration")
        elif rules and rules.has(file.real, folder=False):
            self._pass(file, "ignored by .gitignore")
        elif not entry.is_file():
            self._pass(file, "a broken symbolic link" if link else "not a regular file")
        else:
            self._take(file._replace(real=_real(file.file)) if link else file, link)

    def _take(self, file: _Place, link: bool) -> None:
        """Keeps one name of each file: its own rather than a link's, then the first in order."""
        entry = (link, file.name, file)
        known = self._files.get(file.real)
        if known is None or entry[:2] < known[:2]:
            self._files[file.real] = entry

    def _take_assembly(self, folder: _Place, named: bool = True) -> bool:
        """Is the folder a cloud assembly? If so it is taken, or said to be broken or left out."""
        manifest = folder.child("manifest.json")
        failure: Unreadable | None = None
        read: Document | None = None
        try:
            if folder.real in self._assemblies or not os.path.isfile(manifest.file):
                return folder.real in self._assemblies
            with open(manifest.file, "rb") as stream:
                read = recognise_manifest(stream, manifest.name)
        except OSError:
            return False
        except BrokenError as broken:
            failure = Unreadable(manifest.name, str(broken))
        except DocumentError as error:
            failure = Unreadable(manifest.name, error.message, error.line, error.column)
        if read is None and failure is None:
            return False
        if not (named or self._is_included(manifest.name)):
            self._pass(folder, "not included by the configuration", folder=True)
        elif failure:
            self._unreadable.append(failure)
        else:
            self._assemblies[folder.real] = Source(folder.name, folder.file, Form.ASSEMBLY, read)
        return True

    def _is_included(self, name: str) -> bool:
        return self._include is None or self._include.last(self._below(name))

    def _is_excluded(self, name: str) -> bool:
        """As a walk would find: what is in an excluded folder is excluded with it."""
        return self._exclude is not None and self._exclude.covers(self._below(name))

    def _below(self, name: str) -> str:
        """A name as patterns see it: what is outside their folder matches as if it were in it."""
        if self._folder:
            name = os.path.relpath(name, self._folder).replace(os.sep, "/")
        while name.startswith("../"):
            name = name[3:]
        return name.lstrip("/")

    def _pass(self, place: _Place, reason: str, folder: bool = False) -> None:
        self._passed[place.real] = Skipped(f"{place.name}/" if folder else place.name, reason)

    def _fail(self, name: str, message: str) -> None:
        self._unreadable.append(Unreadable(name, message))


def _patterns(lines: Sequence[str]) -> Patterns | None:
    if not lines:
        return None
    from wascan._ignore import Patterns

    return Patterns(map(os.fsencode, lines))


def _folder_of(path: str) -> _Place:
    folder = os.path.dirname(path) or "."
    return _Place(folder.replace(os.sep, "/"), _shown(folder), _real(folder))


def _real(path: str) -> str:
    return os.path.realpath(path).replace(os.sep, "/")


def _shown(path: str) -> str:
    """Relative to the working directory if in it, else as given."""
    here = os.path.join(os.getcwd(), "")
    full = os.path.join(os.path.abspath(path), "")
    shown = full[len(here) : -1] or "." if full.startswith(here) else os.path.normpath(path)
    return _printable(shown.replace(os.sep, "/"))


def _printable(text: str) -> str:
    """Bytes of a file name that are no UTF-8 become escapes."""
    return text if text.isascii() else os.fsencode(text).decode("utf-8", "backslashreplace")


def _cause(error: OSError) -> str:
    return f"cannot be read: {error.strerror}"


def _strange(name: str) -> str:
    """Why a file that somebody named is not read, and what to read in its place."""
    if name.endswith(_TERRAFORM):
        return f"is {TERRAFORM}"
    if name.endswith((".tfplan", "plan.out", "plan.bin")):
        return "is not a Terraform plan in JSON, which terraform show -json writes of a plan"
    return "is not a CloudFormation template, a CDK cloud assembly or a Terraform plan"
