"""Amazon Data Firehose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, One
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class DeliveryStream(Encrypts, TakesKey, HoldsSecrets, Taggable):
    """A delivery stream. One that reads from another stream leaves encryption to that (Amazon Data Firehose Developer
    Guide, "Data protection in Amazon Data Firehose").
    """

    types = ("AWS::KinesisFirehose::DeliveryStream", "aws_kinesis_firehose_delivery_stream")
    slug = "firehose-delivery-stream"
    noun = "Firehose delivery stream"
    own_name = One(cfn="$.DeliveryStreamName", tf="$.name")
    source = One(
        cfn=(
            "$.KinesisStreamSourceConfiguration.KinesisStreamARN",
            "$.MSKSourceConfiguration.MSKClusterARN",
            "$.DatabaseSourceConfiguration.Endpoint",
        ),
        tf=("$.kinesis_source_configuration[*].kinesis_stream_arn", "$.msk_source_configuration[*].msk_cluster_arn"),
    )
    encrypted = Flag(
        on=("AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK", "true"),
        cfn="$.DeliveryStreamEncryptionConfigurationInput.KeyType",
        tf="$.server_side_encryption[*].enabled",
    )
    key = Key(cfn="$.DeliveryStreamEncryptionConfigurationInput.KeyARN", tf="$.server_side_encryption[*].key_arn")
    secrets = Secrets(
        cfn=("$.RedshiftDestinationConfiguration.Password", "$.SplunkDestinationConfiguration.HECToken"),
        tf=("$.redshift_configuration[*].password", "$.splunk_configuration[*].hec_token"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_encryption(self) -> Verdict:
        return self.source.is_absent()
