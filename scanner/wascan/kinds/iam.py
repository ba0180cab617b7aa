"""AWS Identity and Access Management."""

from __future__ import annotations

from wascan.kind import Attribute, Beside, Kind, Many, One
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.value import Fact, Reference, Value, Values
from wascan.verdict import FAIL, Verdict

_AWS = ":iam::aws:policy/"


class Identity(Kind):
    """Whom permissions are given to: `managed_policies` are the ARNs of those that stand on their own."""

    managed_policies: Attribute[Values]

    def has_aws_policy(self) -> Verdict:
        """Whether one of them is AWS's own."""
        return self.managed_policies.any(_is_of_aws)


def _is_of_aws(arn: Value) -> Verdict:
    if isinstance(arn.data, Reference):
        return Verdict(FAIL, (Fact(arn, "holds", (_AWS,)),))
    return arn.holds(_AWS)


class Role(Identity, Taggable):
    """A role."""

    types = ("AWS::IAM::Role", "aws_iam_role")
    slug = "iam-role"
    noun = "IAM role"
    own_name = One(cfn="$.RoleName", tf="$.name")
    managed_policies = Many(
        cfn="$.ManagedPolicyArns[*]",
        tf=(
            "$.managed_policy_arns[*]",
            Beside("aws_iam_policy_attachment", "$.policy_arn", by="$.roles[*]"),
            Beside("aws_iam_role_policy_attachments_exclusive", "$.policy_arns[*]", by="$.role_name"),
            Beside("aws_iam_role_policy_attachment", "$.policy_arn", by="$.role"),
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class User(Identity, Taggable):
    """A user."""

    types = ("AWS::IAM::User", "aws_iam_user")
    slug = "iam-user"
    noun = "IAM user"
    own_name = One(cfn="$.UserName", tf="$.name")
    managed_policies = Many(
        cfn="$.ManagedPolicyArns[*]",
        tf=(
            Beside("aws_iam_policy_attachment", "$.policy_arn", by="$.users[*]"),
            Beside("aws_iam_user_policy_attachments_exclusive", "$.policy_arns[*]", by="$.user_name"),
            Beside("aws_iam_user_policy_attachment", "$.policy_arn", by="$.user"),
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class Group(Identity):
    """A group of users."""

    types = ("AWS::IAM::Group", "aws_iam_group")
    slug = "iam-group"
    noun = "IAM group"
    own_name = One(cfn="$.GroupName", tf="$.name")
    managed_policies = Many(
        cfn="$.ManagedPolicyArns[*]",
        tf=(
            Beside("aws_iam_policy_attachment", "$.policy_arn", by="$.groups[*]"),
            Beside("aws_iam_group_policy_attachments_exclusive", "$.policy_arns[*]", by="$.group_name"),
            Beside("aws_iam_group_policy_attachment", "$.policy_arn", by="$.group"),
        ),
    )
