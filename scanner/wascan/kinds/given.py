"""What is given to other accounts by a permission of its own, and settings that refuse to give it to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, Many, One
from wascan.kinds.exposure import Given, RefusesPublicAccess

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class LaunchPermission(Given):
    """The permission to launch instances from a machine image."""

    types = ("aws_ami_launch_permission",)
    slug = "ec2-image-launch-permission"
    noun = "launch permission of a machine image"
    plural = "launch permissions of machine images"
    audience = Many(tf="$.group")


class LayerPermission(Given):
    """The permission to use a layer in functions."""

    types = ("AWS::Lambda::LayerVersionPermission", "aws_lambda_layer_version_permission")
    slug = "lambda-layer-permission"
    noun = "Lambda layer permission"
    audience = Many(cfn="$.Principal", tf="$.principal")
    organization = One(cfn="$.OrganizationId", tf="$.organization_id")

    def is_given_to_everybody(self) -> Verdict:
        return self.audience.any(lambda one: one.equals("*")) & self.organization.is_absent()


class SnapshotBlock(RefusesPublicAccess):
    """Whether snapshots of EBS volumes can be public in a Region. CloudFormation's cannot say that they can."""

    types = ("aws_ebs_snapshot_block_public_access",)
    slug = "ebs-snapshot-public-access-block"
    noun = "public access block of EBS snapshots"
    plural = "public access blocks of EBS snapshots"
    refusing = "set {state.name} to block-all-sharing"
    state = One(tf="$.state")

    def refuses(self) -> Verdict:
        return ~self.state.equals("unblocked")


class ImageBlock(RefusesPublicAccess):
    """Whether machine images can be public in a Region."""

    types = ("aws_ec2_image_block_public_access",)
    slug = "ec2-image-public-access-block"
    noun = "public access block of machine images"
    plural = "public access blocks of machine images"
    refusing = "set {state.name} to block-new-sharing"
    state = One(tf="$.state")

    def refuses(self) -> Verdict:
        return ~self.state.equals("unblocked")


class EMRBlock(RefusesPublicAccess):
    """Whether EMR refuses to start clusters whose security groups are open to everybody. SSH is all that AWS itself lets
    through (Amazon EMR Management Guide, "Using Amazon EMR block public access").
    """

    types = ("aws_emr_block_public_access_configuration",)
    slug = "emr-public-access-block"
    noun = "public access block of EMR"
    plural = "public access blocks of EMR"
    refusing = "set {blocks}, and permit no port but 22 in {permitted.name}"
    blocks = Flag(tf="$.block_public_security_group_rules")
    permitted = Many(
        tf=(
            "$.permitted_public_security_group_rule_range[*].min_range",
            "$.permitted_public_security_group_rule_range[*].max_range",
        )
    )

    def refuses(self) -> Verdict:
        return self.blocks.is_true() & self.permitted.every(lambda port: port.equals(22))
