"""Amazon AppFlow."""

from __future__ import annotations

from wascan.attribute import Always
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

_ALWAYS = "Amazon AppFlow User Guide, Data protection in Amazon AppFlow"


class DataFlow(Encrypts, TakesKey, Taggable):
    """A flow of data between services."""

    types = ("AWS::AppFlow::Flow", "aws_appflow_flow")
    slug = "appflow-flow"
    noun = "AppFlow flow"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KMSArn", tf="$.kms_arn")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class ConnectorProfile(Encrypts, TakesKey):
    """How a flow reaches a service, with its credentials."""

    types = ("AWS::AppFlow::ConnectorProfile", "aws_appflow_connector_profile")
    slug = "appflow-connector-profile"
    noun = "AppFlow connector profile"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KMSArn", tf="$.kms_arn")
