"""AWS CodeBuild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Flag, Many, One
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.secrets import CarriesText, Texts
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class BuildProject(Encrypts, TakesKey, Logs, CarriesText, Taggable):
    """A build project. Its artifacts and logs are encrypted unless somebody switches that off (AWS CodeBuild User Guide,
    "Data encryption").
    """

    types = ("AWS::CodeBuild::Project", "aws_codebuild_project")
    slug = "codebuild-project"
    noun = "CodeBuild project"
    encryption = "set {plain.name} to false"
    own_name = One(cfn="$.Name", tf="$.name")
    plain = Many(
        cfn=(
            "$.SecondaryArtifacts[*].EncryptionDisabled",
            "$.LogsConfig.S3Logs.EncryptionDisabled",
            "$.Artifacts.EncryptionDisabled",
        ),
        tf=(
            "$.secondary_artifacts[*].encryption_disabled",
            "$.logs_config[*].s3_logs[*].encryption_disabled",
            "$.artifacts[*].encryption_disabled",
        ),
    )
    key = Key(cfn="$.EncryptionKey", tf="$.encryption_key")
    logging = "leave {logs.name} on"
    logs = One(
        cfn="$.LogsConfig.CloudWatchLogs.Status", tf="$.logs_config[*].cloudwatch_logs[*].status", default="ENABLED"
    )
    bucket_logs = Flag(on=("ENABLED",), cfn="$.LogsConfig.S3Logs.Status", tf="$.logs_config[*].s3_logs[*].status")
    texts = Texts(
        cfn="$.Environment.EnvironmentVariables[*].Value", tf="$.environment[*].environment_variable[*].value"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_encrypted(self) -> Verdict:
        return self.plain.none(lambda disabled: disabled.is_true())

    def is_logged(self) -> Verdict:
        return ~self.logs.equals("DISABLED") | self.bucket_logs.is_true()
