"""Amazon SageMaker AI. What it keeps is encrypted with a key of AWS's unless it is given another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.kind import Always, One
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict

_ALWAYS = "Amazon SageMaker AI Developer Guide, Protect data at rest using encryption"


class Notebook(Encrypts, TakesKey, Taggable):
    """A notebook instance."""

    types = ("AWS::SageMaker::NotebookInstance", "aws_sagemaker_notebook_instance")
    slug = "sagemaker-notebook"
    noun = "SageMaker notebook"
    own_name = One(cfn="$.NotebookInstanceName", tf="$.name")
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class EndpointConfiguration(Encrypts, TakesKey, Taggable):
    """What an endpoint is made of; the key is that of its instances' volumes."""

    types = ("AWS::SageMaker::EndpointConfig", "aws_sagemaker_endpoint_configuration")
    slug = "sagemaker-endpoint-configuration"
    noun = "SageMaker endpoint configuration"
    own_name = One(cfn="$.EndpointConfigName", tf="$.name")
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_arn")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class StudioDomain(Encrypts, TakesKey, Taggable):
    """A domain of Studio; the key is that of its file system."""

    types = ("AWS::SageMaker::Domain", "aws_sagemaker_domain")
    slug = "sagemaker-domain"
    noun = "SageMaker domain"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class DataQualityJob(Encrypts, TakesKey, Taggable):
    """A job that watches the quality of data, with a key for its volume and one for its results."""

    types = ("AWS::SageMaker::DataQualityJobDefinition", "aws_sagemaker_data_quality_job_definition")
    slug = "sagemaker-data-quality-job"
    noun = "SageMaker data quality job"
    own_key = "set {key} and {volume_key} to a customer-managed KMS key"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.DataQualityJobOutputConfig.KmsKeyId", tf="$.data_quality_job_output_config[*].kms_key_id")
    volume_key = Key(
        cfn="$.JobResources.ClusterConfig.VolumeKmsKeyId", tf="$.job_resources[*].cluster_config[*].volume_kms_key_id"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def has_own_key(self) -> Verdict:
        return self.key.is_customer_managed() & self.volume_key.is_customer_managed()


class FlowDefinition(Encrypts, TakesKey, Taggable):
    """What people are asked to do for a model, and where their answers go."""

    types = ("aws_sagemaker_flow_definition",)
    slug = "sagemaker-flow-definition"
    noun = "SageMaker flow definition"
    encrypted = Always(True, _ALWAYS)
    key = Key(tf="$.output_config[*].kms_key_id")
    tags = Tags(tf="$.tags")
