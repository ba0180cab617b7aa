"""Amazon Athena."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, One
from wascan.kinds.families import Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_RESULTS = "$.WorkGroupConfiguration.ResultConfiguration"


class WorkGroup(TakesKey, Taggable):
    """A work group. It writes the results of queries to a bucket, which encrypts them whatever the work group says; with
    an encryption of its own it says with whose key.
    """

    types = ("AWS::Athena::WorkGroup", "aws_athena_workgroup")
    slug = "athena-workgroup"
    noun = "Athena work group"
    own_name = One(cfn="$.Name", tf="$.name")
    encryption_option = One(
        cfn=f"{_RESULTS}.EncryptionConfiguration.EncryptionOption",
        tf="$.configuration[*].result_configuration[*].encryption_configuration[*].encryption_option",
    )
    key = Key(
        cfn=f"{_RESULTS}.EncryptionConfiguration.KmsKey",
        tf="$.configuration[*].result_configuration[*].encryption_configuration[*].kms_key_arn",
    )
    enforced = Flag(
        cfn="$.WorkGroupConfiguration.EnforceWorkGroupConfiguration",
        tf="$.configuration[*].enforce_workgroup_configuration",
        default=True,
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_encryption(self) -> Verdict:
        """Where it says nothing, the bucket's own encryption holds."""
        return self.encryption_option.is_present()
