"""Permissions: what gives them, what they come to together, and what can be made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from wascan.kind import Kind, view
from wascan.kinds import awspolicies
from wascan.kinds.awspolicies import WRITE_LOGS
from wascan.kinds.images import demands_tokens
from wascan.markers import Reference, Unknown
from wascan.value import Value, Values
from wascan.verdict import FAIL, PASS, Verdict, any_of, but, known

if TYPE_CHECKING:
    from wascan.attribute import Attribute, Switch
    from wascan.kinds.policies import Statement

ESCALATIONS = (
    ("iam:CreatePolicyVersion",),
    ("iam:SetDefaultPolicyVersion",),
    ("iam:CreateAccessKey",),
    ("iam:CreateLoginProfile",),
    ("iam:UpdateLoginProfile",),
    ("iam:AttachUserPolicy",),
    ("iam:AttachGroupPolicy",),
    ("iam:AttachRolePolicy",),
    ("iam:PutUserPolicy",),
    ("iam:PutGroupPolicy",),
    ("iam:PutRolePolicy",),
    ("iam:AddUserToGroup",),
    ("iam:UpdateAssumeRolePolicy", "sts:AssumeRole"),
    ("iam:PassRole", "ec2:RunInstances"),
    ("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"),
    ("iam:PassRole", "glue:CreateDevEndpoint"),
    ("iam:PassRole", "cloudformation:CreateStack"),
    ("iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"),
    ("lambda:UpdateFunctionCode",),
    ("glue:UpdateDevEndpoint",),
)
"""Actions that, allowed on everything, are as good as all others: whoever has them can give himself more, or run what he
likes with more (IAM User Guide, "Prevent privilege escalation"; Rhino Security Labs, "AWS IAM Privilege Escalation").
"""


READING = (
    "s3:GetObject",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
)
"""Actions that, allowed on everything, give away what an account keeps (Service Authorization Reference, "Read")."""

SHARING = (
    "ec2:ModifySnapshotAttribute",
    "ecr:SetRepositoryPolicy",
    "elasticfilesystem:PutFileSystemPolicy",
    "iam:UpdateAssumeRolePolicy",
    "kms:CreateGrant",
    "kms:PutKeyPolicy",
    "lambda:AddPermission",
    "ram:CreateResourceShare",
    "s3:PutBucketAcl",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "secretsmanager:PutResourcePolicy",
    "sns:AddPermission",
    "sqs:AddPermission",
)
"""Actions that decide who may use a resource (Service Authorization Reference, "Permissions management"), short of
`ESCALATIONS`."""


class Allows(Kind):
    """What has statements in it, of whichever sort of policy."""

    noun = "policy"

    def allowances(self) -> Values:
        """All of its statements."""
        raise NotImplementedError

    def decides_allowances(self) -> Verdict:
        """Whether they are its own, and not judged with something else."""
        return known(True)


class Grants(Allows):
    """What gives permissions: `grants` are the statements that it gives them with."""

    noun = "IAM policy or identity"
    plural = "IAM policies and identities"
    grants: Attribute[Values]

    def allowances(self) -> Values:
        return self.grants

    def gives_everything(self) -> Verdict:
        """Whether it allows every action on every resource."""
        return self.grants.any(lambda one: one.takes_every_action() & one.takes_every_resource() & one.allows())

    def gives_on_everything(self, actions: tuple[str, ...], *, among_all: bool = True) -> Verdict:
        """Whether one of these actions is allowed on all resources of its service, by a statement that does not say so of
        every action; `among_all` says whether one counts that allows all actions of the service.
        """

        def gives(one: Statement) -> Verdict:
            wide = one.covers_everything_in()
            if wide.truth is FAIL:
                return wide
            given = any_of(_on_all(one, action, among_all) for action in actions)
            return given if given.truth is FAIL else but(given, ~one.holds_always())

        return self.grants.any(gives)

    def all_grants(self) -> Values:
        """The statements of all policies in sight that are given together with its own."""
        return self.grants

    def escalates(self) -> Verdict:
        """Whether what it gives is as good as everything, without saying so."""
        statements = self.all_grants()
        wide = statements.any(lambda one: one.takes_every_resource())
        if wide.truth is FAIL:
            return wide
        found = [_escalates(statements, path) for path in ESCALATIONS]
        first = next((verdict for verdict in found if verdict.truth is PASS), None)  # one says enough
        return any_of(found) if first is None else first


def _on_all(one: Statement, action: str, among_all: bool) -> Verdict:
    named = one.names(action, among_all=among_all)
    return named if named.truth is FAIL else named & one.takes_all_of(action.partition(":")[0])


def _escalates(statements: Values, path: tuple[str, ...]) -> Verdict:
    verdict = _given(statements, path[0])
    for action in path[1:]:
        if verdict.truth is FAIL:
            break
        verdict &= _given(statements, action)
    return verdict


def _given(statements: Values, action: str) -> Verdict:
    """Whether an action is allowed on everything, by a statement that does not say so of every action, and not denied."""

    def allows(one: Statement) -> Verdict:
        first = one.takes_every_resource()
        if first.truth is FAIL:
            return first
        return but(one.covers(action) & first, ~one.holds_always() | one.takes_every_action())

    def denies(one: Statement) -> Verdict:
        first = one.denies()
        if first.truth is FAIL:
            return first
        return one.covers(action) & first & one.takes_every_resource() & one.conditions.is_empty()

    found = statements.any(allows, action)
    return found if found.truth is FAIL else but(found, statements.any(denies, action))


class Identity(Grants):
    """Whom permissions are given to: `managed_policies` are the ARNs of policies that stand on their own, `policies` all
    documents beside its own that are its alone.
    """

    noun = "IAM identity"
    managed_policies: Attribute[Values]
    policies: Attribute[Values]

    def has_aws_policy(self) -> Verdict:
        """Whether one of the managed policies is AWS's own, and none that AWS wrote for the role which a service needs."""
        return self.managed_policies.any(awspolicies.is_for_everybody)

    def has_full_access(self) -> Verdict:
        """Whether one of AWS's policies gives it all that a service, or nearly all of them, can do."""
        return self.managed_policies.any(awspolicies.gives_whole_service)

    def may_write_logs(self) -> Verdict:
        """Whether what it is given lets it write to CloudWatch Logs."""
        own = self.all_grants().any(lambda one: one.covers(WRITE_LOGS) & one.allows())
        return own | self.managed_policies.any(awspolicies.may_write_logs)

    def escalates(self) -> Verdict:
        """Also by the policy of AWS's that lets it."""
        return super().escalates() | self.managed_policies.any(awspolicies.is_iam_full_access)

    def gives_everything(self) -> Verdict:
        """Also by the policy of AWS's that does."""
        return super().gives_everything() | self.managed_policies.any(awspolicies.is_administrator_policy)

    def all_grants(self) -> Values:
        """Its own, and those of what is attached to it."""
        parts = [self.grants, self.policies]
        whole, open = self.policies.whole, False
        for arn in self.managed_policies.items:
            policy = view(arn.data.resource, self._world) if isinstance(arn.data, Reference) else None
            if isinstance(policy, Grants):
                parts.append(policy.grants)
            elif awspolicies.is_of_aws(arn).truth is FAIL or isinstance(arn.data, Unknown):
                open, whole = True, arn
        for part in (*parts, self.managed_policies):
            if part.open:
                open, whole = True, part.whole
        return Values(whole, [statement for part in parts for statement in part.items], open=open)


