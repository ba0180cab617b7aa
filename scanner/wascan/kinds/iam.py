"""AWS Identity and Access Management: identities, and what is theirs alone."""

from __future__ import annotations

from wascan.kind import Beside, Flag, Kind, Many, One
from wascan.kinds.families import Taggable
from wascan.kinds.permissions import ForUsers, Identity
from wascan.kinds.policies import Policy
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.value import Values


class Role(Identity, Taggable):
    """A role. `trust` says who may take it on."""

    types = ("AWS::IAM::Role", "aws_iam_role")
    slug = "iam-role"
    noun = "IAM role"
    own_name = One(cfn="$.RoleName", tf="$.name")
    trust = Policy(cfn="$.AssumeRolePolicyDocument", tf="$.assume_role_policy")
    grants = Policy(cfn="$.Policies[*].PolicyDocument", tf="$.inline_policy[*].policy")
    policies = Policy(
        cfn=(
            Beside("AWS::IAM::RolePolicy", "$.PolicyDocument", by="$.RoleName"),
            Beside("AWS::IAM::Policy", "$.PolicyDocument", by="$.Roles[*]"),
            Beside("AWS::IAM::ManagedPolicy", "$.PolicyDocument", by="$.Roles[*]"),
        ),
        tf=Beside("aws_iam_role_policy", "$.policy", by="$.role"),
    )
    managed_policies = Many(
        cfn="$.ManagedPolicyArns[*]",
        tf=(
            "$.managed_policy_arns[*]",
            Beside("aws_iam_role_policy_attachment", "$.policy_arn", by="$.role"),
            Beside("aws_iam_role_policy_attachments_exclusive", "$.policy_arns[*]", by="$.role_name"),
            Beside("aws_iam_policy_attachment", "$.policy_arn", by="$.roles[*]"),
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def allowances(self) -> Values:
        """Those of its trust policy too."""
        parts = (self.trust, self.grants)
        whole = next((part.whole for part in parts if part.open), self.grants.whole)
        items = [statement for part in parts for statement in part.items]
        return Values(whole, items, open=self.trust.open or self.grants.open)


class User(Identity, ForUsers, HoldsSecrets, Taggable):
    """A user. In Terraform its policies are resources of their own."""

    types = ("AWS::IAM::User", "aws_iam_user")
    slug = "iam-user"
    noun = "IAM user"
    own_name = One(cfn="$.UserName", tf="$.name")
    grants = Policy(cfn="$.Policies[*].PolicyDocument")
    policies = Policy(
        cfn=(
            Beside("AWS::IAM::UserPolicy", "$.PolicyDocument", by="$.UserName"),
            Beside("AWS::IAM::Policy", "$.PolicyDocument", by="$.Users[*]"),
            Beside("AWS::IAM::ManagedPolicy", "$.PolicyDocument", by="$.Users[*]"),
        ),
        tf=Beside("aws_iam_user_policy", "$.policy", by="$.user"),
    )
    managed_policies = Many(
        cfn="$.ManagedPolicyArns[*]",
        tf=(
            Beside("aws_iam_user_policy_attachment", "$.policy_arn", by="$.user"),
            Beside("aws_iam_user_policy_attachments_exclusive", "$.policy_arns[*]", by="$.user_name"),
            Beside("aws_iam_policy_attachment", "$.policy_arn", by="$.users[*]"),
        ),
    )
    to_users = Many(cfn=("$.ManagedPolicyArns[*]", "$.Policies[*]"))
    groups = Many(
        cfn=("$.Groups[*]", Beside("AWS::IAM::UserToGroupAddition", "$.GroupName", by="$.Users[*]")),
        tf=(
            Beside("aws_iam_user_group_membership", "$.groups[*]", by="$.user"),
            Beside("aws_iam_group_membership", "$.group", by="$.users[*]"),
        ),
    )
    password = One(
        cfn="$.LoginProfile.Password", tf=Beside("aws_iam_user_login_profile", "$.user", by="$.user"), secret=True
    )
    must_reset = Flag(
        cfn="$.LoginProfile.PasswordResetRequired",
        tf=Beside("aws_iam_user_login_profile", "$.password_reset_required", by="$.user"),
    )
    keys = Many(
        cfn=Beside("AWS::IAM::AccessKey", "$.UserName", by="$.UserName"),
        tf=Beside("aws_iam_access_key", "$.user", by="$.user"),
    )
    secrets = Secrets(cfn="$.LoginProfile.Password")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class Group(Identity):
    """A group of users."""

    types = ("AWS::IAM::Group", "aws_iam_group")
    slug = "iam-group"
    noun = "IAM group"
    own_name = One(cfn="$.GroupName", tf="$.name")
    grants = Policy(cfn="$.Policies[*].PolicyDocument")
    policies = Policy(
        cfn=(
            Beside("AWS::IAM::GroupPolicy", "$.PolicyDocument", by="$.GroupName"),
            Beside("AWS::IAM::Policy", "$.PolicyDocument", by="$.Groups[*]"),
            Beside("AWS::IAM::ManagedPolicy", "$.PolicyDocument", by="$.Groups[*]"),
        ),
        tf=Beside("aws_iam_group_policy", "$.policy", by="$.group"),
    )
    managed_policies = Many(
        cfn="$.ManagedPolicyArns[*]",
        tf=(
            Beside("aws_iam_group_policy_attachment", "$.policy_arn", by="$.group"),
            Beside("aws_iam_group_policy_attachments_exclusive", "$.policy_arns[*]", by="$.group_name"),
            Beside("aws_iam_policy_attachment", "$.policy_arn", by="$.groups[*]"),
        ),
    )
    users = Many(
        cfn=(
            Beside("AWS::IAM::UserToGroupAddition", "$.Users[*]", by="$.GroupName"),
            Beside("AWS::IAM::User", "$.Groups", by="$.Groups[*]"),
        ),
        tf=(
            Beside("aws_iam_user_group_membership", "$.user", by="$.groups[*]"),
            Beside("aws_iam_group_membership", "$.users[*]", by="$.group"),
        ),
    )


class AccessKey(Kind):
    """A pair of access key and secret of a user, which holds until somebody deletes it."""

    types = ("AWS::IAM::AccessKey", "aws_iam_access_key")
    slug = "iam-access-key"
    noun = "IAM access key"
    user = One(cfn="$.UserName", tf="$.user")
    active = Flag(on=("Active",), cfn="$.Status", tf="$.status", default=True)


class PasswordPolicy(Kind):
    """What an account asks of the passwords of its users."""

    types = ("aws_iam_account_password_policy",)
    slug = "iam-password-policy"
    noun = "password policy"
    plural = "password policies"
    length = One(tf="$.minimum_password_length", default=6)
    remembers = One(tf="$.password_reuse_prevention", default=0)
    days = One(tf="$.max_password_age", default=0)
    lower = Flag(tf="$.require_lowercase_characters")
    upper = Flag(tf="$.require_uppercase_characters")
    digits = Flag(tf="$.require_numbers")
    symbols = Flag(tf="$.require_symbols")
    changeable = Flag(tf="$.allow_users_to_change_password", default=True)
