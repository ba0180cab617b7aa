"""AWS Glue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, LinkTo, Many, One
from wascan.kinds.families import Encrypts, Taggable, TakesKey, Versioned
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import Shared
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_CATALOG = "$.DataCatalogEncryptionSettings"
_TF_CATALOG = "$.data_catalog_encryption_settings[*]"
_SECURITY = "$.EncryptionConfiguration"
_TF_SECURITY = "$.encryption_configuration[*]"


class CatalogSettings(Encrypts, TakesKey):
    """How the data catalog encrypts what it knows of tables, and the passwords of connections."""

    types = ("AWS::Glue::DataCatalogEncryptionSettings", "aws_glue_data_catalog_encryption_settings")
    slug = "glue-catalog-settings"
    noun = "encryption setting of a data catalog"
    plural = "encryption settings of data catalogs"
    encryption = "set {encrypted} and {encrypts_passwords}"
    encrypted = Flag(
        on=("SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"),
        cfn=f"{_CATALOG}.EncryptionAtRest.CatalogEncryptionMode",
        tf=f"{_TF_CATALOG}.encryption_at_rest[*].catalog_encryption_mode",
    )
    encrypts_passwords = Flag(
        cfn=f"{_CATALOG}.ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted",
        tf=f"{_TF_CATALOG}.connection_password_encryption[*].return_connection_password_encrypted",
    )
    key = Key(
        cfn=f"{_CATALOG}.EncryptionAtRest.SseAwsKmsKeyId",
        tf=f"{_TF_CATALOG}.encryption_at_rest[*].sse_aws_kms_key_id",
    )
    password_key = Key(
        cfn=f"{_CATALOG}.ConnectionPasswordEncryption.KmsKeyId",
        tf=f"{_TF_CATALOG}.connection_password_encryption[*].aws_kms_key_id",
    )
    own_key = "give the catalog, and the passwords of connections, a customer-managed KMS key"

    def is_encrypted(self) -> Verdict:
        return self.encrypted.is_true() & self.encrypts_passwords.is_true()

    def has_own_key(self) -> Verdict:
        """Passwords that are not encrypted need no key."""
        passwords = self.password_key.is_customer_managed() | ~self.encrypts_passwords.is_true()
        return self.key.is_customer_managed() & passwords


class SecurityConfiguration(Encrypts, TakesKey):
    """How jobs and crawlers encrypt what they write: data, logs and bookmarks."""

    types = ("AWS::Glue::SecurityConfiguration", "aws_glue_security_configuration")
    slug = "glue-security-configuration"
    noun = "Glue security configuration"
    encryption = "set {data_modes.name} to SSE-KMS, {encrypts_logs} and {encrypts_bookmarks}"
    own_key = "give data, logs and bookmarks a customer-managed KMS key"
    own_name = One(cfn="$.Name", tf="$.name")
    data_modes = Many(
        cfn=f"{_SECURITY}.S3Encryptions[*].S3EncryptionMode", tf=f"{_TF_SECURITY}.s3_encryption[*].s3_encryption_mode"
    )
    encrypts_logs = Flag(
        on=("SSE-KMS",),
        cfn=f"{_SECURITY}.CloudWatchEncryption.CloudWatchEncryptionMode",
        tf=f"{_TF_SECURITY}.cloudwatch_encryption[*].cloudwatch_encryption_mode",
    )
    encrypts_bookmarks = Flag(
        on=("CSE-KMS",),
        cfn=f"{_SECURITY}.JobBookmarksEncryption.JobBookmarksEncryptionMode",
        tf=f"{_TF_SECURITY}.job_bookmarks_encryption[*].job_bookmarks_encryption_mode",
    )
    log_key = Key(
        cfn=f"{_SECURITY}.CloudWatchEncryption.KmsKeyArn", tf=f"{_TF_SECURITY}.cloudwatch_encryption[*].kms_key_arn"
    )
    bookmark_key = Key(
        cfn=f"{_SECURITY}.JobBookmarksEncryption.KmsKeyArn",
        tf=f"{_TF_SECURITY}.job_bookmarks_encryption[*].kms_key_arn",
    )
    key = Key(cfn=f"{_SECURITY}.S3Encryptions[*].KmsKeyArn", tf=f"{_TF_SECURITY}.s3_encryption[*].kms_key_arn")

    def is_encrypted(self) -> Verdict:
        data = ~self.data_modes.is_empty() & self.data_modes.none(lambda mode: mode.equals("DISABLED"))
        return data & self.encrypts_logs.is_true() & self.encrypts_bookmarks.is_true()

    def has_own_key(self) -> Verdict:
        return (
            self.key.is_customer_managed()
            & self.log_key.is_customer_managed()
            & self.bookmark_key.is_customer_managed()
        )


class RunsSecured(Encrypts, Taggable):
    """What may run under a security configuration, which is judged on its own."""

    encryption = "name a security configuration in {security.name}"
    security = LinkTo(to="SecurityConfiguration", cfn="$.SecurityConfiguration", tf="$.security_configuration")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_encrypted(self) -> Verdict:
        return self.security.is_present()


class GlueJob(RunsSecured, Versioned):
    """A job. A Python shell goes by the version of Python."""

    types = ("AWS::Glue::Job", "aws_glue_job")
    slug = "glue-job"
    noun = "Glue job"
    product = "glue"
    version = One(cfn="$.GlueVersion", tf="$.glue_version")
    command = One(cfn="$.Command.Name", tf="$.command[*].name")

    def decides_version(self) -> Verdict:
        return super().decides_version() & ~self.command.equals("pythonshell")


class GlueCrawler(RunsSecured):
    """A crawler."""

    types = ("AWS::Glue::Crawler", "aws_glue_crawler")
    slug = "glue-crawler"
    noun = "Glue crawler"
    security = LinkTo(to="SecurityConfiguration", cfn="$.CrawlerSecurityConfiguration", tf="$.security_configuration")


class GlueDevEndpoint(RunsSecured):
    """A development endpoint."""

    types = ("AWS::Glue::DevEndpoint", "aws_glue_dev_endpoint")
    slug = "glue-dev-endpoint"
    noun = "Glue development endpoint"


class CatalogPolicy(Shared):
    """Who may use the data catalog of an account."""

    types = ("aws_glue_resource_policy",)
    slug = "glue-resource-policy"
    noun = "policy of the data catalog"
    plural = "policies of the data catalog"
    policy = Policy(tf="$.policy")
