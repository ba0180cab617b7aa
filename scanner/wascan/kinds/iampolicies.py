"""Policies of AWS Identity and Access Management that are resources of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Many, One
from wascan.kinds.awspolicies import is_administrator_policy, is_iam_full_access
from wascan.kinds.families import Taggable
from wascan.kinds.permissions import ForUsers, Grants
from wascan.kinds.policies import Policy
from wascan.kinds.tags import Tags
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class InlinePolicy(Grants, ForUsers):
    """A policy that belongs to one identity, or in CloudFormation to several, each with a copy of its own."""

    types = (
        "AWS::IAM::GroupPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::RolePolicy",
        "AWS::IAM::UserPolicy",
        "aws_iam_group_policy",
        "aws_iam_role_policy",
        "aws_iam_user_policy",
    )
    slug = "iam-inline-policy"
    only_users = ("AWS::IAM::UserPolicy", "aws_iam_user_policy")
    noun = "inline IAM policy"
    grants = Policy(cfn="$.PolicyDocument", tf="$.policy")
    to_users = Many(cfn=("$.UserName", "$.Users[*]"), tf="$.user")


class ManagedPolicy(Grants, ForUsers, Taggable):
    """A policy that identities are attached to."""

    types = ("AWS::IAM::ManagedPolicy", "aws_iam_policy")
    slug = "iam-policy"
    noun = "managed IAM policy"
    own_name = One(cfn="$.ManagedPolicyName", tf="$.name")
    grants = Policy(cfn="$.PolicyDocument", tf="$.policy")
    to_users = Many(cfn="$.Users[*]")
    tags = Tags(tf="$.tags")

    def takes_tags(self) -> Verdict:
        """CloudFormation's have none."""
        return known(self._resource.dialect == "tf")


class UserPolicyAttachment(ForUsers):
    """The attachment of a managed policy to a user, or to all sorts of identities."""

    types = ("aws_iam_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_user_policy_attachments_exclusive")
    slug = "iam-policy-attachment"
    only_users = ("aws_iam_user_policy_attachment", "aws_iam_user_policy_attachments_exclusive")
    noun = "IAM policy attachment"
    to_users = Many(tf=("$.user", "$.user_name", "$.users[*]"))


class PermissionSet(Grants, Taggable):
    """What IAM Identity Center gives to people in an account. In Terraform the policy that it has inside is a resource of
    its own.
    """

    types = ("AWS::SSO::PermissionSet", "aws_ssoadmin_permission_set", "aws_ssoadmin_permission_set_inline_policy")
    slug = "sso-permission-set"
    noun = "permission set"
    grants = Policy(cfn="$.InlinePolicy", tf="$.inline_policy")
    managed_policies = Many(
        cfn="$.ManagedPolicies[*]",
        tf=Beside("aws_ssoadmin_managed_policy_attachment", "$.managed_policy_arn", by="$.permission_set_arn"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def takes_tags(self) -> Verdict:
        """The policy has none."""
        return known(not self._resource.type.endswith("_inline_policy"))

    def gives_everything(self) -> Verdict:
        """Also by the policy of AWS's that does."""
        return super().gives_everything() | self.managed_policies.any(is_administrator_policy)

    def escalates(self) -> Verdict:
        """Also by the policy of AWS's that lets it."""
        return super().escalates() | self.managed_policies.any(is_iam_full_access)
