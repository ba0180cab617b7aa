"""Amazon Simple Storage Service."""

from __future__ import annotations

from wascan.attribute import Always, Attribute, Beside, Flag, LinkTo, Many, One, Switch
from wascan.kind import Kind, remembered
from wascan.kinds.families import Encrypts, Replicates, Taggable, TakesKey, Versions
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import PolicyOfOne, Shared
from wascan.kinds.tags import Tags
from wascan.markers import ABSENT
from wascan.verdict import FAIL, Verdict, known

_BLOCK = "$.PublicAccessBlockConfiguration"
_LOGGING = "logging.s3.amazonaws.com"
_ALWAYS = "Amazon S3 User Guide, Setting default server-side encryption behavior for S3 buckets"
_KEY = "apply_server_side_encryption_by_default[*].kms_master_key_id"


def _beside(satellite: str, path: str) -> Beside:
    return Beside(f"aws_s3_bucket_{satellite}", path, by="$.bucket")


class BlocksPublicAccess(Kind):
    """What can refuse public access whoever grants it: new public ACLs and the ones there are, new public policies and
    the ones there are (Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage").
    """

    noun = "bucket or access point"
    plural = "buckets and access points"
    blocks_acls: Attribute[Switch]
    ignores_acls: Attribute[Switch]
    blocks_policy: Attribute[Switch]
    restricts_access: Attribute[Switch]

    def decides_access(self) -> Verdict:
        """Whether it speaks for itself, and not for something that is judged with it."""
        return known(True)


