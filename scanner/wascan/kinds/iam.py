"""AWS Identity and Access Management: identities, and what is theirs alone."""

from __future__ import annotations

from wascan.attribute import Beside, Flag, Many, One
from wascan.kind import Kind
from wascan.kinds.families import Taggable
from wascan.kinds.federation import SignsIn
from wascan.kinds.permissions import ForUsers, Identity
from wascan.kinds.policies import Policy
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.value import Values


def _policies(identity: str) -> Policy:
    """The policies that are resources of their own and name a role, a user or a group."""
    name = identity.lower()
    return Policy(
        cfn=(
            Beside(f"AWS::IAM::{identity}Policy", "$.PolicyDocument", by=f"$.{identity}Name"),
            Beside("AWS::IAM::Policy", "$.PolicyDocument", by=f"$.{identity}s[*]"),
            Beside("AWS::IAM::ManagedPolicy", "$.PolicyDocument", by=f"$.{identity}s[*]"),
        ),
        tf=Beside(f"aws_iam_{name}_policy", "$.policy", by=f"$.{name}"),
    )


def _attached(name: str) -> tuple[Beside, ...]:
    """What Terraform attaches managed policies with."""
    return (
        Beside(f"aws_iam_{name}_policy_attachment", "$.policy_arn", by=f"$.{name}"),
        Beside(f"aws_iam_{name}_policy_attachments_exclusive", "$.policy_arns[*]", by=f"$.{name}_name"),
        Beside("aws_iam_policy_attachment", "$.policy_arn", by=f"$.{name}s[*]"),
    )


class RolePolicies(Many):
    """The managed policies of a role. One that SAM makes has them where the function has them."""

    def label(self, dialect: str) -> str:
        return "Policies" if dialect == "sam" else super().label(dialect)


class Role(Identity, Taggable):
    """A role. `trust` says who may take it on."""

    types = ("AWS::IAM::Role", "aws_iam_role")
    slug = "iam-role"
    noun = "IAM role"
    own_name = One(cfn="$.RoleName", tf="$.name")
    trust = Policy(cfn="$.AssumeRolePolicyDocument", tf="$.assume_role_policy")
    grants = Policy(cfn="$.Policies[*].PolicyDocument", tf="$.inline_policy[*].policy")
    policies = _policies("Role")
    managed_policies = RolePolicies(cfn="$.ManagedPolicyArns[*]", tf=("$.managed_policy_arns[*]", *_attached("role")))
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
    policies = _policies("User")
    managed_policies = Many(cfn="$.ManagedPolicyArns[*]", tf=_attached("user"))
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
    policies = _policies("Group")
    managed_policies = Many(cfn="$.ManagedPolicyArns[*]", tf=_attached("group"))
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


class OIDCProvider(SignsIn, Taggable):
    """What tells who somebody is, to roles that trust it."""

    types = ("AWS::IAM::OIDCProvider", "aws_iam_openid_connect_provider")
    slug = "iam-oidc-provider"
    noun = "OIDC identity provider"
    url = One(cfn="$.Url", tf="$.url")
    tags = Tags(cfn="$.Tags", tf="$.tags")


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
    length = One(tf="$.minimum_password_length", default=6)
    remembers = One(tf="$.password_reuse_prevention", default=0)
    days = One(tf="$.max_password_age", default=0)
    lower = Flag(tf="$.require_lowercase_characters")
    upper = Flag(tf="$.require_uppercase_characters")
    digits = Flag(tf="$.require_numbers")
    symbols = Flag(tf="$.require_symbols")
    changeable = Flag(tf="$.allow_users_to_change_password", default=True)
