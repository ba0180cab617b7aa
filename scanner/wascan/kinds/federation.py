"""Trust in identity providers, and whom of those that they sign in it is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wascan.kind import Kind, view
from wascan.kinds.policies import written
from wascan.markers import Reference
from wascan.value import Fact
from wascan.verdict import FAIL, PASS, Verdict, but

if TYPE_CHECKING:
    from wascan.attribute import Attribute
    from wascan.kinds.policies import Condition, Statement
    from wascan.value import Value


class SignsIn(Kind):
    """A provider of identities: `url` is where it is."""

    url: Attribute[Value]


def lets_anybody_in(statement: Statement) -> Verdict:
    """Whether it trusts a provider that others share, and no condition says which of its customers it is for."""
    return but(_is_for_shared_provider(statement), ~statement.allows() | _names_subject(statement))


_SHARED_PROVIDERS = (
    "/token.actions.githubusercontent.com",
    "/gitlab.com",
    "/app.terraform.io",
    "/agent.buildkite.com",
    "/oidc.codefresh.io",
    "/oidc-configuration.audit-log.githubusercontent.com",
    "/proidc.upbound.io",
    "/scalr.io",
    "/studio.datachain.ai/api",
    "/tokens.cloud.shisho.dev",
)
"""Providers whose tokens tell customers apart by their subject (IAM User Guide, "Identity-provider controls for shared OIDC
providers").
"""


def _is_for_shared_provider(statement: Statement) -> Verdict:
    """Whether it speaks of an identity provider that signs in the customers of a service, all of them, as GitHub."""

    def shared(provider: Value) -> Verdict:
        made = view(provider.data.resource, statement._world) if isinstance(provider.data, Reference) else None
        place = made.url if isinstance(made, SignsIn) else provider
        fact = Fact(provider, "satisfies", "with no condition on sub that names one of its customers")
        return Verdict(place.holds(*_SHARED_PROVIDERS).truth, (fact,))

    return statement.providers.any(shared)


def _names_subject(statement: Statement) -> Verdict:
    """Whether a condition says who of those that a provider signs in."""

    def narrows(condition: Condition) -> Verdict:
        verdict = condition.values.none(_is_anybody)
        claim = condition.key.rpartition(":")[2]
        fits = claim in _WHO and condition.operator in ("stringequals", "stringequalsignorecase", "stringlike")
        return verdict if fits else Verdict(FAIL, verdict.facts)

    return statement.conditions.any(narrows)


_WHO = (
    "enterprise",
    "enterprise_id",
    "job_workflow_ref",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "sub",
)
"""Claims that say whose token it is (GitHub Docs, "OpenID Connect reference"; IAM User Guide, "IAM and AWS STS condition
context keys", Available keys for AWS OIDC federation)."""


_KIND = re.compile(r"[a-z_]+:")


def _is_anybody(subject: Value) -> Verdict:
    """Whether tokens of other customers fit a claim too: one with a wildcard where the owner stands, as the first name in
    ``repo:acme/orders:*``. An open part is a name.
    """
    verdict = subject.one_of("*", "repo:*", "repo:*:*", "organization:*")
    if verdict.truth is not FAIL:
        return verdict
    text = written(subject)
    owner = (text.partition(":")[2] if _KIND.match(text) else text).partition("/")[0].partition(":")[0]
    return Verdict(PASS if "*" in owner or "?" in owner else FAIL, verdict.facts)
