"""Amazon Route 53."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag, Many, One
from wascan.kind import Block
from wascan.kinds.families import ChoosesHealthy, Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Answer(ChoosesHealthy):
    """A record, alone or in a group. Which of several of one name is the answer depends on their health, where Route 53
    knows it: by a health check, or for an alias by that of what it leads to (Amazon Route 53 Developer Guide, "How Amazon
    Route 53 chooses records when health checking is configured").
    """

    failover = One(cfn="$.Failover", tf="$.failover_routing_policy[*].type")
    latency = One(cfn="$.Region", tf="$.latency_routing_policy[*].region")
    multi_value = Flag(cfn="$.MultiValueAnswer", tf="$.multivalue_answer_routing_policy")
    health_check = One(cfn="$.HealthCheckId", tf="$.health_check_id")
    target_health = Flag(cfn="$.AliasTarget.EvaluateTargetHealth", tf="$.alias[*].evaluate_target_health")

    def chooses(self) -> Verdict:
        return self.failover.equals("PRIMARY") | self.latency.is_present() | self.multi_value.is_true()

    def knows_health(self) -> Verdict:
        return self.health_check.is_present() | self.target_health.is_true()


class RecordSet(Answer):
    """A record."""

    types = ("AWS::Route53::RecordSet", "aws_route53_record")
    slug = "route53-record"
    noun = "Route 53 record"


class GroupedRecord(Answer, Block):
    """A record of a group."""


class RecordSetGroup(ChoosesHealthy):
    """Records that are changed together."""

    types = ("AWS::Route53::RecordSetGroup",)
    slug = "route53-record-group"
    noun = "Route 53 record group"
    records = Many(block=GroupedRecord, cfn="$.RecordSets[*]")
    health_check = One(cfn="$.RecordSets[*].HealthCheckId")

    def chooses(self) -> Verdict:
        return self.records.any(lambda record: record.chooses())

    def knows_health(self) -> Verdict:
        return self.records.every(lambda record: record.knows_health() | ~record.chooses())


class HostedZone(Logs, Taggable):
    """A hosted zone."""

    types = ("AWS::Route53::HostedZone", "aws_route53_zone")
    slug = "route53-hosted-zone"
    noun = "Route 53 hosted zone"
    logging = "send its queries to a log group"
    networks = Many(cfn="$.VPCs[*].VPCId", tf="$.vpc[*].vpc_id")
    logs = One(
        cfn="$.QueryLoggingConfig", tf=Beside("aws_route53_query_log", "$.cloudwatch_log_group_arn", by="$.zone_id")
    )
    tags = Tags(cfn="$.HostedZoneTags", tf="$.tags")

    def decides_logs(self) -> Verdict:
        """Queries of a private zone are those of its networks, which the Resolver logs."""
        return self.networks.is_empty()

    def is_logged(self) -> Verdict:
        return self.logs.is_present()
