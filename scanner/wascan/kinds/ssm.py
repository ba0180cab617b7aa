"""AWS Systems Manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Many, One
from wascan.kinds.exposure import Given
from wascan.kinds.families import Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Audits
from wascan.kinds.transit import OpensSessions
from wascan.kinds.within import KeyWithin, OneWithin
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_CONTENT: dict[str, Any] = {"cfn": "$.Content", "tf": "$.content"}


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


class SSMDocument(Given, Audits, OpensSessions, Taggable):
    """A document of Systems Manager: what a command, an automation or a session is like (AWS Systems Manager User Guide,
    "Session document schema").
    """

    types = ("AWS::SSM::Document", "aws_ssm_document")
    slug = "ssm-document"
    noun = "SSM document"
    own_name = One(cfn="$.Name", tf="$.name")
    audience = Many(tf="$.permissions.account_ids")
    type = One(cfn="$.DocumentType", tf="$.document_type", default="Command")
    session_type = OneWithin("sessionType", **_CONTENT)
    session_key = KeyWithin("inputs", "kmsKeyId", **_CONTENT)
    auditing = "name a bucket or a log group for the logs of sessions in {log_group.name} or its counterpart"
    bucket = OneWithin("inputs", "s3BucketName", **_CONTENT)
    log_group = OneWithin("inputs", "cloudWatchLogGroupName", **_CONTENT)
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def can_be_given(self) -> Verdict:
        """CloudFormation cannot share it."""
        return known(self._resource.dialect == "tf")

    def opens_sessions(self) -> Verdict:
        """Only those on a command line have preferences."""
        others = ("Port", "InteractiveCommands", "NonInteractiveCommands")
        return self.type.equals("Session") & ~self.session_type.one_of(*others)

    def is_audited(self) -> Verdict:
        """Whether what people type, and see, is kept. An empty name is none."""
        return self.bucket.satisfies(bool, "a bucket") | self.log_group.satisfies(bool, "a log group")

    def decides_audit(self) -> Verdict:
        return self.opens_sessions()
