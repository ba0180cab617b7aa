"""Amazon Cognito."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, One
from wascan.kinds.families import Protected, Taggable
from wascan.kinds.frontdoor import Answers
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_PASSWORDS = "$.Policies.PasswordPolicy"


class UserPool(Protected, Taggable):
    """A pool of users. Where nobody says anything a password has eight characters of all four sorts (Amazon Cognito
    Developer Guide, "Passwords, password recovery, and password policies").
    """

    types = ("AWS::Cognito::UserPool", "aws_cognito_user_pool")
    slug = "cognito-user-pool"
    noun = "Cognito user pool"
    own_name = One(cfn="$.UserPoolName", tf="$.name")
    mfa = One(cfn="$.MfaConfiguration", tf="$.mfa_configuration", default="OFF")
    length = One(cfn=f"{_PASSWORDS}.MinimumLength", tf="$.password_policy[*].minimum_length", default=8)
    lower = Flag(cfn=f"{_PASSWORDS}.RequireLowercase", tf="$.password_policy[*].require_lowercase", default=True)
    upper = Flag(cfn=f"{_PASSWORDS}.RequireUppercase", tf="$.password_policy[*].require_uppercase", default=True)
    digits = Flag(cfn=f"{_PASSWORDS}.RequireNumbers", tf="$.password_policy[*].require_numbers", default=True)
    symbols = Flag(cfn=f"{_PASSWORDS}.RequireSymbols", tf="$.password_policy[*].require_symbols", default=True)
    deletion_protection = Flag(on=("ACTIVE",), cfn="$.DeletionProtection", tf="$.deletion_protection")
    tags = Tags(cfn="$.UserPoolTags", tf="$.tags")


class IdentityPool(Answers, Taggable):
    """An identity pool of Cognito, which gives credentials of AWS to users of an application."""

    types = ("AWS::Cognito::IdentityPool", "aws_cognito_identity_pool")
    slug = "cognito-identity-pool"
    noun = "Cognito identity pool"
    authorization = "set {guests.name} to false"
    guests = Flag(cfn="$.AllowUnauthenticatedIdentities", tf="$.allow_unauthenticated_identities")
    tags = Tags(cfn="$.IdentityPoolTags", tf="$.tags")

    def authorizes(self) -> Verdict:
        """Guests get credentials without signing in."""
        return self.guests.is_false()
