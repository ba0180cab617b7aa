"""Amazon CloudFront."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Beside, Flag, Many, One
from wascan.kind import Block
from wascan.kinds.families import Taggable
from wascan.kinds.frontdoor import Filtered
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import LogsAccess
from wascan.kinds.transit import EncryptsInTransit, SpeaksTLS

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class OriginGroup(Block):
    """Origins of which the second is asked when the first fails."""

    members = Many(cfn="$.Members.Items[*].OriginId", tf="$.member[*].origin_id")


class Origin(Block):
    """Where a distribution gets from what it has not; a bucket has no protocol of its own, unless it is a website."""

    custom = Many(
        cfn=("$.CustomOriginConfig", "$.VpcOriginConfig"), tf=("$.custom_origin_config[*]", "$.vpc_origin_config[*]")
    )
    identity = One(cfn="$.S3OriginConfig.OriginAccessIdentity", tf="$.s3_origin_config[*].origin_access_identity")
    control = One(cfn="$.OriginAccessControlId", tf="$.origin_access_control_id")

    def is_asked_by_name(self) -> Verdict:
        """Whether a bucket can tell that it is this distribution which asks."""
        return ~self.custom.is_empty() | self.control.is_present() | self.identity.is_present()

    protocol = One(
        cfn="$.CustomOriginConfig.OriginProtocolPolicy", tf="$.custom_origin_config[*].origin_protocol_policy"
    )
    versions = Many(
        cfn="$.CustomOriginConfig.OriginSSLProtocols[*]", tf="$.custom_origin_config[*].origin_ssl_protocols[*]"
    )

    def is_asked_over_https(self, viewers: Verdict) -> Verdict:
        """Whether it is; `viewers` says whether all of them use HTTPS, which an origin may be asked as."""
        return ~self.protocol.equals("http-only") & (~self.protocol.equals("match-viewer") | viewers)

    def is_asked_with_old_versions(self) -> Verdict:
        """CloudFront may ask with the lowest version that it is allowed."""
        return self.versions.any(lambda version: version.one_of("SSLv3", "TLSv1", "TLSv1.1"))


class Distribution(EncryptsInTransit, SpeaksTLS, LogsAccess, Filtered, Taggable):
    """A distribution."""

    types = ("AWS::CloudFront::Distribution", "aws_cloudfront_distribution")
    slug = "cloudfront-distribution"
    noun = "CloudFront distribution"
    origin_groups = Many(block=OriginGroup, cfn="$.DistributionConfig.OriginGroups.Items[*]", tf="$.origin_group[*]")
    transit = "set {viewers.name} to redirect-to-https or https-only"
    viewers = Many(
        cfn=(
            "$.DistributionConfig.CacheBehaviors[*].ViewerProtocolPolicy",
            "$.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy",
        ),
        tf=(
            "$.ordered_cache_behavior[*].viewer_protocol_policy",
            "$.default_cache_behavior[*].viewer_protocol_policy",
        ),
    )
    default_certificate = Flag(
        cfn="$.DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate",
        tf="$.viewer_certificate[*].cloudfront_default_certificate",
    )
    certificate = One(
        cfn=(
            "$.DistributionConfig.ViewerCertificate.IamCertificateId",
            "$.DistributionConfig.ViewerCertificate.AcmCertificateArn",
        ),
        tf=("$.viewer_certificate[*].iam_certificate_id", "$.viewer_certificate[*].acm_certificate_arn"),
    )
    tls_policy = One(
        cfn="$.DistributionConfig.ViewerCertificate.MinimumProtocolVersion",
        tf="$.viewer_certificate[*].minimum_protocol_version",
        default="TLSv1",
    )
    origins = Many(block=Origin, cfn="$.DistributionConfig.Origins[*]", tf="$.origin[*]")
    access_logs = Flag(
        by_presence=True,
        cfn=(
            Beside("AWS::Logs::DeliverySource", "$.LogType", by="$.ResourceArn", inside=True),
            "$.DistributionConfig.Logging.Bucket",
        ),
        tf=(
            Beside("aws_cloudwatch_log_delivery_source", "$.log_type", by="$.resource_arn", inside=True),
            "$.logging_config[*].bucket",
        ),
    )
    filtering = "set {web_acl.name} to a web ACL of AWS WAF"
    web_acl = One(cfn="$.DistributionConfig.WebACLId", tf="$.web_acl_id")
    root_object = One(cfn="$.DistributionConfig.DefaultRootObject", tf="$.default_root_object")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def fails_over(self) -> Verdict:
        """Whether there is an origin to go to when another fails."""
        return self.origin_groups.any(lambda group: group.members.count_at_least(2), "a group of two origins")

    def encrypts_in_transit(self) -> Verdict:
        """Viewers of every path are sent to HTTPS, or get nothing over plain HTTP."""
        return self.viewers.every(lambda policy: policy.one_of("redirect-to-https", "https-only"))

    def speaks_modern_tls(self) -> Verdict:
        """With CloudFront's own certificate the lowest version is always TLS 1.0 (Amazon CloudFront API Reference,
        "ViewerCertificate").
        """
        return super().speaks_modern_tls() & ~self.default_certificate.is_true()

    def asks_over_https(self) -> Verdict:
        """Whether all origins are asked so."""
        viewers = self.encrypts_in_transit()
        return self.origins.every(lambda origin: origin.is_asked_over_https(viewers))

    def has_web_acl(self) -> Verdict:
        return self.web_acl.is_present()
