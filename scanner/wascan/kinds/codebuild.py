"""AWS CodeBuild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, Many, One
from wascan.kind import Block
from wascan.kinds.environment import HasEnvironment, Variables
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.kinds.texts import CarriesText, Texts

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Artifact(Block):
    """What a build leaves behind. That of a pipeline is the pipeline's to encrypt, and where there is none there is nothing
    to encrypt (AWS CodeBuild API Reference, "ProjectArtifacts").
    """

    goes_to = One(cfn="$.Type", tf="$.type")
    plain = Flag(cfn="$.EncryptionDisabled", tf="$.encryption_disabled")

    def is_plain(self) -> Verdict:
        return self.plain.is_true() & ~self.goes_to.one_of("CODEPIPELINE", "NO_ARTIFACTS")


class BuildProject(Encrypts, TakesKey, Logs, CarriesText, HasEnvironment, Taggable):
    """A build project. Its artifacts and logs are encrypted unless somebody switches that off (AWS CodeBuild User Guide,
    "Data encryption").
    """

    types = ("AWS::CodeBuild::Project", "aws_codebuild_project")
    slug = "codebuild-project"
    noun = "CodeBuild project"
    encryption = "switch the encryption of {artifacts.name} on, and {plain_logs.name} off"
    own_name = One(cfn="$.Name", tf="$.name")
    artifacts = Many(
        block=Artifact,
        cfn=("$.SecondaryArtifacts[*]", "$.Artifacts"),
        tf=("$.secondary_artifacts[*]", "$.artifacts[*]"),
    )
    plain_logs = Flag(
        cfn="$.LogsConfig.S3Logs.EncryptionDisabled", tf="$.logs_config[*].s3_logs[*].encryption_disabled"
    )
    key = Key(cfn="$.EncryptionKey", tf="$.encryption_key")
    logging = "switch {logs.name} on"
    logs = One(
        cfn="$.LogsConfig.CloudWatchLogs.Status", tf="$.logs_config[*].cloudwatch_logs[*].status", default="ENABLED"
    )
    bucket_logs = Flag(on=("ENABLED",), cfn="$.LogsConfig.S3Logs.Status", tf="$.logs_config[*].s3_logs[*].status")
    texts = Texts(
        cfn="$.Environment.EnvironmentVariables[*].Value", tf="$.environment[*].environment_variable[*].value"
    )
    variables = Variables(
        pairs=True, cfn="$.Environment.EnvironmentVariables[*]", tf="$.environment[*].environment_variable[*]"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def keeps_secrets_out(self) -> Verdict:
        return self.variables.every(lambda variable: variable.stays_out_of_code())

    def is_encrypted(self) -> Verdict:
        return self.artifacts.none(lambda artifact: artifact.is_plain()) & self.plain_logs.is_false()

    def is_logged(self) -> Verdict:
        return ~self.logs.equals("DISABLED") | self.bucket_logs.is_true()
