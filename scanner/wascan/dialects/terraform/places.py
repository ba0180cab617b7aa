"""Where what a plan plans was written: in the .tf files where they are at hand, else in the plan."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from wascan.dialects.terraform import blocks, values
from wascan.document import MAX_BYTES, Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wascan.dialects.terraform.files import Block, File
    from wascan.dialects.terraform.module import Module, PlanResource
    from wascan.document import Path, Place

    Found = tuple[File, Block]

_ENDINGS = (".tf", ".tofu")


class Sealed(Document):
    """A plan as a document. It has places and no text, for the text is full of secrets and often one line."""

    __slots__ = ("_open",)

    def __init__(self, document: Document) -> None:
        super().__init__(document.name, document.data, document._lines, document._layout)
        self._open = document

    def place(self, path: Path, key: bool = False) -> Place:
        return self._open.place(path, key)

    @property
    def text(self) -> str:
        return ""

    def line(self, number: int) -> str:
        return ""

    def comments(self) -> list[tuple[int, str]]:
        return []


class Places:
    """The places of the resources of one plan.

    `folders` may hold the files of its root module; those of modules are looked for where their local `source` says.
    `hide` takes out of a line what must not be shown, and `read` is told of each file that is read.
    """

    def __init__(
        self, document: Document, folders: Sequence[str], hide: Callable[[str], str], read: Callable[[str], None]
    ) -> None:
        self._document = document
        self._folders = folders
        self._hide = hide
        self._read = read
        self._files: dict[str, list[File]] = {}
        self._blocks: dict[Module, dict[tuple[str, ...], Found]] = {}
        self._calls: dict[Module, Found | None] = {}
        self._sources: dict[tuple[str, ...], list[str]] = {(): list(dict.fromkeys(map(os.path.normpath, folders)))}

    def documents(self, modules: Iterable[Module]) -> list[Document]:
        """The plan, and the .tf files of its modules."""
        folders = dict.fromkeys(folder for module in modules for folder in self._of(module))
        return [self._document, *(file for folder in folders for file in self._in(folder))]

    def find(self, resource: PlanResource, path: Path) -> Place:
        """Where a person wrote what is at `path` of a resource: at the attribute; else at the block that it would
        stand in. A resource of a module whose files are elsewhere stands where the module is called.
        """
        top = resource.properties_path
        inside = path[len(top) :] if path[: len(top)] == top else path[len(resource.path) :]
        found = self.block(resource)
        if found is not None:
            return _within(*found, inside, resource)
        found = self._call(resource)
        return self._planned(resource, inside) if found is None else found[0].at(found[1].start, found[1].end)

    def extent(self, resource: PlanResource) -> Place:
        """The whole block of a resource, or of the call of its module; without the files, its entry in the plan."""
        found = self.block(resource) or self._call(resource)
        return self._document.extent(resource.path) if found is None else found[0].whole(found[1])

    def _planned(self, resource: PlanResource, inside: Path) -> Place:
        """The place in the plan: of the attribute if it is there, else of the address."""
        top = resource.properties_path
        for path in (top, (*top[:-1], "after_unknown")) if inside else ():
            if _has(self._document.data, (*path, *inside)):
                return self._document.place((*path, *inside))
        return self._document.place((*resource.path, "address"))

    def _call(self, resource: PlanResource) -> Found | None:
        """The nearest call, among the files at hand, of a module that a resource is in."""
        module: Module | None = resource.scope
        if module not in self._calls:
            found = None
            while found is None and module is not None and module.parent is not None:
                found = self._block(module.parent, ("module", module.call))
                module = module.parent
            self._calls[resource.scope] = found
        return self._calls[resource.scope]

    def block(self, resource: PlanResource) -> Found | None:
        """The block of a resource; None where its file is not at hand."""
        if not self._blocks_of(resource.scope):
            return None
        data = resource.type.startswith("data.")
        type, name = resource.type.removeprefix("data."), resource.own.rpartition(".")[2]
        return self._block(resource.scope, ("data" if data else "resource", type, name))

    def dynamic(self, resource: PlanResource) -> frozenset[str]:
        """The names of the blocks that ``dynamic`` makes in a resource, as far as its file is at hand."""
        found = self.block(resource)
        blocks = found[1].blocks if found is not None else ()
        return frozenset(name for block in blocks if block.type == "dynamic" for name in block.labels[:1])

    def lifecycle(self, resource: PlanResource) -> dict[str, Any] | None:
        """The switches of the ``lifecycle`` block of a resource; None where its file is not at hand."""
        found = self.block(resource)
        if found is None:
            return None
        switches: dict[str, Any] = {}
        for block in found[1].blocks:
            if block.type == "lifecycle":
                for name, (_, (start, end)) in block.attributes.items():
                    written = found[0].text[start:end].strip()
                    switches[name] = written == "true" if written in ("true", "false") else written
        return switches

    def attribute(self, module: Module, key: tuple[str, ...], name: str) -> str | None:
        """What is written for an attribute of a block of a module, such as the ``value`` of an output."""
        found = self._block(module, key)
        return None if found is None else _written(*found, name)

    def local(self, module: Module, name: str) -> str | None:
        """What is written for a local of a module."""
        for folder in self._of(module):
            for file in self._in(folder):
                for block in file.blocks:
                    if block.type == "locals" and name in block.attributes:
                        return _written(file, block, name)
        return None

    def with_text(self, entry: dict[str, Any], module: Module, key: tuple[str, ...]) -> dict[str, Any]:
        """What the configuration says of a resource or module call, its expressions with the text that is written
        for them, where the file is at hand.
        """
        found = self._block(module, key)
        if found is None:
            return entry
        expressions, repeated = entry.get("expressions"), entry.get("for_each_expression")
        told = dict(entry)
        if isinstance(expressions, dict):
            told["expressions"] = _with_text(expressions, *found)
        if isinstance(repeated, dict):
            told["for_each_expression"] = _with_text({"for_each": repeated}, *found)["for_each"]
        return told

    def _block(self, module: Module, key: tuple[str, ...]) -> Found | None:
        return self._blocks_of(module).get(key)

    def _blocks_of(self, module: Module) -> dict[tuple[str, ...], Found]:
        """The blocks of a module by type and labels, as far as its files are at hand."""
        blocks = self._blocks.get(module)
        if blocks is None:
            blocks = self._blocks[module] = {}
            for folder in self._of(module):
                for file in self._in(folder):
                    for block in file.blocks:
                        blocks.setdefault((block.type, *block.labels), (file, block))
        return blocks

    def _of(self, module: Module) -> list[str]:
        """The folders in which the files of a module may be."""
        found = self._sources.get(module.path)
        if found is None:
            assert module.parent is not None  # the root has its folders from the start
            calling = module.parent.calling(module.call)
            source = calling.get("source")
            local = source if isinstance(source, str) and source.startswith(("./", "../")) else None
            above = self._of(module.parent)
            found = [] if local is None else [os.path.normpath(os.path.join(folder, local)) for folder in above]
            self._sources[module.path] = found
        return found

    def _in(self, folder: str) -> list[File]:
        """The .tf files of a folder."""
        if folder not in self._files:
            files: list[File] = []
            try:
                names = sorted(name for name in os.listdir(folder or ".") if name.endswith(_ENDINGS))
            except (OSError, ValueError):  # ValueError: a name with a null character
                names = []
            if names:
                from wascan.dialects.terraform.files import File
            for name in names:
                path = os.path.join(folder, name)
                text = _text(path)
                if text is not None:
                    shown = _shown(path)
                    files.append(File(shown, text, self._hide))
                    self._read(shown)
            self._files[folder] = files
        return self._files[folder]


def _written(file: File, block: Block, name: str) -> str | None:
    if name not in block.attributes:
        return None
    start, end = block.attributes[name][1]
    return file.text[start:end].strip()


def _with_text(expressions: dict[str, Any], file: File, block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, expression in expressions.items():
        if isinstance(expression, dict):
            text = None if "constant_value" in expression else _written(file, block, name)
            told[name] = expression if text is None else {**expression, "written": text}
        else:
            inner = [item for item in block.blocks if item.type == name]
            if isinstance(expression, list) and len(expression) == len(inner):
                pairs = zip(expression, inner, strict=True)
                expression = [_with_text(item, file, part) if isinstance(item, dict) else item for item, part in pairs]
            told[name] = expression
    return told


def _within(file: File, block: Block, inside: Path, resource: PlanResource) -> Place:
    """The place of a path in a block, or of the innermost block that is there."""
    known: Any = resource.after
    written: Any = resource.expressions
    steps = list(inside)
    while steps:
        name = steps.pop(0)
        if isinstance(name, str) and name in block.attributes:
            (start, name_end), (value, end) = block.attributes[name]
            return file.at(value, end) if "\n" not in file.text[value:end].strip() else file.at(start, name_end)
        index = int(steps.pop(0)) if steps and isinstance(steps[0], int) else 0
        known, written = _at(known, name), _at(written, name)
        if isinstance(written, dict):
            written = blocks.written(resource.here, file, block, str(name))
        position = _written_as(known, written, index)
        inner = [item for item in block.blocks if item.type == name]
        made = [item for item in block.blocks if item.type == "dynamic" and item.labels[:1] == (name,)]
        if position is not None and position < len(inner):
            block = inner[position]
            written = _at(written, position)
        elif made:
            # what it makes stands in the block called `content`
            makes = known is None or _at(known, index) is not None
            content = (item for item in made[0].blocks if item.type == "content" and makes)
            block = next(content, made[0])
            written = None
        else:
            break
        known = _at(known, index)
    return file.at(block.start, block.end)


def _written_as(known: Any, written: Any, index: int) -> int | None:
    """Which of the blocks of a name in the configuration the one with an index in the plan is."""
    if not isinstance(written, list) or not isinstance(known, list):
        return index
    found = values.matched(known, written)[index : index + 1]
    if not found or found[0] is None:
        return None
    return index if index < len(written) and written[index] in found[0] else written.index(found[0][0])


def _at(data: Any, step: Any) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _has(data: Any, path: Path) -> bool:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _text(path: str) -> str | None:
    """The text of a file; None where it cannot be read."""
    try:
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError:
        return None
    return raw.decode("utf-8-sig", "replace") if len(raw) <= MAX_BYTES else None


def _shown(path: str) -> str:
    """A file as people see it: relative to the working directory if it is in it."""
    full, here = os.path.abspath(path), os.path.join(os.getcwd(), "")
    return (full[len(here) :] if full.startswith(here) else os.path.normpath(path)).replace(os.sep, "/")
