"""AWS IoT Core."""

from __future__ import annotations

from wascan.attribute import One
from wascan.kinds.families import Taggable
from wascan.kinds.permissions import Grants
from wascan.kinds.policies import Policy
from wascan.kinds.tags import Tags


class DevicePolicy(Grants, Taggable):
    """What the certificate of a device may do."""

    types = ("AWS::IoT::Policy", "aws_iot_policy")
    slug = "iot-policy"
    noun = "IoT policy"
    own_name = One(cfn="$.PolicyName", tf="$.name")
    grants = Policy(cfn="$.PolicyDocument", tf="$.policy")
    tags = Tags(cfn="$.Tags", tf="$.tags")
