"""Amazon RDS Proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kinds.families import MultiAZ, Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.zones import Subnets

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class DBProxy(MultiAZ, Taggable):
    """A pool of connections before a database. AWS makes it only with subnets of two zones (Amazon RDS User Guide,
    "Planning where to use RDS Proxy").
    """

    types = ("AWS::RDS::DBProxy", "aws_db_proxy")
    slug = "rds-proxy"
    noun = "RDS proxy"
    spread = "put subnets of two Availability Zones into {subnets}"
    subnets = Subnets(cfn="$.VpcSubnetIds[*]", tf="$.vpc_subnet_ids[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_subnets()
