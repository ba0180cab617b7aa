"""Amazon Elastic Container Service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, Many, One
from wascan.kinds.exposure import TakesAddress
from wascan.kinds.families import MultiAZ, PassesTagsOn, Redundant, Scales, Taggable, Upgrades
from wascan.kinds.keys import Key
from wascan.kinds.scaling import scalable, scales, scaling_policies
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Audits, Monitored
from wascan.kinds.transit import OpensSessions
from wascan.kinds.zones import Subnets

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class ECSCluster(Audits, Monitored, OpensSessions, Taggable):
    """A cluster of container instances, or a name for tasks on Fargate."""

    types = ("AWS::ECS::Cluster", "aws_ecs_cluster")
    slug = "ecs-cluster"
    noun = "ECS cluster"
    own_name = One(cfn="$.ClusterName", tf="$.name")
    auditing = "set {sessions.name} to DEFAULT or OVERRIDE"
    sessions = One(
        cfn="$.Configuration.ExecuteCommandConfiguration.Logging",
        tf="$.configuration[*].execute_command_configuration[*].logging",
        default="DEFAULT",
    )
    execute = One(
        cfn="$.Configuration.ExecuteCommandConfiguration", tf="$.configuration[*].execute_command_configuration[*]"
    )
    session_key = Key(
        cfn="$.Configuration.ExecuteCommandConfiguration.KmsKeyId",
        tf="$.configuration[*].execute_command_configuration[*].kms_key_id",
    )
    monitoring = "set {insights.name} to enabled or enhanced"
    insights = One(
        cfn="$.ClusterSettings[?@.Name=='containerInsights'].Value", tf="$.setting[?@.name=='containerInsights'].value"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_audited(self) -> Verdict:
        """Whether what people type in a container is logged."""
        return ~self.sessions.equals("NONE")

    def opens_sessions(self) -> Verdict:
        return self.execute.is_present()

    def is_monitored(self) -> Verdict:
        """Whether Container Insights is on."""
        return self.insights.one_of("enabled", "enhanced")


class TaskSet(TakesAddress, Taggable):
    """A set of tasks that somebody else than ECS puts in the place of another."""

    types = ("AWS::ECS::TaskSet", "aws_ecs_task_set")
    slug = "ecs-task-set"
    noun = "ECS task set"
    public_address = Flag(
        on=("ENABLED", "true"),
        cfn="$.NetworkConfiguration.AwsVpcConfiguration.AssignPublicIp",
        tf="$.network_configuration[*].assign_public_ip",
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class ECSService(MultiAZ, Redundant, Scales, Upgrades, PassesTagsOn, TakesAddress):
    """What keeps a number of tasks running. A task with a network interface of its own is put into one of the subnets that
    the service names; any other shares the host's network, and is where its host is.

    Without a count CloudFormation starts one task (AWS CloudFormation Template Reference Guide, "AWS::ECS::Service"),
    the Terraform provider none.
    """

    types = ("AWS::ECS::Service", "aws_ecs_service")
    slug = "ecs-service"
    noun = "ECS service"
    spread = "put subnets of two Availability Zones into {subnets}"
    scaling = "register the service as a scalable target with room to grow, and give it a scaling policy"
    own_name = One(cfn="$.ServiceName", tf="$.name")
    strategy = One(cfn="$.SchedulingStrategy", tf="$.scheduling_strategy", default="REPLICA")
    redundancy = "set {instances}, and the minimum of its scaling no lower"
    instances = One(cfn="$.DesiredCount", tf="$.desired_count", default={"cfn": 1, "tf": 0})
    subnets = Subnets(
        cfn="$.NetworkConfiguration.AwsvpcConfiguration.Subnets[*]", tf="$.network_configuration[*].subnets[*]"
    )
    auto_scaling = scalable()
    policies = scaling_policies()
    launch_type = One(cfn="$.LaunchType", tf="$.launch_type")
    capacity = Many(
        cfn="$.CapacityProviderStrategy[*].CapacityProvider", tf="$.capacity_provider_strategy[*].capacity_provider"
    )
    auto_upgrade = Flag(on=("LATEST", "1.4.0"), cfn="$.PlatformVersion", tf="$.platform_version", default=True)
    controller = One(cfn="$.DeploymentController.Type", tf="$.deployment_controller[*].type", default="ECS")
    circuit_breaker = Flag(
        cfn="$.DeploymentConfiguration.DeploymentCircuitBreaker.Rollback", tf="$.deployment_circuit_breaker[*].rollback"
    )
    alarm_rollback = Flag(cfn="$.DeploymentConfiguration.Alarms.Rollback", tf="$.alarms[*].rollback")
    handing_on = "set {propagated.name} to SERVICE, or to TASK_DEFINITION"
    propagated = One(cfn="$.PropagateTags", tf="$.propagate_tags")
    public_address = Flag(
        on=("ENABLED", "true"),
        cfn="$.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp",
        tf="$.network_configuration[*].assign_public_ip",
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def passes_tags_on(self) -> Verdict:
        return self.propagated.one_of("SERVICE", "TASK_DEFINITION")

    def is_replicated(self) -> Verdict:
        """Whether it keeps a number of tasks, and not one on each host."""
        return ~self.strategy.equals("DAEMON")

    def decides_zones(self) -> Verdict:
        """Tasks in the network of their host are where that is."""
        return ~self.subnets.is_empty()

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_zones()

    def decides_instances(self) -> Verdict:
        return self.is_replicated()

    def runs_at_least(self, count: int) -> Verdict:
        """Where the service is scaled, the least that scaling leaves it holds."""
        unscaled = self.auto_scaling.is_empty()
        scaled = self.auto_scaling.every(lambda target: target.least.at_least(count))
        return (~unscaled & scaled) | (unscaled & self.instances.at_least(count))

    def has_fixed_capacity(self) -> Verdict:
        return self.is_replicated()

    def follows_demand(self) -> Verdict:
        return scales(self.auto_scaling, self.policies)

    def decides_upgrades(self) -> Verdict:
        """Only Fargate has a platform version. Revisions of 1.4.0 come by themselves (Amazon ECS Developer Guide, "Fargate
        platform versions for Amazon ECS").
        """
        return self.launch_type.equals("FARGATE") | self.capacity.any(
            lambda provider: provider.one_of("FARGATE", "FARGATE_SPOT")
        )

    def rolls_out_itself(self) -> Verdict:
        """Whether ECS, and not CodeDeploy or somebody else, replaces its tasks."""
        return self.controller.equals("ECS")

    def rolls_back(self) -> Verdict:
        """Whether a deployment whose tasks do not come up, or that sets off an alarm, is undone."""
        return self.circuit_breaker.is_true() | self.alarm_rollback.is_true()
