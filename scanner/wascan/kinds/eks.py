"""Amazon Elastic Kubernetes Service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, Many, One
from wascan.kinds.addresses import is_anywhere
from wascan.kinds.exposure import HasEndpoint
from wascan.kinds.families import Encrypts, MultiAZ, Protected, Scales, Taggable, TakesKey, Versioned
from wascan.kinds.keys import Key
from wascan.kinds.scaling import leaves_room
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Audits, Logs
from wascan.kinds.zones import Subnets
from wascan.verdict import all_of, known

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class EKSCluster(Encrypts, TakesKey, Protected, MultiAZ, Versioned, HasEndpoint, Logs, Audits, Taggable):
    """A Kubernetes control plane. AWS makes it only with subnets in two zones (Amazon EKS User Guide, "View Amazon EKS
    networking requirements for VPC and subnets").
    """

    types = ("AWS::EKS::Cluster", "aws_eks_cluster")
    slug = "eks-cluster"
    noun = "EKS cluster"
    product = "eks"
    own_name = One(cfn="$.Name", tf="$.name")
    spread = "put subnets of two Availability Zones into {subnets}"
    version = One(cfn="$.Version", tf="$.version")
    subnets = Subnets(cfn="$.ResourcesVpcConfig.SubnetIds[*]", tf="$.vpc_config[*].subnet_ids[*]")
    encrypted = Always(True, "Amazon EKS User Guide, Default envelope encryption for all Kubernetes API Data")
    key = Key(cfn="$.EncryptionConfig[*].Provider.KeyArn", tf="$.encryption_config[*].provider[*].key_arn")
    deletion_protection = Flag(cfn="$.DeletionProtection")
    privacy = "set {public_endpoint.name} to false, and switch private access on"
    public_endpoint = Flag(
        cfn="$.ResourcesVpcConfig.EndpointPublicAccess", tf="$.vpc_config[*].endpoint_public_access", default=True
    )
    endpoint_clients = Many(
        cfn="$.ResourcesVpcConfig.PublicAccessCidrs[*]", tf="$.vpc_config[*].public_access_cidrs[*]"
    )
    logging = "put api, audit, authenticator, controllerManager and scheduler into {log_types.name}"
    auditing = "put audit into {log_types.name}"
    log_types = Many(cfn="$.Logging.ClusterLogging.EnabledTypes[*].Type", tf="$.enabled_cluster_log_types[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_protection(self) -> Verdict:
        """The Terraform provider had no argument for it before its version 6."""
        return known(self._resource.dialect != "tf")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_subnets()

    def has_private_endpoint(self) -> Verdict:
        return self.public_endpoint.is_false()

    def names_endpoint_clients(self) -> Verdict:
        """Whether only some addresses get to the public endpoint; without any named, all do (Amazon EKS User Guide,
        "Cluster API server endpoint").
        """
        return ~self.endpoint_clients.is_empty() & self.endpoint_clients.none(is_anywhere)

    def is_logged(self) -> Verdict:
        """All of its logs are written."""
        return all_of(self._writes(log) for log in ("api", "audit", "authenticator", "controllerManager", "scheduler"))

    def is_audited(self) -> Verdict:
        return self._writes("audit")

    def _writes(self, log: str) -> Verdict:
        return self.log_types.any(lambda one: one.equals(log), log)


class EKSNodeGroup(MultiAZ, Scales, Versioned, Taggable):
    """Instances for the pods of a cluster. What moves their number within its bounds runs in the cluster itself.

    The bounds are 1 and 2 where nobody gives any (Amazon EKS API Reference, "NodegroupScalingConfig"). A key for SSH without
    groups that may use it opens port 22 to everybody (same place, "RemoteAccessConfig").
    """

    types = ("AWS::EKS::Nodegroup", "aws_eks_node_group")
    slug = "eks-node-group"
    noun = "EKS node group"
    product = "eks"
    spread = "put subnets of two Availability Zones into {subnets}"
    scaling = "leave room between {least.name} and {most.name}"
    version = One(cfn="$.Version", tf="$.version")
    subnets = Subnets(cfn="$.Subnets[*]", tf="$.subnet_ids[*]")
    least = One(cfn="$.ScalingConfig.MinSize", tf="$.scaling_config[*].min_size", default=1)
    most = One(cfn="$.ScalingConfig.MaxSize", tf="$.scaling_config[*].max_size", default=2)
    ssh_key = One(cfn="$.RemoteAccess.Ec2SshKey", tf="$.remote_access[*].ec2_ssh_key")
    ssh_clients = Many(
        cfn="$.RemoteAccess.SourceSecurityGroups[*]", tf="$.remote_access[*].source_security_group_ids[*]"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_zones()

    def follows_demand(self) -> Verdict:
        return leaves_room(self.least, self.most)


class FargateProfile(MultiAZ, Taggable):
    """Which pods run on Fargate, and in which subnets."""

    types = ("AWS::EKS::FargateProfile", "aws_eks_fargate_profile")
    slug = "eks-fargate-profile"
    noun = "EKS Fargate profile"
    spread = "put subnets of two Availability Zones into {subnets}"
    subnets = Subnets(cfn="$.Subnets[*]", tf="$.subnet_ids[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_zones(self) -> Verdict:
        """Where it names no subnets, AWS takes the private ones of the cluster."""
        return ~self.subnets.is_empty()

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_zones()
