"""AWS Batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import One
from wascan.kinds.families import MultiAZ, Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.zones import Subnets

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class ComputeEnvironment(MultiAZ, Taggable):
    """Where jobs run. Of an unmanaged one AWS knows no subnets."""

    types = ("AWS::Batch::ComputeEnvironment", "aws_batch_compute_environment")
    slug = "batch-compute-environment"
    noun = "Batch compute environment"
    spread = "put subnets of two Availability Zones into {subnets}"
    form = One(cfn="$.Type", tf="$.type")
    subnets = Subnets(cfn="$.ComputeResources.Subnets[*]", tf="$.compute_resources[*].subnets[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_zones(self) -> Verdict:
        """Upper and lower case are the same to Batch."""
        return ~self.form.one_of("UNMANAGED", "unmanaged")

    def in_several_zones(self) -> Verdict:
        return self.subnets.in_two_zones()
