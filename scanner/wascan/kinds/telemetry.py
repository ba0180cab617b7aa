"""Telemetry: what tells of what a resource does, and of who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wascan.kind import Kind
from wascan.verdict import Verdict, known

if TYPE_CHECKING:
    from wascan.attribute import Attribute, Switch


class Logs(Kind):
    """A resource that can write a log of what happens in it. `logging` is how, for the remedy."""

    noun = "database, API, firewall or other service"
    plural = "databases, APIs, firewalls and other services"
    logging: ClassVar[str] = "set {logs}"

    def is_logged(self) -> Verdict:
        """Whether all of what people look for after trouble is written."""
        raise NotImplementedError

    def decides_logs(self) -> Verdict:
        """Whether that is its own affair, and not that of a cluster."""
        return known(True)


class Audits(Kind):
    """A resource that can write down who did what in it. `auditing` is how, for the remedy."""

    noun = "database, cluster or broker"
    plural = "databases, clusters and brokers"
    auditing: ClassVar[str]

    def is_audited(self) -> Verdict:
        """Whether it does."""
        raise NotImplementedError

    def decides_audit(self) -> Verdict:
        """Whether it can be asked for it."""
        return known(True)


class LogsAccess(Kind):
    """A resource that answers requests, and can write down each of them. `access_logging` is how, for the remedy."""

    noun = "load balancer, API or distribution"
    plural = "load balancers, APIs and distributions"
    access_logging: ClassVar[str] = "set {access_logs}"
    access_logs: Attribute[Switch]

    def is_access_logged(self) -> Verdict:
        """Whether it does."""
        return self.access_logs.is_true()

    def decides_access_logs(self) -> Verdict:
        """Whether it gets requests that can be written down."""
        return known(True)


class Traces(Kind):
    """A resource that can take part in tracing, where `traced` is on."""

    noun = "function or API"
    plural = "functions and APIs"
    traced: Attribute[Switch]


class Monitored(Kind):
    """A resource that can be measured more closely than AWS does for nothing. `monitoring` is how, for the remedy."""

    noun = "instance, cluster or API"
    plural = "instances, clusters and APIs"
    monitoring: ClassVar[str]

    def is_monitored(self) -> Verdict:
        """Whether it is."""
        raise NotImplementedError

    def decides_monitoring(self) -> Verdict:
        """Whether that is its own affair."""
        return known(True)
