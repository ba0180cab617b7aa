"""Amazon Managed Streaming for Apache Kafka."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, Many, One
from wascan.kinds.exposure import Publishable
from wascan.kinds.families import Encrypts, Taggable, TakesKey, Versioned
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs, Monitored
from wascan.kinds.transit import EncryptsBetweenNodes, EncryptsInTransit

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_ALWAYS = "Amazon MSK Developer Guide, Amazon MSK encryption at rest"


class KafkaCluster(
    Encrypts, TakesKey, Versioned, Publishable, EncryptsInTransit, EncryptsBetweenNodes, Logs, Monitored, Taggable
):
    """A cluster. Its brokers are spread over two zones or three, for it takes no fewer subnets."""

    types = ("AWS::MSK::Cluster", "aws_msk_cluster")
    slug = "msk-cluster"
    noun = "MSK cluster"
    product = "msk"
    own_name = One(cfn="$.ClusterName", tf="$.cluster_name")
    encrypted = Always(True, _ALWAYS)
    key = Key(
        cfn="$.EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId",
        tf="$.encryption_info[*].encryption_at_rest_kms_key_arn",
    )
    version = One(cfn="$.KafkaVersion", tf="$.kafka_version")
    public = Flag(
        on=("SERVICE_PROVIDED_EIPS",),
        cfn="$.BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type",
        tf="$.broker_node_group_info[*].connectivity_info[*].public_access[*].type",
    )
    transit = "set {clients.name} to TLS"
    clients = One(
        cfn="$.EncryptionInfo.EncryptionInTransit.ClientBroker",
        tf="$.encryption_info[*].encryption_in_transit[*].client_broker",
        default="TLS",
    )
    between_nodes = Flag(
        cfn="$.EncryptionInfo.EncryptionInTransit.InCluster",
        tf="$.encryption_info[*].encryption_in_transit[*].in_cluster",
        default=True,
    )
    logging = "switch on one of the places in {logs.name}"
    logs = Many(
        cfn=(
            "$.LoggingInfo.BrokerLogs.CloudWatchLogs.Enabled",
            "$.LoggingInfo.BrokerLogs.Firehose.Enabled",
            "$.LoggingInfo.BrokerLogs.S3.Enabled",
        ),
        tf=(
            "$.logging_info[*].broker_logs[*].cloudwatch_logs[*].enabled",
            "$.logging_info[*].broker_logs[*].firehose[*].enabled",
            "$.logging_info[*].broker_logs[*].s3[*].enabled",
        ),
    )
    monitoring = "set {metrics.name} to PER_BROKER or more"
    metrics = One(cfn="$.EnhancedMonitoring", tf="$.enhanced_monitoring", default="DEFAULT")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def encrypts_in_transit(self) -> Verdict:
        """Clients are to use TLS unless told otherwise (Amazon MSK API Reference, "EncryptionInTransit")."""
        return self.clients.equals("TLS")

    def is_logged(self) -> Verdict:
        return self.logs.any(lambda place: place.is_true(), "a place for logs")

    def is_monitored(self) -> Verdict:
        return ~self.metrics.equals("DEFAULT")


class ServerlessKafkaCluster(Encrypts, Taggable):
    """A serverless cluster, whose key is AWS's affair."""

    types = ("AWS::MSK::ServerlessCluster", "aws_msk_serverless_cluster")
    slug = "msk-serverless-cluster"
    noun = "MSK Serverless cluster"
    own_name = One(cfn="$.ClusterName", tf="$.cluster_name")
    encrypted = Always(True, _ALWAYS)
    tags = Tags(cfn="$.Tags", tf="$.tags")
