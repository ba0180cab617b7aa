"""Amazon EC2: instances and what they are launched from, with the volumes that they bring along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Attribute, Flag, Many, One
from wascan.kind import Block
from wascan.kinds.ebs import OnEBS, RegionalBlock, encrypted_by_default, own_key_by_default
from wascan.kinds.exposure import Given, InGroups, Placeable, TakesAddress
from wascan.kinds.families import Encrypts, Protected, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.permissions import HasMetadata
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Monitored
from wascan.kinds.texts import CarriesText, StartTexts
from wascan.markers import ABSENT, Reference
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.value import Value, Values
    from wascan.verdict import Verdict

_ROOTS = ("/dev/sda1", "/dev/xvda")
"""What root volumes are called, depending on the image (Amazon EC2 User Guide, "Device names for volumes")."""


_ASKS_FOR_OPTIMIZATION = (
    "c1.xlarge", "c3.xlarge", "c3.2xlarge", "c3.4xlarge", "g2.2xlarge", "i2.xlarge", "i2.2xlarge", "i2.4xlarge",
    "m1.large", "m1.xlarge", "m2.2xlarge", "m2.4xlarge", "m3.xlarge", "m3.2xlarge", "r3.xlarge", "r3.2xlarge",
    "r3.4xlarge",
)  # fmt: skip


class Device(Block):
    """A block device: an EBS volume, or a disk of the host, which has no `ebs`."""

    ebs = Many(cfn="$.Ebs", tf="$")
    encrypted = Flag(cfn="$.Ebs.Encrypted", tf="$.encrypted")


class KeyedDevice(Device):
    """One whose key can be named."""

    key = Key(cfn="$.Ebs.KmsKeyId", tf="$.kms_key_id")


class NamedDevice(Block):
    """A block device as the image names it."""

    name = One(cfn="$.DeviceName", tf="$.device_name")

    def is_root(self) -> Verdict:
        """Whether it is the root volume; an image may call it otherwise."""
        return self.name.satisfies(lambda name: name in _ROOTS or None, "the root volume")


class RootDevice(NamedDevice):
    """The root volume, which is a block of its own in Terraform's instances."""

    name = One(cfn="$.DeviceName", default={"cfn": ABSENT, "tf": _ROOTS[0]})


class TemplateDevice(NamedDevice):
    """A block device of a launch template."""

    ebs = Many(cfn="$.Ebs", tf="$.ebs[*]")
    encrypted = Flag(cfn="$.Ebs.Encrypted", tf="$.ebs[*].encrypted")
    key = Key(cfn="$.Ebs.KmsKeyId", tf="$.ebs[*].kms_key_id")


class BringsVolumes(Encrypts):
    """What instances are made of: `devices` are all that it lists, among `roots` is the root volume.

    A root volume that is not listed is made as the image has it, and images mostly are not encrypted: public ones
    cannot be (Amazon EC2 User Guide, "Use encryption with EBS-backed AMIs").
    """

    encryption = "encrypt every volume in {devices.name}, the root volume too"
    devices: Attribute[Values]
    roots: Attribute[Values]

    def is_encrypted(self) -> Verdict:
        each = self.devices.every(lambda device: device.encrypted.is_true() | device.ebs.is_empty())
        return (each & self.lists_root()) | encrypted_by_default(self)

    def lists_root(self) -> Verdict:
        """Whether it says anything of the root volume."""
        return self.roots.any(lambda device: device.is_root(), "the root volume")


class BringsKeyedVolumes(BringsVolumes, TakesKey):
    """What may name the keys of the volumes."""

    own_key = "give every volume in {devices.name} a customer-managed KMS key, the root volume too"

    def has_own_key(self) -> Verdict:
        each = self.devices.every(lambda device: device.key.is_customer_managed() | device.ebs.is_empty())
        return (each & self.lists_root()) | own_key_by_default(self)


def _is_own_group(name: Value) -> Verdict:
    """Whether a group that is named is not the default one, which bears that name in every VPC, and which no template
    makes.
    """
    return known(True) if isinstance(name.data, Reference) else ~name.equals("default")


