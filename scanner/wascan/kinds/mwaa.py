"""Amazon Managed Workflows for Apache Airflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Many, One
from wascan.kinds.exposure import HasEndpoint
from wascan.kinds.families import Encrypts, MultiAZ, Scales, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.scaling import leaves_room
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.kinds.zones import Subnets

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class AirflowEnvironment(Encrypts, TakesKey, MultiAZ, Scales, HasEndpoint, Logs, Taggable):
    """An Airflow environment, in two subnets of different zones. Its workers follow the queue between two bounds, 1 and 10
    unless somebody sets them (Amazon MWAA User Guide, "Configuring Amazon MWAA worker automatic scaling").
    """

    types = ("AWS::MWAA::Environment", "aws_mwaa_environment")
    slug = "mwaa-environment"
    noun = "MWAA environment"
    spread = "put subnets of two Availability Zones into {subnets}"
    scaling = "leave room between {least.name} and {most.name}"
    encrypted = Always(True, "Amazon MWAA User Guide, Encryption on Amazon MWAA")
    key = Key(cfn="$.KmsKey", tf="$.kms_key")
    subnets = Subnets(cfn="$.NetworkConfiguration.SubnetIds[*]", tf="$.network_configuration[*].subnet_ids[*]")
    least = One(cfn="$.MinWorkers", tf="$.min_workers", default=1)
    most = One(cfn="$.MaxWorkers", tf="$.max_workers", default=10)
    privacy = "set {web_access.name} to PRIVATE_ONLY"
    web_access = One(cfn="$.WebserverAccessMode", tf="$.webserver_access_mode", default="PRIVATE_ONLY")
    logging = "switch on each of the logs in {logs.name}"
    logs = Many(
        cfn=(
            "$.LoggingConfiguration.DagProcessingLogs.Enabled",
            "$.LoggingConfiguration.SchedulerLogs.Enabled",
            "$.LoggingConfiguration.TaskLogs.Enabled",
            "$.LoggingConfiguration.WebserverLogs.Enabled",
            "$.LoggingConfiguration.WorkerLogs.Enabled",
        ),
        tf=(
            "$.logging_configuration[*].dag_processing_logs[*].enabled",
            "$.logging_configuration[*].scheduler_logs[*].enabled",
            "$.logging_configuration[*].task_logs[*].enabled",
            "$.logging_configuration[*].webserver_logs[*].enabled",
            "$.logging_configuration[*].worker_logs[*].enabled",
        ),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_subnets()

    def follows_demand(self) -> Verdict:
        return leaves_room(self.least, self.most)

    def has_private_endpoint(self) -> Verdict:
        return self.web_access.equals("PRIVATE_ONLY")

    def is_logged(self) -> Verdict:
        """All five of its logs are written; in Terraform the one of tasks is unless somebody switches it off."""
        return self.logs.every(lambda log: log.is_true()) & self.logs.count_at_least(5)
