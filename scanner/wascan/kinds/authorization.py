"""What answers requests from anywhere, and who may send them."""

from __future__ import annotations

from typing import ClassVar

from wascan.attribute import Flag, One
from wascan.kind import Kind
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.verdict import Verdict, known


class Answers(Kind):
    """What answers requests. `authorization` is how it may find out who sends them, for the remedy."""

    authorization: ClassVar[str]

    def authorizes(self) -> Verdict:
        """Whether it answers only those whom it knows."""
        raise NotImplementedError

    def decides_authorization(self) -> Verdict:
        """Whether it can."""
        return known(True)


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


class FunctionUrl(Answers):
    """An address of a function."""

    types = ("AWS::Lambda::Url", "aws_lambda_function_url")
    slug = "lambda-function-url"
    noun = "Lambda function URL"
    authorization = "set {form.name} to AWS_IAM"
    form = One(cfn="$.AuthType", tf="$.authorization_type")

    def authorizes(self) -> Verdict:
        return self.form.equals("AWS_IAM")


class IdentityPool(Answers, Taggable):
    """An identity pool of Cognito, which gives credentials of AWS to users of an application."""

    types = ("AWS::Cognito::IdentityPool", "aws_cognito_identity_pool")
    slug = "cognito-identity-pool"
    noun = "Cognito identity pool"
    authorization = "set {guests.name} to false"
    guests = Flag(cfn="$.AllowUnauthenticatedIdentities", tf="$.allow_unauthenticated_identities")
    tags = Tags(cfn="$.IdentityPoolTags", tf="$.tags")

    def authorizes(self) -> Verdict:
        """Guests get credentials without signing in."""
        return self.guests.is_false()
