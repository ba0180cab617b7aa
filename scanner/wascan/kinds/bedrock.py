"""Amazon Bedrock."""

from __future__ import annotations

from wascan.attribute import Always
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags

_ALWAYS = "Amazon Bedrock User Guide, Data encryption"


class BedrockAgent(Encrypts, TakesKey, Taggable):
    """An agent, which keeps its instructions and sessions."""

    types = ("AWS::Bedrock::Agent", "aws_bedrockagent_agent")
    slug = "bedrock-agent"
    noun = "Bedrock agent"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.CustomerEncryptionKeyArn", tf="$.customer_encryption_key_arn")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class Guardrail(Encrypts, TakesKey, Taggable):
    """A guardrail."""

    types = ("AWS::Bedrock::Guardrail", "aws_bedrock_guardrail")
    slug = "bedrock-guardrail"
    noun = "Bedrock guardrail"
    encrypted = Always(True, _ALWAYS)
    key = Key(cfn="$.KmsKeyArn", tf="$.kms_key_arn")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class KnowledgeSource(Encrypts, TakesKey):
    """A source of a knowledge base; the key is for what is kept while it is read in."""

    types = ("AWS::Bedrock::DataSource", "aws_bedrockagent_data_source")
    slug = "bedrock-data-source"
    noun = "Bedrock data source"
    encrypted = Always(True, _ALWAYS)
    key = Key(
        cfn="$.ServerSideEncryptionConfiguration.KmsKeyArn", tf="$.server_side_encryption_configuration[*].kms_key_arn"
    )


class CustomModel(Encrypts, TakesKey, Taggable):
    """A model that was trained with a customer's data."""

    types = ("aws_bedrock_custom_model",)
    slug = "bedrock-custom-model"
    noun = "Bedrock custom model"
    encrypted = Always(True, _ALWAYS)
    key = Key(tf="$.custom_model_kms_key_id")
    tags = Tags(tf="$.tags")
