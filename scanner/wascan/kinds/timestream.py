"""Amazon Timestream, with its managed InfluxDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag
from wascan.kinds.exposure import Publishable
from wascan.kinds.families import DataStore, Encrypts, MultiAZ, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_ENCRYPTION = "Amazon Timestream Developer Guide, Encryption at rest"


class TimestreamDatabase(Encrypts, TakesKey, Taggable):
    """A database, whose key encrypts its tables."""

    types = ("AWS::Timestream::Database", "aws_timestreamwrite_database")
    slug = "timestream-database"
    noun = "Timestream database"
    encrypted = Always(True, _ENCRYPTION)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class TimestreamTable(DataStore, Taggable):
    """A table."""

    types = ("AWS::Timestream::Table", "aws_timestreamwrite_table")
    slug = "timestream-table"
    noun = "Timestream table"
    tags = Tags(cfn="$.Tags", tf="$.tags")


class InfluxDBInstance(Encrypts, MultiAZ, Publishable, Taggable):
    """An instance of InfluxDB."""

    types = ("AWS::Timestream::InfluxDBInstance", "aws_timestreaminfluxdb_db_instance")
    slug = "timestream-influxdb-instance"
    noun = "Timestream InfluxDB instance"
    encrypted = Always(True, _ENCRYPTION)
    multi_az = Flag(on=("WITH_MULTIAZ_STANDBY",), cfn="$.DeploymentType", tf="$.deployment_type")
    public = Flag(cfn="$.PubliclyAccessible", tf="$.publicly_accessible")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        """A standby is in a second zone."""
        return self.multi_az.is_true()
