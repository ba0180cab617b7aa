"""Families of what stands at the edge, before everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wascan.kind import Kind
from wascan.verdict import Verdict, known

if TYPE_CHECKING:
    from wascan.attribute import Attribute
    from wascan.value import Value


class Filtered(Kind):
    """What AWS WAF can stand before. `filtering` is how, for the remedy."""

    noun = "load balancer, API or distribution"
    plural = "load balancers, APIs and distributions"
    filtering: ClassVar[str]

    def has_web_acl(self) -> Verdict:
        """Whether a web ACL looks at requests first."""
        raise NotImplementedError

    def faces_internet(self) -> Verdict:
        """Whether anybody but the customer can send any."""
        return known(True)


class SortsRequests(Kind):
    """What hands requests on that it and a server behind it may read differently: `desync_mode` says what becomes of the
    doubtful ones (Elastic Load Balancing, "Desync mitigation mode").
    """

    noun = "load balancer"
    desync_mode: Attribute[Value]

    def reads_requests(self) -> Verdict:
        """Whether it understands requests at all."""
        raise NotImplementedError


class Answers(Kind):
    """What answers requests. `authorization` is how it may find out who sends them, for the remedy."""

    noun = "API, function URL or identity pool"
    plural = "APIs, function URLs and identity pools"
    authorization: ClassVar[str]

    def authorizes(self) -> Verdict:
        """Whether it answers only those whom it knows."""
        raise NotImplementedError

    def decides_authorization(self) -> Verdict:
        """Whether it can."""
        return known(True)
