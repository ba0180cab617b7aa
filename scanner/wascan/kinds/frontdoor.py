"""Families of what stands at the edge, before everything else."""

from __future__ import annotations

from typing import ClassVar

from wascan.kind import Kind
from wascan.verdict import Verdict, known


class Filtered(Kind):
    """What AWS WAF can stand before. `filtering` is how, for the remedy."""

    filtering: ClassVar[str]

    def has_web_acl(self) -> Verdict:
        """Whether a web ACL looks at requests first."""
        raise NotImplementedError

    def faces_internet(self) -> Verdict:
        """Whether anybody but the customer can send any."""
        return known(True)
