"""AWS Certificate Manager."""

from __future__ import annotations

from wascan.kinds.families import Attributed
from wascan.kinds.tags import Tags


class Certificate(Attributed):
    """A certificate for TLS."""

    types = ("AWS::CertificateManager::Certificate", "aws_acm_certificate")
    slug = "acm-certificate"
    noun = "ACM certificate"
    tags = Tags(cfn="$.Tags", tf="$.tags")
