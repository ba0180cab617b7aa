"""Families of what talks over a network: whether it encrypts, and how well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from wascan.kind import Kind
from wascan.verdict import Verdict, known

if TYPE_CHECKING:
    from wascan.attribute import Attribute
    from wascan.kinds.keys import KeyValue
    from wascan.value import Value

_VERSION = re.compile(r"(?:TLS|FS)(?:13)?[-_]?v?([01])[-_.]([0-3])(?!\d)")
_OLD = re.compile(r"SSLv[23]|TLSv1(_2016)?|ELBSecurityPolicy-(FS-)?201[0-8]-\d\d(-PROD)?")
"""Policies that let in TLS 1.0, or SSL, and do not say so in their name (Elastic Load Balancing, "Security policies for your
Application Load Balancer"; Amazon CloudFront Developer Guide, "Supported protocols and ciphers between viewers and
CloudFront").
"""
_NEW = ("SecurityPolicy_TLS12_", "SecurityPolicy_TLS13_")
"""How policies of API Gateway begin that let in nothing older (API Gateway Developer Guide, "Security policies")."""


def is_modern(policy: Value) -> Verdict:
    """Whether a security policy, which mostly has its lowest version in its name, lets in nothing older than TLS 1.2; that is
    what RFC 8996 leaves. Unknown for a name that tells nothing.
    """
    return policy.satisfies(_modern, "TLS 1.2 or newer")


def _modern(name: str) -> bool | None:
    found = _VERSION.search(name)
    if found is not None:
        return (int(found[1]), int(found[2])) >= (1, 2)
    return False if _OLD.fullmatch(name) else True if name.startswith(_NEW) else None


class EncryptsInTransit(Kind):
    """What can insist that those who talk to it encrypt. `transit` is how, for the remedy."""

    noun = "database, cache or load balancer"
    plural = "databases, caches and load balancers"
    transit: ClassVar[str]

    def encrypts_in_transit(self) -> Verdict:
        """Whether everybody has to."""
        raise NotImplementedError

    def decides_transit(self) -> Verdict:
        """Whether that is its own affair."""
        return known(True)


class SpeaksTLS(Kind):
    """What has a lowest version of TLS: `tls_policy` names it, or the policy that has it."""

    noun = "load balancer, API or domain"
    plural = "load balancers, APIs and domains"
    tls_policy: Attribute[Value]

    def speaks_modern_tls(self) -> Verdict:
        return is_modern(self.tls_policy)

    def decides_tls(self) -> Verdict:
        """Whether it speaks TLS at all, with a policy of its own."""
        return known(True)


class AnswersOverHTTP(Kind):
    """What AWS also serves over plain HTTP, unless it is told to refuse that. `refusal` is how, for the remedy."""

    noun = "queue or topic"
    plural = "queues and topics"
    refusal: ClassVar[str]

    def refuses_plain_http(self) -> Verdict:
        """Whether it answers none but encrypted requests."""
        raise NotImplementedError


class EncryptsBetweenNodes(Kind):
    """A cluster whose nodes can encrypt what they tell each other: `between_nodes`."""

    noun = "cluster"
    between_nodes: Attribute[Value]

    def has_several_nodes(self) -> Verdict:
        """Whether there is anybody to talk to."""
        return known(True)


class OpensSessions(Kind):
    """What lets people onto a machine or into a container over TLS, and encrypts that once more with its `session_key`."""

    noun = "ECS cluster or session document"
    plural = "ECS clusters and session documents"
    session_key: Attribute[KeyValue]

    def opens_sessions(self) -> Verdict:
        """Whether it says how."""
        raise NotImplementedError
