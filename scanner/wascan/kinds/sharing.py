"""Resource policies: with whom a resource is shared.

A policy that is a resource of its own is judged with what it belongs to where that is at hand, and else alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import view
from wascan.kinds.addresses import is_anywhere
from wascan.kinds.permissions import Allows
from wascan.markers import Reference, Text
from wascan.value import Fact
from wascan.verdict import FAIL, Verdict, all_of, but, known

if TYPE_CHECKING:
    from wascan.attribute import Attribute, Link
    from wascan.kinds.policies import Condition, Statement
    from wascan.value import Value, Values

_NARROWING = frozenset(
    (
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "aws:vpcsourceip",
        "elasticfilesystem:accessedviamounttarget",
        "elasticfilesystem:accesspointarn",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
    )
)
"""Condition keys that say who calls, or from where (Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage",
The meaning of "public"; IAM User Guide, "AWS global condition context keys")."""

_LITERAL = ("stringequals", "stringequalsignorecase")
_PATTERN = ("arnequals", "arnlike", "bool", "stringlike")


def is_public(statement: Statement) -> Verdict:
    """Whether it allows something to everybody, and no condition says who that may be."""
    return (
        statement.is_for_everybody()
        & statement.allows()
        & ~statement.conditions.any(_narrows, "a key that says who may")
    )


def refuses_plain_http(statement: Statement, *actions: str) -> Verdict:
    """Whether it denies these actions to everybody who does not encrypt requests on their way."""
    return (
        statement.denies()
        & statement.is_for_everybody()
        & all_of(statement.covers(action) for action in actions)
        & statement.holds_without_tls_only()
    )


_ON_BEHALF = tuple(
    f"{name}.amazonaws.com"
    for name in ("cloudfront", "cloudtrail", "config", "delivery.logs", "logging.s3", "s3", "ses", "sns")
)
"""Services that act for whoever has told them to, and say for whom (IAM User Guide, "The confused deputy problem",
Cross-service confused deputy prevention; the pages of these services on the policies that they need)."""

_ASKING = ("kms:DescribeKey", "s3:GetBucketAcl", "s3:GetBucketLocation")
"""What a service asks before it delivers, by which nothing goes in or out."""

_FOR_WHOM = ("aws:source", "kms:encryptioncontext", "s3:dataaccesspoint")


def _is_for_anybody(statement: Statement) -> Verdict:
    acts = statement.services.any(_acts_for_others)
    if acts.truth is FAIL:
        return acts
    named = statement.conditions.any(lambda condition: known(condition.key.startswith(_FOR_WHOM)))
    asks = ~statement.actions.is_empty() & statement.actions.every(lambda action: action.one_of(*_ASKING))
    return but(acts, ~statement.allows() | named | asks)


def _acts_for_others(service: Value) -> Verdict:
    fact = Fact(service, "satisfies", "let in without aws:SourceArn or aws:SourceAccount")
    return Verdict(service.one_of(*_ON_BEHALF).truth, (fact,))


def _narrows(condition: Condition) -> Verdict:
    if condition.key not in _NARROWING:
        return known(False)
    if condition.operator == "ipaddress":
        return condition.values.none(is_anywhere)
    if condition.operator in _LITERAL:  # to which an asterisk is one like other characters
        return known(True)
    return condition.values.none(_is_anything) if condition.operator in _PATTERN else known(False)


def _is_anything(value: Value) -> Verdict:
    if isinstance(value.data, (Reference, Text)):
        return Verdict(FAIL, (Fact(value, "one_of", ("*",)),))
    return value.one_of("*", "false")


class Shared(Allows):
    """What has a policy that says who may use it."""

    noun = "resource with a policy"
    plural = "resources with a policy"
    policy: Attribute[Values]

    def allowances(self) -> Values:
        return self.policy

    def decides_allowances(self) -> Verdict:
        return self.decides_sharing()

    def allows_every_action(self) -> Verdict:
        """Whether somebody may do with it whatever can be done."""
        return self.policy.any(lambda one: (one.takes_every_action() | one.takes_whole_service()) & one.allows())

    def is_shared_with_everybody(self) -> Verdict:
        return self.policy.any(is_public)

    def is_shared_by_exception(self) -> Verdict:
        """Whether it is shared with all but those who are named."""
        return self.policy.any(lambda statement: statement.excepted.is_present() & statement.allows())

    def lets_services_in_for_anybody(self) -> Verdict:
        """Whether it lets in a service that acts for all of its customers, and no condition says for whom."""
        return self.policy.any(_is_for_anybody)

    def decides_sharing(self) -> Verdict:
        """Whether it speaks for itself, and not for something that is judged with it."""
        return known(True)


class PolicyOfOne(Shared):
    """A policy that is a resource of its own: `owner` is what it belongs to."""

    owner: Attribute[Link]

    def decides_sharing(self) -> Verdict:
        return known(self.owner.target is None)


class PolicyOfSeveral(Shared):
    """One that may belong to several resources: `owners`."""

    owners: Attribute[Values]

    def decides_sharing(self) -> Verdict:
        judged = [
            isinstance(item.data, Reference) and isinstance(view(item.data.resource, self._world), Shared)
            for item in self.owners.items
        ]
        return known(self.owners.open or not judged or not all(judged))
