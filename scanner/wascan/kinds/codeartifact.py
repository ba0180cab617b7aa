"""AWS CodeArtifact."""

from __future__ import annotations

from wascan.attribute import Always, One
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags


class PackageDomain(Encrypts, TakesKey, Taggable):
    """A domain, which keeps the packages of its repositories."""

    types = ("AWS::CodeArtifact::Domain", "aws_codeartifact_domain")
    slug = "codeartifact-domain"
    noun = "CodeArtifact domain"
    own_name = One(cfn="$.DomainName", tf="$.domain")
    encrypted = Always(True, "AWS CodeArtifact User Guide, Working with domains in CodeArtifact")
    key = Key(cfn="$.EncryptionKey", tf="$.encryption_key")
    tags = Tags(cfn="$.Tags", tf="$.tags")
