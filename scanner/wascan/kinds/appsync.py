"""AWS AppSync."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag, One
from wascan.kinds.families import Encrypts, Taggable
from wascan.kinds.frontdoor import Filtered
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs, Traces
from wascan.kinds.transit import EncryptsInTransit

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class ApiCache(Encrypts, EncryptsInTransit):
    """The cache of a GraphQL API."""

    types = ("AWS::AppSync::ApiCache", "aws_appsync_api_cache")
    slug = "appsync-api-cache"
    noun = "AppSync API cache"
    encrypted = Flag(cfn="$.AtRestEncryptionEnabled", tf="$.at_rest_encryption_enabled")
    transit = "set {in_transit}"
    in_transit = Flag(cfn="$.TransitEncryptionEnabled", tf="$.transit_encryption_enabled")

    def encrypts_in_transit(self) -> Verdict:
        return self.in_transit.is_true()


class GraphApi(Logs, Traces, Filtered, Taggable):
    """A GraphQL API. It is public unless somebody says otherwise, and stays what it is (AWS AppSync Developer Guide,
    "Using AWS AppSync Private APIs").
    """

    types = ("AWS::AppSync::GraphQLApi", "aws_appsync_graphql_api")
    slug = "appsync-graph-ql-api"
    noun = "AppSync GraphQL API"
    own_name = One(cfn="$.Name", tf="$.name")
    logs = One(cfn="$.LogConfig.FieldLogLevel", tf="$.log_config[*].field_log_level", default="NONE")
    traced = Flag(cfn="$.XrayEnabled", tf="$.xray_enabled")
    filtering = "associate a web ACL of AWS WAF with the API"
    visibility = One(cfn="$.Visibility", tf="$.visibility", default="GLOBAL")
    web_acl = Flag(
        by_presence=True,
        cfn=Beside("AWS::WAFv2::WebACLAssociation", "$.WebACLArn", by="$.ResourceArn"),
        tf=Beside("aws_wafv2_web_acl_association", "$.web_acl_arn", by="$.resource_arn"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_logged(self) -> Verdict:
        """Whether it logs at least the errors of fields."""
        return self.logs.one_of("ERROR", "INFO", "DEBUG", "ALL")

    def has_web_acl(self) -> Verdict:
        return self.web_acl.is_true()

    def faces_internet(self) -> Verdict:
        """A private one is reached through endpoints only."""
        return ~self.visibility.equals("PRIVATE")
