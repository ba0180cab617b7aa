"""Where what a plan plans was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wascan.dialects.terraform.module import PlanResource
    from wascan.document import Path, Place
    from wascan.graph import Resource


class Sealed(Document):
    """A plan as a document. It has places and no text, for the text is full of secrets and often one line."""

    __slots__ = ()

    def __init__(self, document: Document) -> None:
        super().__init__(document.name, document.data, document._lines, document._layout)

    @property
    def text(self) -> str:
        return ""

    def line(self, number: int) -> str:
        return ""

    def comments(self) -> list[tuple[int, str]]:
        return []


class Places:
    """The places of the resources of one plan."""

    def __init__(self, document: Document, folders: Sequence[str]) -> None:
        self._document = document

    def documents(self) -> Iterable[Document]:
        return ()

    def find(self, resource: Resource, path: Path) -> Place:
        """The place in the plan: of the attribute if it is there, else of the address."""
        inside = path[len(resource.properties_path) :]
        for top in (resource.properties_path, (*resource.properties_path[:-1], "after_unknown")):
            if inside and path[: len(resource.properties_path)] == resource.properties_path and self._has(top, inside):
                return self._document.place((*top, *inside))
        return self._document.place((*resource.path, "address"))

    def _has(self, top: Path, inside: Path) -> bool:
        data: Any = self._document.data
        for step in (*top, *inside):
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                return False
        return True

    def dynamic(self, resource: PlanResource) -> frozenset[str]:
        return frozenset()

    def lifecycle(self, resource: PlanResource, default: Any) -> Any:
        return default
