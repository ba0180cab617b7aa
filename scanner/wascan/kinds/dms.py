"""AWS Database Migration Service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, Many, One
from wascan.kinds.exposure import InGroups, Publishable
from wascan.kinds.families import Encrypts, MultiAZ, Taggable, TakesKey, Upgrades
from wascan.kinds.keys import Key
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.kinds.transit import EncryptsInTransit
from wascan.verdict import PASS

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_ENCRYPTION = "AWS Database Migration Service User Guide, Setting an encryption key and specifying AWS KMS permissions"

_WITH_SSL_MODE = (
    "aurora",
    "aurora-postgresql",
    "azuredb",
    "db2",
    "db2-zos",
    "docdb",
    "mariadb",
    "mongodb",
    "mysql",
    "oracle",
    "postgres",
    "redshift",
    "sqlserver",
    "sybase",
)
"""Engines to which an endpoint connects as a client of a database (AWS Database Migration Service User Guide, "Using SSL with
AWS Database Migration Service")."""

_LOGGING = re.compile(r'"EnableLogging"\s*:\s*true', re.IGNORECASE)


class ReplicationInstance(Encrypts, TakesKey, MultiAZ, Upgrades, Publishable, InGroups, Taggable):
    """A replication instance, which keeps what it is moving. Unless told otherwise AWS upgrades its minor versions; the
    Terraform provider tells it not to.
    """

    types = ("AWS::DMS::ReplicationInstance", "aws_dms_replication_instance")
    slug = "dms-replication-instance"
    noun = "DMS replication instance"
    encrypted = Always(True, _ENCRYPTION)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_arn")
    multi_az = Flag(cfn="$.MultiAZ", tf="$.multi_az")
    auto_upgrade = Flag(
        cfn="$.AutoMinorVersionUpgrade", tf="$.auto_minor_version_upgrade", default={"cfn": True, "tf": False}
    )
    public = Flag(cfn="$.PubliclyAccessible", tf="$.publicly_accessible", default={"cfn": True, "tf": False})
    groups = Many(cfn="$.VpcSecurityGroupIds[*]", tf="$.vpc_security_group_ids[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        """A standby in a second zone is what ``MultiAZ`` makes."""
        return self.multi_az.is_true()


class ReplicationConfig(Encrypts, TakesKey, MultiAZ, Taggable):
    """A serverless replication."""

    types = ("AWS::DMS::ReplicationConfig", "aws_dms_replication_config")
    slug = "dms-replication-config"
    noun = "DMS serverless replication"
    encrypted = Always(True, _ENCRYPTION)
    key = Key(cfn="$.ComputeConfig.KmsKeyId", tf="$.compute_config[*].kms_key_id")
    multi_az = Flag(cfn="$.ComputeConfig.MultiAZ", tf="$.compute_config[*].multi_az")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        """As for an instance."""
        return self.multi_az.is_true()


class MigrationEndpoint(Encrypts, TakesKey, EncryptsInTransit, HoldsSecrets, Taggable):
    """An endpoint, which keeps how to get at a database. That of Redis is encrypted unless told not to be (AWS DMS API
    Reference, "RedisSettings").
    """

    types = ("AWS::DMS::Endpoint", "aws_dms_endpoint", "aws_dms_s3_endpoint")
    slug = "dms-endpoint"
    noun = "DMS endpoint"
    encrypted = Always(True, _ENCRYPTION)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_arn")
    transit = "set {ssl_mode.name} to require, verify-ca or verify-full, and that of Redis in {redis_ssl.name} to ssl-encryption"
    engine = One(cfn="$.EngineName", tf="$.engine_name")
    ssl_mode = One(cfn="$.SslMode", tf="$.ssl_mode", default="none")
    redis_ssl = One(
        cfn="$.RedisSettings.SslSecurityProtocol",
        tf="$.redis_settings[*].ssl_security_protocol",
        default="ssl-encryption",
    )
    secrets = Secrets(cfn=("$.MongoDbSettings.Password", "$.Password"), tf="$.password")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def encrypts_in_transit(self) -> Verdict:
        if self.engine.equals("redis").truth is PASS:
            return self.redis_ssl.equals("ssl-encryption")
        return self.ssl_mode.one_of("require", "verify-ca", "verify-full")

    def decides_transit(self) -> Verdict:
        """Services of AWS are called over HTTPS, and some engines have settings of their own."""
        return self.engine.one_of(*_WITH_SSL_MODE, "redis")


class ReplicationTask(Logs, Taggable):
    """A task of a replication instance."""

    types = ("AWS::DMS::ReplicationTask", "aws_dms_replication_task")
    slug = "dms-replication-task"
    noun = "DMS replication task"
    logging = "set EnableLogging to true in {settings.name}"
    settings = One(cfn="$.ReplicationTaskSettings", tf="$.replication_task_settings")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_logged(self) -> Verdict:
        return self.settings.satisfies(lambda text: _LOGGING.search(text) is not None, "logging")
