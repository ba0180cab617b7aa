"""AWS AppSync."""

from __future__ import annotations

from wascan.kind import Flag
from wascan.kinds.families import Encrypts


class ApiCache(Encrypts):
    """The cache of a GraphQL API."""

    types = ("AWS::AppSync::ApiCache", "aws_appsync_api_cache")
    slug = "appsync-api-cache"
    noun = "AppSync API cache"
    encrypted = Flag(cfn="$.AtRestEncryptionEnabled", tf="$.at_rest_encryption_enabled")
