"""Groups of subnets for clusters that AWS also makes in one zone.

It takes no group in one zone for RDS, DocumentDB, Neptune and DMS (Amazon RDS API Reference, "CreateDBSubnetGroup";
AWS DMS API Reference, "CreateReplicationSubnetGroup": an error of its own says that it covers too few), so that there
is nothing to ask of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kinds.families import MultiAZ, Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.zones import Subnets

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class _InSubnets(MultiAZ):
    spread = "add a subnet of another Availability Zone to {subnets}"
    subnets = Subnets(cfn="$.SubnetIds[*]", tf="$.subnet_ids[*]")

    def in_several_zones(self) -> Verdict:
        """Its clusters are in no other zones than its subnets."""
        return self.subnets.in_two_zones()


class SubnetGroup(_InSubnets, Taggable):
    """The subnets that the clusters of a VPC may be in."""

    types = (
        "AWS::ElastiCache::SubnetGroup",
        "AWS::MemoryDB::SubnetGroup",
        "AWS::Redshift::ClusterSubnetGroup",
        "aws_elasticache_subnet_group",
        "aws_memorydb_subnet_group",
        "aws_redshift_subnet_group",
    )
    slug = "cluster-subnet-group"
    noun = "subnet group of clusters"
    plural = "subnet groups of clusters"
    tags = Tags(cfn="$.Tags", tf="$.tags")


class AcceleratorSubnetGroup(_InSubnets):
    """The same for DAX, which gives them no tags."""

    types = ("AWS::DAX::SubnetGroup", "aws_dax_subnet_group")
    slug = "dax-subnet-group"
    noun = "DAX subnet group"
