"""Amazon SageMaker AI. What it keeps is encrypted with a key of AWS's unless it is given another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Flag, Many, One
from wascan.kind import Block
from wascan.kinds.exposure import Isolates, Placeable, Surfs
from wascan.kinds.families import Encrypts, MultiAZ, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags
from wascan.kinds.transit import EncryptsBetweenNodes

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_ALWAYS = "Amazon SageMaker AI Developer Guide, Protect data at rest using encryption"


class Notebook(Encrypts, TakesKey, Surfs, Placeable, Taggable):
    """A notebook instance."""

    types = ("AWS::SageMaker::NotebookInstance", "aws_sagemaker_notebook_instance")
    slug = "sagemaker-notebook"
    noun = "SageMaker notebook"
    own_name = One(cfn="$.NotebookInstanceName", tf="$.name")
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    no_surfing = "set {internet.name} to Disabled"
    internet = One(cfn="$.DirectInternetAccess", tf="$.direct_internet_access", default="Enabled")
    place = One(cfn="$.SubnetId", tf="$.subnet_id")
    root_access = Flag(on=("Enabled",), cfn="$.RootAccess", tf="$.root_access", default=True)
    metadata_version = One(
        cfn="$.InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion",
        tf="$.instance_metadata_service_configuration[*].minimum_instance_metadata_service_version",
        default="1",
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_own_way_out(self) -> Verdict:
        return ~self.internet.equals("Disabled")


class Variant(Block):
    """A model on instances, or without any."""

    instances = One(cfn="$.InitialInstanceCount", tf="$.initial_instance_count", default=1)
    serverless = One(cfn="$.ServerlessConfig.MaxConcurrency", tf="$.serverless_config[*].max_concurrency")


class EndpointConfiguration(Encrypts, TakesKey, MultiAZ, Taggable):
    """What an endpoint is made of; the key is that of its instances' volumes. Several instances are spread over zones
    (Amazon SageMaker AI Developer Guide, "Best practices for deploying models on SageMaker AI Hosting Services").
    """

    types = ("AWS::SageMaker::EndpointConfig", "aws_sagemaker_endpoint_configuration")
    slug = "sagemaker-endpoint-configuration"
    noun = "SageMaker endpoint configuration"
    spread = "give each variant in {variants.name} two instances or more"
    own_name = One(cfn="$.EndpointConfigName", tf="$.name")
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_arn")
    variants = Many(block=Variant, cfn="$.ProductionVariants[*]", tf="$.production_variants[*]")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_zones(self) -> Verdict:
        return ~self.variants.is_empty()

    def in_several_zones(self) -> Verdict:
        return self.variants.every(lambda variant: variant.instances.at_least(2) | variant.serverless.is_present())


class StudioDomain(Encrypts, TakesKey, Surfs, Taggable):
    """A domain of Studio; the key is that of its file system."""

    types = ("AWS::SageMaker::Domain", "aws_sagemaker_domain")
    slug = "sagemaker-domain"
    noun = "SageMaker domain"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    no_surfing = "set {internet.name} to VpcOnly"
    internet = One(cfn="$.AppNetworkAccessType", tf="$.app_network_access_type", default="PublicInternetOnly")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_own_way_out(self) -> Verdict:
        return ~self.internet.equals("VpcOnly")


class Model(Isolates, Taggable):
    """A model, with the container that answers for it: on the network unless somebody isolates it (Amazon SageMaker
    Developer Guide, "Run Training and Inference Containers in Internet-Free Mode").
    """

    types = ("AWS::SageMaker::Model", "aws_sagemaker_model")
    slug = "sagemaker-model"
    noun = "SageMaker model"
    isolated = Flag(cfn="$.EnableNetworkIsolation", tf="$.enable_network_isolation")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class DataQualityJob(Encrypts, TakesKey, Isolates, EncryptsBetweenNodes, Taggable):
    """A job that watches the quality of data, with a key for its volume and one for its results."""

    types = ("AWS::SageMaker::DataQualityJobDefinition", "aws_sagemaker_data_quality_job_definition")
    slug = "sagemaker-data-quality-job"
    noun = "SageMaker data quality job"
    isolated = Flag(cfn="$.NetworkConfig.EnableNetworkIsolation", tf="$.network_config[*].enable_network_isolation")
    instances = One(
        cfn="$.JobResources.ClusterConfig.InstanceCount", tf="$.job_resources[*].cluster_config[*].instance_count"
    )
    between_nodes = Flag(
        cfn="$.NetworkConfig.EnableInterContainerTrafficEncryption",
        tf="$.network_config[*].enable_inter_container_traffic_encryption",
    )
    own_key = "set {key.name} and {volume_key.name} to a customer-managed KMS key"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.DataQualityJobOutputConfig.KmsKeyId", tf="$.data_quality_job_output_config[*].kms_key_id")
    volume_key = Key(
        cfn="$.JobResources.ClusterConfig.VolumeKmsKeyId", tf="$.job_resources[*].cluster_config[*].volume_kms_key_id"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_own_key(self) -> Verdict:
        return self.key.is_customer_managed() & self.volume_key.is_customer_managed()

    def has_several_nodes(self) -> Verdict:
        return ~self.instances.equals(1)


class FlowDefinition(Encrypts, TakesKey, Taggable):
    """What people are asked to do for a model, and where their answers go."""

    types = ("aws_sagemaker_flow_definition",)
    slug = "sagemaker-flow-definition"
    noun = "SageMaker flow definition"
    encrypted = Always(True, _ALWAYS)
    key = Key(tf="$.output_config[*].kms_key_id")
    tags = Tags(tf="$.tags")
