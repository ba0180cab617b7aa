"""EC2 Image Builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Many
from wascan.kind import Block
from wascan.kinds.ec2 import BringsKeyedVolumes, NamedDevice, TemplateDevice
from wascan.kinds.exposure import Given
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Component(Encrypts, TakesKey, Taggable):
    """A step of building an image."""

    types = ("AWS::ImageBuilder::Component", "aws_imagebuilder_component")
    slug = "image-builder-component"
    noun = "Image Builder component"
    encrypted = Always(True, "EC2 Image Builder User Guide, Data encryption and key management in Image Builder")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class ImageRecipe(BringsKeyedVolumes, Taggable):
    """What an image is made of, with the volumes that it will have."""

    types = ("AWS::ImageBuilder::ImageRecipe", "aws_imagebuilder_image_recipe")
    slug = "image-builder-recipe"
    noun = "Image Builder recipe"
    devices = Many(block=TemplateDevice, cfn="$.BlockDeviceMappings[*]", tf="$.block_device_mapping[*]")
    roots = Many(block=NamedDevice, cfn="$.BlockDeviceMappings[*]", tf="$.block_device_mapping[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class Distribution(Block):
    """Where an image goes, and with which key."""

    key = Key(cfn="$.AmiDistributionConfiguration.KmsKeyId", tf="$.ami_distribution_configuration[*].kms_key_id")


class DistributionConfiguration(TakesKey, Given, Taggable):
    """Where images go when they are built."""

    types = ("AWS::ImageBuilder::DistributionConfiguration", "aws_imagebuilder_distribution_configuration")
    slug = "image-builder-distribution"
    noun = "Image Builder distribution"
    own_key = "give each distribution in {distributions.name} a customer-managed KMS key"
    distributions = Many(block=Distribution, cfn="$.Distributions[*]", tf="$.distribution[*]")
    audience = Many(
        cfn="$.Distributions[*].AmiDistributionConfiguration.LaunchPermissionConfiguration.UserGroups[*]",
        tf="$.distribution[*].ami_distribution_configuration[*].launch_permission[*].user_groups[*]",
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_own_key(self) -> Verdict:
        return self.distributions.every(lambda distribution: distribution.key.is_customer_managed())
