"""Amazon API Gateway: stages, methods and routes, and domain names of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Attribute, Beside, Flag, Many, One, depends
from wascan.kind import Block, Kind
from wascan.kinds.families import Encrypts, Taggable
from wascan.kinds.frontdoor import Answers, Filtered
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs, LogsAccess, Monitored, Traces
from wascan.kinds.transit import SpeaksTLS
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.value import Values
    from wascan.verdict import Verdict


class Throttled(Kind):
    """What may have a limit of its own on requests; without one the limits of the account and Region hold (API Gateway
    Developer Guide, "Throttle requests to your REST APIs for better throughput").
    """

    noun = "API stage"
    rate: Attribute[Any]

    def has_limit(self) -> Verdict:
        """Whether there is one. The Terraform provider says -1 for none."""
        raise NotImplementedError


class MethodSetting(Block):
    """Settings of the methods at one path of a stage."""

    path = One(cfn="$.ResourcePath")
    method = One(cfn="$.HttpMethod")
    rate = One(cfn="$.ThrottlingRateLimit", tf="$.throttling_rate_limit")
    caches = Flag(cfn="$.CachingEnabled", tf="$.caching_enabled")
    encrypted = Flag(cfn="$.CacheDataEncrypted", tf="$.cache_data_encrypted")
    level = One(cfn="$.LoggingLevel", tf="$.logging_level", default="OFF")
    metrics = Flag(cfn="$.MetricsEnabled", tf="$.metrics_enabled")
    traces_data = Flag(cfn="$.DataTraceEnabled", tf="$.data_trace_enabled")

    def is_safe(self) -> Verdict:
        """Whether what is cached of these methods, if anything, is encrypted."""
        return self.encrypted.is_true() | self.caches.is_false()

    def leaves_most_unlimited(self) -> Verdict:
        """Whether it is of all methods that have no setting of their own, and limits none of them."""
        return self.path.equals("/*") & self.method.equals("*") & ~self.rate.at_least(0)


def _all_log(settings: Values) -> Verdict:
    """Whether there are settings of methods, and all of them log errors at least."""
    return settings.every(lambda setting: setting.level.one_of("ERROR", "INFO")) & ~settings.is_empty()


class SetsMethods(Kind):
    """What has `settings` of methods, which may trace data: AWS advises against that in production (API Gateway API
    Reference, "MethodSetting").
    """

    noun = "API stage"
    settings: Attribute[Values]

    def keeps_bodies_out_of_logs(self) -> Verdict:
        """Whether what is asked and answered is not written down whole."""
        found: Verdict = self.settings.none(lambda setting: setting.traces_data.is_true())
        return found


class RestStage(SetsMethods, Throttled, Encrypts, LogsAccess, Traces, Logs, Monitored, Filtered, SpeaksTLS, Taggable):
    """A stage of a REST API. Its cache is not encrypted unless somebody wants it (API Gateway Developer Guide, "Cache
    settings for REST APIs in API Gateway"). In Terraform the settings of methods are a resource of their own.
    """

    types = ("AWS::ApiGateway::Stage", "AWS::Serverless::Api", "aws_api_gateway_stage")
    slug = "api-gateway-stage"
    noun = "API Gateway stage"
    encryption = "set CacheDataEncrypted to true in {settings.name}"
    caches = Flag(cfn="$.CacheClusterEnabled")
    settings = Many(block=MethodSetting, cfn="$.MethodSettings[*]")
    rate = Many(cfn="$.MethodSettings[*].ThrottlingRateLimit")
    access_logs = Flag(
        by_presence=True, cfn="$.AccessLogSetting.DestinationArn", tf="$.access_log_settings[*].destination_arn"
    )
    traced = Flag(cfn="$.TracingEnabled", tf="$.xray_tracing_enabled")
    logging = "set LoggingLevel to ERROR or INFO in {settings.name}"
    monitoring = "set MetricsEnabled to true in {settings.name}"
    filtering = "associate a web ACL of AWS WAF with the stage"
    own_name = One(cfn="$.StageName", tf="$.stage_name")
    web_acl = Flag(
        by_presence=True,
        cfn=(
            Beside("AWS::WAFRegional::WebACLAssociation", "$.WebACLId", by="$.ResourceArn", inside=True),
            Beside("AWS::WAFv2::WebACLAssociation", "$.WebACLArn", by="$.ResourceArn", inside=True),
        ),
        tf=(
            Beside("aws_wafregional_web_acl_association", "$.web_acl_id", by="$.resource_arn"),
            Beside("aws_wafv2_web_acl_association", "$.web_acl_arn", by="$.resource_arn"),
        ),
    )
    client_certificate = One(cfn="$.ClientCertificateId", sam=None, tf="$.client_certificate_id")
    domain = One(sam="$.Domain.DomainName")
    tls_policy = One(sam="$.Domain.SecurityPolicy", default=depends)
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_limit(self) -> Verdict:
        """Whether methods have one, all that have no setting of their own included where there is one for them."""
        some = self.rate.any(lambda rate: rate.at_least(0), "a limit")
        rest = self.settings.none(lambda setting: setting.leaves_most_unlimited())
        return (some & rest) | known(self._resource.dialect == "tf")

    def decides_encryption(self) -> Verdict:
        """Without a cache nothing is kept."""
        caching = self.settings.any(lambda setting: setting.caches.is_true())
        return known(self._resource.dialect != "tf") & (self.caches.is_true() | caching)

    def is_encrypted(self) -> Verdict:
        return self.settings.every(lambda setting: setting.is_safe()) & ~self.settings.is_empty()

    def decides_logs(self) -> Verdict:
        return known(self._resource.dialect != "tf")

    def is_logged(self) -> Verdict:
        return _all_log(self.settings)

    def decides_monitoring(self) -> Verdict:
        return known(self._resource.dialect != "tf")

    def is_monitored(self) -> Verdict:
        """Whether its methods are counted and timed one by one."""
        return self.settings.every(lambda setting: setting.metrics.is_true()) & ~self.settings.is_empty()

    def has_web_acl(self) -> Verdict:
        return self.web_acl.is_true()

    def decides_tls(self) -> Verdict:
        """A domain name has the policy, which SAM writes here."""
        return known(self._resource.dialect == "sam") & self.domain.is_present()

    def takes_certificate(self) -> Verdict:
        """SAM cannot give a stage one."""
        return known(self._resource.dialect != "sam")


class MethodSettings(SetsMethods, Throttled, Encrypts, Logs, Monitored):
    """The settings of the methods of a stage, in Terraform."""

    types = ("aws_api_gateway_method_settings",)
    slug = "api-gateway-method-settings"
    noun = "API Gateway method setting"
    encryption = "set cache_data_encrypted to true in {settings.name}"
    logging = "set logging_level to ERROR or INFO in {settings.name}"
    settings = Many(block=MethodSetting, tf="$.settings[*]")
    rate = Many(tf="$.settings[*].throttling_rate_limit")
    monitoring = "set metrics_enabled to true in {settings.name}"

    def has_limit(self) -> Verdict:
        return self.rate.any(lambda rate: rate.at_least(0), "a limit")

    def decides_encryption(self) -> Verdict:
        return self.settings.any(lambda setting: setting.caches.is_true())

    def is_encrypted(self) -> Verdict:
        return self.settings.every(lambda setting: setting.is_safe())

    def is_logged(self) -> Verdict:
        return _all_log(self.settings)

    def is_monitored(self) -> Verdict:
        """Whether its methods are counted and timed one by one."""
        return self.settings.every(lambda setting: setting.metrics.is_true()) & ~self.settings.is_empty()


class HttpStage(Throttled, LogsAccess, Taggable):
    """A stage of an HTTP or WebSocket API."""

    types = ("AWS::ApiGatewayV2::Stage", "AWS::Serverless::HttpApi", "aws_apigatewayv2_stage")
    slug = "http-api-stage"
    noun = "HTTP API stage"
    rate = One(cfn="$.DefaultRouteSettings.ThrottlingRateLimit", tf="$.default_route_settings[*].throttling_rate_limit")
    access_logs = Flag(
        by_presence=True, cfn="$.AccessLogSettings.DestinationArn", tf="$.access_log_settings[*].destination_arn"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_limit(self) -> Verdict:
        return self.rate.at_least(0)


class RestDeployment(Encrypts, LogsAccess):
    """A deployment that makes a stage as well."""

    types = ("AWS::ApiGateway::Deployment",)
    slug = "api-gateway-deployment"
    noun = "API Gateway deployment"
    caches = Flag(cfn="$.StageDescription.CachingEnabled")
    cluster = Flag(cfn="$.StageDescription.CacheClusterEnabled")
    encrypted = Flag(cfn="$.StageDescription.CacheDataEncrypted")
    stage = One(cfn="$.StageName")
    access_logs = Flag(by_presence=True, cfn="$.StageDescription.AccessLogSetting.DestinationArn")

    def decides_encryption(self) -> Verdict:
        return self.caches.is_true() | self.cluster.is_true()

    def decides_access_logs(self) -> Verdict:
        """Without a name it makes no stage."""
        return self.stage.is_present()


class RestMethod(Answers):
    """A method of a REST API. Browsers ask OPTIONS without a name before they send anything else (Fetch Standard, "CORS
    protocol").
    """

    types = ("AWS::ApiGateway::Method", "aws_api_gateway_method")
    slug = "api-gateway-method"
    noun = "API Gateway method"
    authorization = "set {form.name} to AWS_IAM, CUSTOM or COGNITO_USER_POOLS"
    form = One(cfn="$.AuthorizationType", tf="$.authorization", default="NONE")
    verb = One(cfn="$.HttpMethod", tf="$.http_method")
    wants_key = Flag(cfn="$.ApiKeyRequired", tf="$.api_key_required")

    def authorizes(self) -> Verdict:
        """A key for an API tells little, but something."""
        return ~self.form.equals("NONE") | self.wants_key.is_true()

    def decides_authorization(self) -> Verdict:
        return ~self.verb.equals("OPTIONS")


class HttpRoute(Answers):
    """A route of an HTTP or WebSocket API. Of a WebSocket only the connection is authorized."""

    types = ("AWS::ApiGatewayV2::Route", "aws_apigatewayv2_route")
    slug = "http-api-route"
    noun = "HTTP API route"
    authorization = "set {form.name} to AWS_IAM, JWT or CUSTOM"
    form = One(cfn="$.AuthorizationType", tf="$.authorization_type", default="NONE")
    route = One(cfn="$.RouteKey", tf="$.route_key")
    wants_key = Flag(cfn="$.ApiKeyRequired", tf="$.api_key_required")

    def authorizes(self) -> Verdict:
        return ~self.form.equals("NONE") | self.wants_key.is_true()

    def decides_authorization(self) -> Verdict:
        return self.route.satisfies(_takes_authorization, "a route that takes authorization")


def _takes_authorization(route: str) -> bool | None:
    if route == "$default":  # both sorts of API have one
        return None
    return route == "$connect" or (" /" in route and not route.startswith("OPTIONS "))


class RestDomain(SpeaksTLS, Taggable):
    """The domain name of a REST API. Which policy it has where none is named depends on the sort of endpoint."""

    types = ("AWS::ApiGateway::DomainName", "aws_api_gateway_domain_name")
    slug = "api-gateway-domain"
    noun = "API Gateway domain name"
    own_name = One(cfn="$.DomainName", tf="$.domain_name")
    tls_policy = One(cfn="$.SecurityPolicy", tf="$.security_policy", default=depends)
    tags = Tags(cfn="$.Tags", tf="$.tags")


class HttpDomain(SpeaksTLS, Taggable):
    """The domain name of an HTTP or WebSocket API."""

    types = ("AWS::ApiGatewayV2::DomainName", "aws_apigatewayv2_domain_name")
    slug = "http-api-domain"
    noun = "HTTP API domain name"
    own_name = One(cfn="$.DomainName", tf="$.domain_name")
    tls_policy = One(
        cfn="$.DomainNameConfigurations[*].SecurityPolicy",
        tf="$.domain_name_configuration[*].security_policy",
        default=depends,
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")
