"""Domain names of one's own for Amazon API Gateway."""

from __future__ import annotations

from wascan.attribute import One, depends
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.transit import SpeaksTLS


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