class ForUsers(Kind):
    """What may give permissions to users themselves: `to_users` are those that it names."""

    noun = "IAM policy or user"
    plural = "IAM policies and users"
    to_users: Attribute[Any]
    only_users: ClassVar[tuple[str, ...]] = ()
    """The types that are for nobody but users, whoever these are."""

    def goes_to_users(self) -> Verdict:
        """Whether it gives a user anything of its own."""
        found: Verdict = ~self.to_users.is_empty()
        return Verdict(PASS, found.facts) if self._resource.type in self.only_users else found


class TakesIAM(Kind):
    """A database that can let in whom IAM knows, where `iam_login` is on, without a password of its own."""

    noun = "database"
    iam_login: Attribute[Switch]

    def decides_login(self) -> Verdict:
        """Whether it can, and it is its own affair."""
        return known(True)


class HasMetadata(Kind):
    """What gives out keys of its role by its metadata service: `tokens` says whether for a token alone, `hops` how far an
    answer may go. Where nobody says it, the `image` may.
    """

    noun = "EC2 instance"
    tokens: Attribute[Switch]
    hops: Attribute[Value]
    image: Attribute[Value]

    def demands_tokens(self) -> Verdict:
        """Whether it gives them for a token alone."""
        asked = self.tokens.is_true()
        by_image = demands_tokens(self.image) if self.tokens.defaulted else asked
        return asked if by_image.truth is FAIL else asked | by_image

    def decides_metadata(self) -> Verdict:
        """Whether that is its own affair, and the service is there at all."""
        return known(True)


class RunsContainers(Kind):
    """What starts containers: `containers` are their definitions, of the kind `Container`."""

    noun = "task or job definition"
    plural = "task and job definitions"
    containers: Attribute[Values]
