"""The dialects: each turns what people write into the graph, and nothing above knows which it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wascan.sources import Source


class Settings:
    """What the person who scans says about the deployment.

    `parameters` pins CloudFormation parameters by name; `region` and `account` hold where an input names none;
    `tags` are given to every resource by the deployment; `whole` says that nothing outside the scan belongs to the
    workload; `source_folders` hold the Terraform files that plans were made from.
    """

    __slots__ = ("account", "parameters", "region", "source_folders", "tags", "whole")

    def __init__(
        self,
        parameters: dict[str, Any] | None = None,
        region: str | None = None,
        account: str | None = None,
        tags: dict[str, Any] | None = None,
        *,
        whole: bool = False,
        source_folders: Sequence[str] = (),
    ) -> None:
        self.parameters = parameters or {}
        self.region = region
        self.account = account
        self.tags = tags or {}
        self.whole = whole
        self.source_folders = source_folders


def read(sources: Sequence[Source], settings: Settings) -> Graph:
    """The graph of all sources. What cannot be read of them is said in the graph's notes."""
    graph = Graph()
    forms = {source.form.value for source in sources}
    if "template" in forms:
        from wascan.dialects import cloudformation
        from wascan.dialects.stack import Workload

        documents = [source.document for source in sources if source.form.value == "template" and source.document]
        cloudformation.load(Workload(graph, settings), documents)
    for source in sources:
        if source.form.value == "assembly":
            from wascan.dialects import cdk

            cdk.load(graph, source, settings)
        elif source.form.value == "plan":
            from wascan.dialects import terraform

            terraform.load(graph, source, settings)
    return graph