class Bucket(Encrypts, TakesKey, Versions, Replicates, BlocksPublicAccess, Shared, Taggable):
    """A general purpose bucket. What Terraform's bucket says inline is deprecated there, but still common."""

    types = ("AWS::S3::Bucket", "aws_s3_bucket")
    slug = "s3-bucket"
    noun = "S3 bucket"
    own_name = One(cfn="$.BucketName", tf="$.bucket")
    encrypted = Always(True, _ALWAYS)
    key = Key(
        cfn="$.BucketEncryption.ServerSideEncryptionConfiguration[*].ServerSideEncryptionByDefault.KMSMasterKeyID",
        tf=(
            f"$.server_side_encryption_configuration[*].rule[*].{_KEY}",
            _beside("server_side_encryption_configuration", f"$.rule[*].{_KEY}"),
        ),
    )
    versioned = Flag(
        on=("Enabled", "true"),
        cfn="$.VersioningConfiguration.Status",
        tf=("$.versioning[*].enabled", _beside("versioning", "$.versioning_configuration[*].status")),
    )
    replicas = Many(
        cfn="$.ReplicationConfiguration.Rules[*].Destination.Bucket",
        tf=(
            "$.replication_configuration[*].rules[*].destination[*].bucket",
            _beside("replication_configuration", "$.rule[*].destination[*].bucket"),
        ),
    )
    lock_mode = One(
        cfn="$.ObjectLockConfiguration.Rule.DefaultRetention.Mode",
        tf=(
            "$.object_lock_configuration[*].rule[*].default_retention[*].mode",
            _beside("object_lock_configuration", "$.rule[*].default_retention[*].mode"),
        ),
    )
    lifecycle = Many(
        cfn="$.LifecycleConfiguration.Rules[*].Status",
        tf=("$.lifecycle_rule[*].enabled", _beside("lifecycle_configuration", "$.rule[*].status")),
    )
    aborts_uploads_after = Many(
        cfn="$.LifecycleConfiguration.Rules[*].AbortIncompleteMultipartUpload.DaysAfterInitiation",
        tf=(
            "$.lifecycle_rule[*].abort_incomplete_multipart_upload_days",
            _beside("lifecycle_configuration", "$.rule[*].abort_incomplete_multipart_upload[*].days_after_initiation"),
        ),
    )
    logs_access = Flag(
        by_presence=True,
        cfn="$.LoggingConfiguration",
        tf=("$.logging[*].target_bucket", _beside("logging", "$.target_bucket")),
    )
    logs_of = Many(
        cfn=Beside("AWS::S3::Bucket", "$.LoggingConfiguration", by="$.LoggingConfiguration.DestinationBucketName"),
        tf=(
            Beside("aws_s3_bucket_logging", "$.target_bucket", by="$.target_bucket"),
            Beside("aws_s3_bucket", "$.logging[*].target_bucket", by="$.logging[*].target_bucket"),
        ),
    )
    acl = One(cfn="$.AccessControl", tf=("$.acl", _beside("acl", "$.acl")))
    grantees = Many(
        tf=("$.grant[*].uri", _beside("acl", "$.access_control_policy[*].grant[*].grantee[*].uri")),
    )
    policy = Policy(
        cfn=Beside("AWS::S3::BucketPolicy", "$.PolicyDocument", by="$.Bucket"),
        tf=("$.policy", _beside("policy", "$.policy")),
    )
    # without any of the four a bucket made since April 2023 has them all; one that is missing beside others is off
    blocks_acls = Flag(
        default=ABSENT, cfn=f"{_BLOCK}.BlockPublicAcls", tf=_beside("public_access_block", "$.block_public_acls")
    )
    ignores_acls = Flag(
        default=ABSENT, cfn=f"{_BLOCK}.IgnorePublicAcls", tf=_beside("public_access_block", "$.ignore_public_acls")
    )
    blocks_policy = Flag(
        default=ABSENT, cfn=f"{_BLOCK}.BlockPublicPolicy", tf=_beside("public_access_block", "$.block_public_policy")
    )
    restricts_access = Flag(
        default=ABSENT,
        cfn=f"{_BLOCK}.RestrictPublicBuckets",
        tf=_beside("public_access_block", "$.restrict_public_buckets"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def can_take_key(self) -> Verdict:
        """Access logs are not delivered to a bucket whose default encryption is with KMS (Amazon S3 User Guide,
        "Enabling Amazon S3 server access logging").
        """
        return ~self.takes_access_logs()

    @remembered
    def takes_access_logs(self) -> Verdict:
        """Whether other buckets log to it: the logs of such a bucket would make logs themselves."""
        return (
            ~self.logs_of.is_empty()
            | self.acl.one_of("LogDeliveryWrite", "log-delivery-write")
            | self.grantees.any(lambda group: group.ends_with("/s3/LogDelivery"))
            | self.policy.any(lambda statement: statement.allows() & statement.is_for_service(_LOGGING))
        )

    def has_public_acl(self) -> Verdict:
        """Whether its ACL gives anything to everybody, or to every customer of AWS, and S3 heeds it (Amazon S3 User Guide,
        "Access control list (ACL) overview", "Blocking public access to your Amazon S3 storage").
        """
        canned = self.acl.satisfies(
            lambda acl: acl.replace("-", "").lower() in ("publicread", "publicreadwrite", "authenticatedread"),
            "which is open to others",
        )
        given = canned | self.grantees.any(lambda grantee: grantee.ends_with("/AllUsers", "/AuthenticatedUsers"))
        return given if given.truth is FAIL else given & ~self.ignores_acls.is_true()


class BucketPolicy(PolicyOfOne):
    """The policy of a bucket."""

    types = ("AWS::S3::BucketPolicy", "aws_s3_bucket_policy")
    slug = "s3-bucket-policy"
    noun = "bucket policy"
    owner = LinkTo(to="Bucket", cfn="$.Bucket", tf="$.bucket")
    policy = Policy(cfn="$.PolicyDocument", tf="$.policy")


class SeparateBlock(BlocksPublicAccess):
    """A block that is a resource of its own, as Terraform has them."""

    blocks_acls = Flag(tf="$.block_public_acls")
    ignores_acls = Flag(tf="$.ignore_public_acls")
    blocks_policy = Flag(tf="$.block_public_policy")
    restricts_access = Flag(tf="$.restrict_public_buckets")


class PublicAccessBlock(SeparateBlock):
    """The block of a bucket that the plan does not have."""

    types = ("aws_s3_bucket_public_access_block",)
    slug = "s3-public-access-block"
    noun = "public access block of a bucket"
    plural = "public access blocks"
    bucket = LinkTo(to="Bucket", tf="$.bucket")

    def decides_access(self) -> Verdict:
        return known(self.bucket.target is None)


class AccountPublicAccessBlock(SeparateBlock):
    """The block of a whole account."""

    types = ("aws_s3_account_public_access_block",)
    slug = "s3-account-public-access-block"
    noun = "public access block of an account"
    plural = "public access blocks of accounts"


class AccessPoint(BlocksPublicAccess, Shared):
    """A way into a bucket with a policy of its own. Its block is on unless switched off (Amazon S3 User Guide, "Managing
    public access to access points").
    """

    types = ("AWS::S3::AccessPoint", "aws_s3_access_point")
    slug = "s3-access-point"
    noun = "S3 access point"
    blocks_acls = Flag(
        default=True, cfn=f"{_BLOCK}.BlockPublicAcls", tf="$.public_access_block_configuration[*].block_public_acls"
    )
    ignores_acls = Flag(
        default=True, cfn=f"{_BLOCK}.IgnorePublicAcls", tf="$.public_access_block_configuration[*].ignore_public_acls"
    )
    blocks_policy = Flag(
        default=True, cfn=f"{_BLOCK}.BlockPublicPolicy", tf="$.public_access_block_configuration[*].block_public_policy"
    )
    restricts_access = Flag(
        default=True,
        cfn=f"{_BLOCK}.RestrictPublicBuckets",
        tf="$.public_access_block_configuration[*].restrict_public_buckets",
    )
    policy = Policy(
        cfn="$.Policy",
        tf=("$.policy", Beside("aws_s3control_access_point_policy", "$.policy", by="$.access_point_arn")),
    )


class AccessPointPolicy(PolicyOfOne):
    """The policy of an access point of a bucket."""

    types = ("aws_s3control_access_point_policy",)
    slug = "s3-access-point-policy"
    noun = "policy of an S3 access point"
    plural = "policies of S3 access points"
    owner = LinkTo(to="AccessPoint", tf="$.access_point_arn")
    policy = Policy(tf="$.policy")


class MultiRegionAccessPoint(BlocksPublicAccess):
    """One way into buckets in several Regions."""

    types = ("AWS::S3::MultiRegionAccessPoint", "aws_s3control_multi_region_access_point")
    slug = "s3-multi-region-access-point"
    noun = "S3 Multi-Region Access Point"
    blocks_acls = Flag(
        default=True, cfn=f"{_BLOCK}.BlockPublicAcls", tf="$.details[*].public_access_block[*].block_public_acls"
    )
    ignores_acls = Flag(
        default=True, cfn=f"{_BLOCK}.IgnorePublicAcls", tf="$.details[*].public_access_block[*].ignore_public_acls"
    )
    blocks_policy = Flag(
        default=True, cfn=f"{_BLOCK}.BlockPublicPolicy", tf="$.details[*].public_access_block[*].block_public_policy"
    )
    restricts_access = Flag(
        default=True,
        cfn=f"{_BLOCK}.RestrictPublicBuckets",
        tf="$.details[*].public_access_block[*].restrict_public_buckets",
    )


class DirectoryBucket(Encrypts, TakesKey, Taggable):
    """A directory bucket, which keeps its objects in one zone."""

    types = ("AWS::S3Express::DirectoryBucket",)
    slug = "s3-directory-bucket"
    noun = "S3 directory bucket"
    encrypted = Always(True, "Amazon S3 User Guide, Data protection and encryption for directory buckets")
    key = Key(
        cfn="$.BucketEncryption.ServerSideEncryptionConfiguration[*].ServerSideEncryptionByDefault.KMSMasterKeyID"
    )
    tags = Tags(cfn="$.Tags")


class TableBucket(Encrypts, TakesKey):
    """A bucket of S3 Tables."""

    types = ("AWS::S3Tables::TableBucket", "aws_s3tables_table_bucket")
    slug = "s3-table-bucket"
    noun = "S3 table bucket"
    encrypted = Always(True, "Amazon S3 User Guide, Using server-side encryption in table buckets")
    key = Key(cfn="$.EncryptionConfiguration.KMSKeyArn", tf="$.encryption_configuration.kms_key_arn")


class VectorBucket(Encrypts, TakesKey, Taggable):
    """A bucket of S3 Vectors."""

    types = ("AWS::S3Vectors::VectorBucket",)
    slug = "s3-vector-bucket"
    noun = "S3 vector bucket"
    encrypted = Always(True, "Amazon S3 User Guide, Data protection and encryption in S3 Vectors")
    key = Key(cfn="$.EncryptionConfiguration.KmsKeyArn")
    tags = Tags(cfn="$.Tags")
