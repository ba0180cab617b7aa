"""AWS Systems Manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import One
from wascan.kinds.families import Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Parameter(TakesKey, HoldsSecrets, Taggable):
    """A parameter. CloudFormation cannot make secret ones (AWS CloudFormation Template Reference Guide,
    "AWS::SSM::Parameter").
    """

    types = ("AWS::SSM::Parameter", "aws_ssm_parameter")
    slug = "ssm-parameter"
    noun = "SSM parameter"
    own_name = One(cfn="$.Name", tf="$.name")
    type = One(cfn="$.Type", tf="$.type")
    key = Key(tf="$.key_id")
    secrets = Secrets(tf="$.value")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_encryption(self) -> Verdict:
        """Only what is secret is encrypted."""
        return self.type.equals("SecureString")

    def holds_secrets(self) -> Verdict:
        """The provider hides the values of all of them."""
        return self.type.equals("SecureString") & super().holds_secrets()
