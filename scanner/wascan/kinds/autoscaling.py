"""Amazon EC2 Auto Scaling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Many, One
from wascan.kinds.families import Attributed, MultiAZ, PassesTagsOn, Redundant, Scales
from wascan.kinds.scaling import leaves_room
from wascan.kinds.tags import Tags
from wascan.kinds.zones import Subnets, Zones
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_MIXED = "$.MixedInstancesPolicy.LaunchTemplate"
_MIXED_TF = "$.mixed_instances_policy[*].launch_template[*]"


class AutoScalingGroup(MultiAZ, Scales, Redundant, Attributed, PassesTagsOn):
    """A group of EC2 instances. It lies in the zones of its subnets, or of those default subnets whose zones it names
    (Amazon EC2 Auto Scaling User Guide, "Add an Availability Zone").
    """

    types = ("AWS::AutoScaling::AutoScalingGroup", "aws_autoscaling_group")
    slug = "autoscaling-group"
    noun = "Auto Scaling group"
    spread = "put subnets of two Availability Zones into {subnets}"
    scaling = "add a scaling policy for the group, and leave room between {instances.name} and {most.name}"
    own_name = One(cfn="$.AutoScalingGroupName", tf="$.name")
    subnets = Subnets(cfn="$.VPCZoneIdentifier[*]", tf="$.vpc_zone_identifier[*]")
    zones = Zones(
        cfn=("$.AvailabilityZoneIds[*]", "$.AvailabilityZones[*]"),
        tf="$.availability_zones[*]",
    )
    instances = One(cfn="$.MinSize", tf="$.min_size")
    most = One(cfn="$.MaxSize", tf="$.max_size")
    scaled_by = Many(
        cfn=(
            Beside("AWS::AutoScaling::ScalingPolicy", "$.AutoScalingGroupName", by="$.AutoScalingGroupName"),
            Beside("AWS::AutoScaling::ScheduledAction", "$.AutoScalingGroupName", by="$.AutoScalingGroupName"),
            Beside(
                "AWS::ECS::CapacityProvider",
                "$.AutoScalingGroupProvider.ManagedScaling.Status",
                by="$.AutoScalingGroupProvider.AutoScalingGroupArn",
            ),
        ),
        tf=(
            Beside("aws_autoscaling_policy", "$.name", by="$.autoscaling_group_name"),
            Beside("aws_autoscaling_schedule", "$.scheduled_action_name", by="$.autoscaling_group_name"),
            Beside(
                "aws_ecs_capacity_provider",
                "$.auto_scaling_group_provider[*].managed_scaling[*].status",
                by="$.auto_scaling_group_provider[*].auto_scaling_group_arn",
            ),
        ),
    )
    health_check = One(cfn="$.HealthCheckType", tf="$.health_check_type", default="EC2")
    balanced_by = Many(
        cfn=("$.TargetGroupARNs[*]", "$.LoadBalancerNames[*]", "$.TrafficSources[*].Identifier"),
        tf=(
            "$.target_group_arns[*]",
            "$.load_balancers[*]",
            "$.traffic_source[*].identifier",
            Beside("aws_autoscaling_attachment", "$.autoscaling_group_name", by="$.autoscaling_group_name"),
            Beside(
                "aws_autoscaling_traffic_source_attachment",
                "$.traffic_source[*].identifier",
                by="$.autoscaling_group_name",
            ),
        ),
    )
    template = One(cfn=(_MIXED, "$.LaunchTemplate"), tf=(_MIXED_TF, "$.launch_template[*]"))
    instance_types = Many(
        cfn=f"{_MIXED}.Overrides[*].InstanceType",
        tf=f"{_MIXED_TF}.override[*].instance_type",
    )
    requirements = Many(
        cfn=f"{_MIXED}.Overrides[*].InstanceRequirements",
        tf=f"{_MIXED_TF}.override[*].instance_requirements[*]",
    )
    handing_on = "set {propagated.name} to true"
    propagated = Many(cfn="$.Tags[*].PropagateAtLaunch", tf="$.tag[*].propagate_at_launch")
    tags = Tags(cfn="$.Tags", tf="$.tag")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_zones() | (self.subnets.is_empty() & self.zones.in_two_zones())

    def follows_demand(self) -> Verdict:
        """A group changes its size only where a policy, a schedule or a capacity provider says so."""
        return ~self.scaled_by.is_empty() & leaves_room(self.instances, self.most)

    def has_fixed_capacity(self) -> Verdict:
        """A group of one is there to replace an instance that fails."""
        return ~self.most.at_most(1)

    def passes_tags_on(self) -> Verdict:
        """Tags of the stack go to the instances in any case (AWS CloudFormation User Guide, "Resource tags")."""
        return known(bool(self._resource.scope.tags)) | self.propagated.any(
            lambda item: item.is_true(), "a tag that is propagated"
        )

    def is_balanced(self) -> Verdict:
        """Whether a load balancer sends it traffic."""
        return ~self.balanced_by.is_empty()

    def heeds_the_load_balancer(self) -> Verdict:
        """Whether an instance is replaced when the load balancer finds it unhealthy. Several checks may be listed with
        commas.
        """
        return self.health_check.holds("ELB", "VPC_LATTICE")

    def takes_several_types(self) -> Verdict:
        """Whether it can start instances of a second type."""
        return ~self.requirements.is_empty() | self.instance_types.distinct_at_least(2)
