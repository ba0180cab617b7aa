"""Amazon CloudFront."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Block, Many
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class OriginGroup(Block):
    """Origins of which the second is asked when the first fails."""

    members = Many(cfn="$.Members.Items[*].OriginId", tf="$.member[*].origin_id")


class Distribution(Taggable):
    """A distribution."""

    types = ("AWS::CloudFront::Distribution", "aws_cloudfront_distribution")
    slug = "cloudfront-distribution"
    noun = "CloudFront distribution"
    origin_groups = Many(block=OriginGroup, cfn="$.DistributionConfig.OriginGroups.Items[*]", tf="$.origin_group[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def fails_over(self) -> Verdict:
        """Whether there is an origin to go to when another fails."""
        return self.origin_groups.any(lambda group: group.members.count_at_least(2), "a group of two origins")