class Instance(
    BringsKeyedVolumes, Protected, TakesAddress, Placeable, InGroups, Monitored, CarriesText, HasMetadata, Taggable
):
    """An instance. One that is made from a launch template has its volumes from there. One that names no subnet is put
    into the default VPC (Amazon EC2 API Reference, "RunInstances").
    """

    types = ("AWS::EC2::Instance", "aws_instance")
    slug = "ec2-instance"
    noun = "EC2 instance"
    template = One(
        cfn=("$.LaunchTemplate.LaunchTemplateName", "$.LaunchTemplate.LaunchTemplateId"),
        tf=("$.launch_template[*].name", "$.launch_template[*].id"),
    )
    devices = Many(
        block=KeyedDevice,
        cfn="$.BlockDeviceMappings[*]",
        tf=("$.ebs_block_device[*]", "$.root_block_device[*]"),
    )
    roots = Many(block=RootDevice, cfn="$.BlockDeviceMappings[*]", tf="$.root_block_device[*]")
    size = One(cfn="$.InstanceType", tf="$.instance_type", default={"cfn": "m1.small", "tf": ABSENT})
    ebs_optimized = Flag(cfn="$.EbsOptimized", tf="$.ebs_optimized")
    deletion_protection = Flag(cfn="$.DisableApiTermination", tf="$.disable_api_termination")
    public_address = Many(cfn="$.NetworkInterfaces[*].AssociatePublicIpAddress", tf="$.associate_public_ip_address")
    monitoring = "set {metrics}"
    metrics = Flag(cfn="$.Monitoring", tf="$.monitoring")
    texts = StartTexts(cfn="$.UserData", tf=("$.user_data", "$.user_data_base64"))
    image = One(cfn="$.ImageId", tf="$.ami")
    tokens = Flag(on=("required",), cfn="$.MetadataOptions.HttpTokens", tf="$.metadata_options[*].http_tokens")
    metadata = One(cfn="$.MetadataOptions.HttpEndpoint", tf="$.metadata_options[*].http_endpoint", default="enabled")
    hops = One(
        cfn="$.MetadataOptions.HttpPutResponseHopLimit",
        tf="$.metadata_options[*].http_put_response_hop_limit",
        default=1,
    )
    profile = One(cfn="$.IamInstanceProfile", tf="$.iam_instance_profile")
    place = One(cfn="$.SubnetId", tf="$.subnet_id")
    interfaces = Many(cfn="$.NetworkInterfaces[*]", tf="$.network_interface[*]")
    groups = Many(cfn="$.SecurityGroupIds[*]", tf="$.vpc_security_group_ids[*]")
    named_groups = Many(cfn="$.SecurityGroups[*]", tf="$.security_groups[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_encryption(self) -> Verdict:
        return self.template.is_absent()

    def has_optional_ebs_optimization(self) -> Verdict:
        """Whether its type has a line of its own to its volumes only if asked to (Amazon EC2 User Guide, "Amazon
        EBS-optimized instance types"): later types always have one, the smallest of the earlier ones never.
        """
        return self.size.one_of(*_ASKS_FOR_OPTIMIZATION)

    def asks_for_address(self) -> Verdict:
        """Whether one of its network interfaces does."""
        return self.public_address.any(lambda wanted: wanted.is_true())

    def has_own_network(self) -> Verdict:
        """A network interface has a subnet of its own."""
        return self.place.is_present() | ~self.interfaces.is_empty()

    def decides_place(self) -> Verdict:
        """A template may say it."""
        return self.template.is_absent()

    def has_own_group(self) -> Verdict:
        return self.named_groups.any(_is_own_group, "a group of your own") | super().has_own_group()

    def decides_groups(self) -> Verdict:
        """A template may say it, and network interfaces have groups of their own."""
        return self.template.is_absent() & self.interfaces.is_empty()

    def decides_monitoring(self) -> Verdict:
        return self.template.is_absent()

    def is_monitored(self) -> Verdict:
        """Whether it is measured each minute, and not each five."""
        return self.metrics.is_true()

    def decides_metadata(self) -> Verdict:
        """A template may say it."""
        return (self.template.is_absent() | self.tokens.is_true()) & ~self.metadata.equals("disabled")


class LaunchTemplate(BringsKeyedVolumes, TakesAddress, Monitored, CarriesText, HasMetadata):
    """A launch template."""

    types = ("AWS::EC2::LaunchTemplate", "aws_launch_template")
    slug = "ec2-launch-template"
    noun = "EC2 launch template"
    own_name = One(cfn="$.LaunchTemplateName", tf="$.name")
    devices = Many(
        block=TemplateDevice, cfn="$.LaunchTemplateData.BlockDeviceMappings[*]", tf="$.block_device_mappings[*]"
    )
    roots = Many(block=NamedDevice, cfn="$.LaunchTemplateData.BlockDeviceMappings[*]", tf="$.block_device_mappings[*]")
    public_address = Many(
        cfn="$.LaunchTemplateData.NetworkInterfaces[*].AssociatePublicIpAddress",
        tf="$.network_interfaces[*].associate_public_ip_address",
    )
    monitoring = "set {metrics}"
    metrics = Flag(cfn="$.LaunchTemplateData.Monitoring.Enabled", tf="$.monitoring[*].enabled")
    texts = StartTexts(cfn="$.LaunchTemplateData.UserData", tf="$.user_data")
    image = One(cfn="$.LaunchTemplateData.ImageId", tf="$.image_id")
    tokens = Flag(
        on=("required",), cfn="$.LaunchTemplateData.MetadataOptions.HttpTokens", tf="$.metadata_options[*].http_tokens"
    )
    metadata = One(
        cfn="$.LaunchTemplateData.MetadataOptions.HttpEndpoint",
        tf="$.metadata_options[*].http_endpoint",
        default="enabled",
    )
    hops = One(
        cfn="$.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit",
        tf="$.metadata_options[*].http_put_response_hop_limit",
        default=1,
    )

    def asks_for_address(self) -> Verdict:
        """Whether one of its network interfaces does."""
        return self.public_address.any(lambda wanted: wanted.is_true())

    def is_monitored(self) -> Verdict:
        return self.metrics.is_true()

    def decides_metadata(self) -> Verdict:
        return ~self.metadata.equals("disabled")


class LaunchConfiguration(BringsVolumes, TakesAddress, Monitored, CarriesText, HasMetadata):
    """A launch configuration, which cannot name a key."""

    types = ("AWS::AutoScaling::LaunchConfiguration", "aws_launch_configuration")
    slug = "launch-configuration"
    noun = "launch configuration"
    devices = Many(block=Device, cfn="$.BlockDeviceMappings[*]", tf=("$.ebs_block_device[*]", "$.root_block_device[*]"))
    roots = Many(block=RootDevice, cfn="$.BlockDeviceMappings[*]", tf="$.root_block_device[*]")
    public_address = Flag(cfn="$.AssociatePublicIpAddress", tf="$.associate_public_ip_address")
    monitoring = "switch {metrics.name} on"
    metrics = Flag(cfn="$.InstanceMonitoring", tf="$.enable_monitoring", default=True)
    texts = StartTexts(cfn="$.UserData", tf=("$.user_data", "$.user_data_base64"))
    image = One(cfn="$.ImageId", tf="$.image_id")
    tokens = Flag(on=("required",), cfn="$.MetadataOptions.HttpTokens", tf="$.metadata_options[*].http_tokens")
    metadata = One(cfn="$.MetadataOptions.HttpEndpoint", tf="$.metadata_options[*].http_endpoint", default="enabled")
    hops = One(
        cfn="$.MetadataOptions.HttpPutResponseHopLimit",
        tf="$.metadata_options[*].http_put_response_hop_limit",
        default=1,
    )

    def is_monitored(self) -> Verdict:
        return self.metrics.is_true()

    def decides_metadata(self) -> Verdict:
        return ~self.metadata.equals("disabled")


class Image(Encrypts, Taggable):
    """A machine image that is put together from snapshots."""

    types = ("aws_ami",)
    slug = "ec2-image"
    noun = "machine image"
    encryption = "set encrypted to true in {devices.name}"
    devices = Many(block=Device, tf="$.ebs_block_device[*]")
    tags = Tags(tf="$.tags")

    def decides_encryption(self) -> Verdict:
        return ~self.devices.is_empty()

    def is_encrypted(self) -> Verdict:
        return self.devices.every(lambda device: device.encrypted.is_true()) | encrypted_by_default(self)


class ImageCopy(OnEBS, Taggable):
    """A copy of a machine image, mostly from another Region."""

    types = ("aws_ami_copy",)
    slug = "ec2-image-copy"
    noun = "machine image copy"
    encrypted = Flag(tf="$.encrypted")
    key = Key(tf="$.kms_key_id")
    tags = Tags(tf="$.tags")


class LaunchPermission(Given):
    """The permission to launch instances from a machine image."""

    types = ("aws_ami_launch_permission",)
    slug = "ec2-image-launch-permission"
    noun = "launch permission of a machine image"
    plural = "launch permissions of machine images"
    audience = Many(tf="$.group")


class ImageBlock(RegionalBlock):
    """Whether machine images can be public in a Region."""

    types = ("aws_ec2_image_block_public_access",)
    slug = "ec2-image-public-access-block"
    noun = "public access block of machine images"
    plural = "public access blocks of machine images"
    refusing = "set {state.name} to block-new-sharing"
