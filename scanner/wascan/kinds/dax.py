"""Amazon DynamoDB Accelerator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, Many, One
from wascan.kinds.families import Encrypts, MultiAZ, Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.transit import EncryptsInTransit

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class AcceleratorCluster(Encrypts, MultiAZ, EncryptsInTransit, Taggable):
    """A cluster of nodes, which AWS spreads over zones unless their zones are given."""

    types = ("AWS::DAX::Cluster", "aws_dax_cluster")
    slug = "dax-cluster"
    noun = "DAX cluster"
    spread = "set {nodes.name} to 3 or more"
    encrypted = Flag(cfn="$.SSESpecification.SSEEnabled", tf="$.server_side_encryption[*].enabled")
    nodes = One(cfn="$.ReplicationFactor", tf="$.replication_factor")
    zones = Many(cfn="$.AvailabilityZones[*]", tf="$.availability_zones[*]")
    transit = "set {in_transit}"
    in_transit = Flag(on=("TLS",), cfn="$.ClusterEndpointEncryptionType", tf="$.cluster_endpoint_encryption_type")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        """There are nodes in two zones."""
        return self.nodes.at_least(2) & (self.zones.is_empty() | self.zones.distinct_at_least(2))

    def encrypts_in_transit(self) -> Verdict:
        return self.in_transit.is_true()
