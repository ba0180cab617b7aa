"""Amazon CloudWatch Logs: log groups, who else may send logs, and what counts lines of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Many, One
from wascan.kind import Kind
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import Shared
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class LogGroup(Encrypts, TakesKey, Taggable):
    """A log group."""

    types = ("AWS::Logs::LogGroup", "aws_cloudwatch_log_group")
    slug = "log-group"
    noun = "log group"
    own_name = One(cfn="$.LogGroupName", tf="$.name")
    encrypted = Always(True, "Amazon CloudWatch Logs User Guide, Encrypt log data in CloudWatch Logs using AWS KMS")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    days = One(cfn="$.RetentionInDays", tf="$.retention_in_days", default=0)
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_own_key(self) -> Verdict:
        """Any key is: the service has to be let in by the policy of the key, which that of a key of AWS's is not (Amazon
        CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS").
        """
        return self.key.is_present()


class MetricFilter(Kind):
    """What counts lines of a log group that match a pattern, as a metric."""

    types = ("AWS::Logs::MetricFilter", "aws_cloudwatch_log_metric_filter")
    slug = "log-metric-filter"
    noun = "metric filter"
    pattern = One(cfn="$.FilterPattern", tf="$.pattern")
    metrics = Many(cfn="$.MetricTransformations[*].MetricName", tf="$.metric_transformation[*].name")


class LogDestination(Shared):
    """Where other accounts may send their logs. In Terraform its policy is a resource of its own."""

    types = ("AWS::Logs::Destination", "aws_cloudwatch_log_destination_policy")
    slug = "log-destination"
    noun = "log destination"
    policy = Policy(cfn="$.DestinationPolicy", tf="$.access_policy")


class LogsPolicy(Shared):
    """Which services may write to the log groups of an account."""

    types = ("AWS::Logs::ResourcePolicy", "aws_cloudwatch_log_resource_policy")
    slug = "logs-resource-policy"
    noun = "resource policy of CloudWatch Logs"
    plural = "resource policies of CloudWatch Logs"
    policy = Policy(cfn="$.PolicyDocument", tf="$.policy_document")
