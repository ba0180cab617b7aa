"""Terraform plans: what ``terraform show -json`` prints, turned into a graph.

Source of the plan's anatomy: Terraform, "JSON Output Format" (format versions 0.1 to 1.2). OpenTofu writes the same.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wascan.dialects.terraform.plan import Plan
from wascan.graph import Note

if TYPE_CHECKING:
    from wascan.dialects import Settings
    from wascan.graph import Graph
    from wascan.sources import Source

_MAJORS = ("0", "1")
"""The major versions of the format that are understood; a minor one adds what may be passed over."""


def load(graph: Graph, source: Source, settings: Settings) -> None:
    """Adds the modules and resources of a plan to the graph. What cannot be read of it is said in the graph's notes.

    The .tf files are looked for in the `source_folders` of the settings, then beside the plan.
    """
    document = source.document
    assert document is not None
    version = document.data.get("format_version")
    if not isinstance(version, str) or version.partition(".")[0] not in _MAJORS:
        message = f"is a plan of format {version}, and this wascan reads formats 0.1 to 1.x"
        graph.notes.append(Note("error", message, document.name))
        return
    Plan(graph, document, settings, None if source.file is None else os.path.dirname(source.file) or ".")
    if not document.data.get("configuration"):
        message = "this plan has no configuration, so references are lost and more is unknown"
        graph.notes.append(Note("warning", message, document.name))
