"""AWS WAF: web ACLs, new and classic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Attribute, Beside, Flag, Many
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.attribute import Switch
    from wascan.value import Values
    from wascan.verdict import Verdict


class Inspects(Logs):
    """A web ACL: `rules` are what it looks at requests with."""

    noun = "web ACL"
    logging = "log the requests that it allows and blocks to a log group, a bucket or Firehose"
    rules: Attribute[Values]
    logs: Attribute[Switch]

    def is_logged(self) -> Verdict:
        return self.logs.is_true()


class WebACL(Inspects, Taggable):
    """A web ACL."""

    types = ("AWS::WAFv2::WebACL", "aws_wafv2_web_acl")
    slug = "wafv2-web-acl"
    noun = "web ACL"
    rules = Many(
        cfn="$.Rules[*]",
        tf=(
            Beside("aws_wafv2_web_acl_rule_group_association", "$", by="$.web_acl_arn"),
            Beside("aws_wafv2_web_acl_rule", "$", by="$.web_acl_arn"),
            "$.rule_json",
            "$.rule[*]",
        ),
    )
    logs = Flag(
        by_presence=True,
        cfn=Beside("AWS::WAFv2::LoggingConfiguration", "$.ResourceArn", by="$.ResourceArn"),
        tf=Beside("aws_wafv2_web_acl_logging_configuration", "$.resource_arn", by="$.resource_arn"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class _Classic(Inspects, Taggable):
    """A web ACL of AWS WAF Classic, whose log and tags CloudFormation cannot set."""

    rules = Many(cfn="$.Rules[*]", tf="$.rules[*]")
    logs = Flag(by_presence=True, tf="$.logging_configuration[*].log_destination")
    tags = Tags(tf="$.tags")

    def decides_logs(self) -> Verdict:
        return known(self._resource.dialect == "tf")

    def takes_tags(self) -> Verdict:
        return known(self._resource.dialect == "tf")


class GlobalWebACL(_Classic):
    """One for CloudFront."""

    types = ("AWS::WAF::WebACL", "aws_waf_web_acl")
    slug = "waf-web-acl"
    noun = "WAF Classic web ACL"


class RegionalWebACL(_Classic):
    """One for load balancers and APIs."""

    types = ("AWS::WAFRegional::WebACL", "aws_wafregional_web_acl")
    slug = "wafregional-web-acl"
    noun = "regional WAF Classic web ACL"
    rules = Many(cfn="$.Rules[*]", tf="$.rule[*]")
