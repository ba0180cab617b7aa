"""AWS App Runner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kinds.families import MultiAZ, Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.zones import Subnets

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class VpcConnector(MultiAZ, Taggable):
    """The way of a service into a VPC."""

    types = ("AWS::AppRunner::VpcConnector", "aws_apprunner_vpc_connector")
    slug = "app-runner-vpc-connector"
    noun = "App Runner VPC connector"
    spread = "put subnets of two Availability Zones into {subnets}"
    subnets = Subnets(cfn="$.Subnets[*]", tf="$.subnets[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_zones()
