"""Amazon GuardDuty."""

from __future__ import annotations

from wascan.attribute import Flag
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags


class Detector(Taggable):
    """What looks for attacks in the logs of an account and Region."""

    types = ("AWS::GuardDuty::Detector", "aws_guardduty_detector")
    slug = "guardduty-detector"
    noun = "GuardDuty detector"
    enabled = Flag(cfn="$.Enable", tf="$.enable", default={"cfn": False, "tf": True})
    tags = Tags(cfn="$.Tags", tf="$.tags")
