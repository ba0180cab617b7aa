"""Policies of AWS's own, known by their names: what they allow, and what they are for.

Sources: AWS Managed Policy Reference Guide; the page of each service on the role that it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.markers import Reference
from wascan.value import Fact, Value
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict, but

if TYPE_CHECKING:
    from collections.abc import Callable

_AWS = ":iam::aws:policy/"


def is_of_aws(arn: Value) -> Verdict:
    """Whether an ARN is that of a policy of AWS's."""
    return _names(arn, Value.holds, _AWS)


def is_administrator_policy(arn: Value) -> Verdict:
    """Whether it is that of ``AdministratorAccess``."""
    return _names(arn, Value.ends_with, f"{_AWS}AdministratorAccess")


def is_iam_full_access(arn: Value) -> Verdict:
    """Whether it is that of ``IAMFullAccess``, by which an identity can give itself everything."""
    return _names(arn, Value.ends_with, f"{_AWS}IAMFullAccess")


def gives_whole_service(arn: Value) -> Verdict:
    """Whether it is that of a policy which allows all that a service, or nearly all of them, can do, short of giving
    itself more.
    """
    wide = _names(arn, Value.ends_with, *_WIDE)
    return but(is_of_aws(arn) & wide, _names(arn, Value.ends_with, "InvokeFullAccess", "/IAMFullAccess"))


def is_for_everybody(arn: Value) -> Verdict:
    """Whether it is that of a policy of AWS's, and of none that AWS wrote for the role which a service needs."""
    below = but(_names(arn, Value.holds, "/service-role/"), _names(arn, Value.ends_with, *_TOO_WIDE))
    made = below if below.truth is PASS else _names(arn, Value.ends_with, *_FOR_ROLES)
    return but(is_of_aws(arn), made)


def may_write_logs(arn: Value) -> Verdict:
    """Whether it is that of a policy of AWS's which allows to write to CloudWatch Logs. Of many that is not known here."""
    fact = Fact(arn, "allows", WRITE_LOGS)
    if _names(arn, Value.ends_with, *_LOGGING).truth is PASS:
        return Verdict(PASS, (fact,))
    strange = but(is_of_aws(arn), _names(arn, Value.ends_with, *_NOT_LOGGING))
    return Verdict(FAIL if strange.truth is FAIL else UNKNOWN, (fact,))


WRITE_LOGS = "logs:PutLogEvents"

_WIDE = ("FullAccess", "FullAccess_v2", "FullAccessV2", "/PowerUserAccess", "/SecretsManagerReadWrite")

_FOR_ROLES = (
    "/AmazonEC2ContainerRegistryPullOnly",
    "/AmazonEC2ContainerRegistryReadOnly",
    "/AmazonEKSBlockStoragePolicy",
    "/AmazonEKSClusterPolicy",
    "/AmazonEKSComputePolicy",
    "/AmazonEKSFargatePodExecutionRolePolicy",
    "/AmazonEKSLoadBalancingPolicy",
    "/AmazonEKSNetworkingPolicy",
    "/AmazonEKSServicePolicy",
    "/AmazonEKSVPCResourceController",
    "/AmazonEKSWorkerNodeMinimalPolicy",
    "/AmazonEKSWorkerNodePolicy",
    "/AmazonEKS_CNI_Policy",
    "/AmazonSSMDirectoryServiceAccess",
    "/AmazonSSMManagedInstanceCore",
    "/AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
    "/AWSElasticBeanstalkMulticontainerDocker",
    "/AWSElasticBeanstalkWebTier",
    "/AWSElasticBeanstalkWorkerTier",
    "/AWSLambdaBasicDurableExecutionRolePolicy",
    "/AWSLambdaBasicExecutionRole",
    "/AWSLambdaDynamoDBExecutionRole",
    "/AWSLambdaENIManagementAccess",
    "/AWSLambdaKinesisExecutionRole",
    "/AWSLambdaMSKExecutionRole",
    "/AWSLambdaSQSQueueExecutionRole",
    "/AWSLambdaVPCAccessExecutionRole",
    "/AWSXRayDaemonWriteAccess",
    "/AWSXrayWriteOnlyAccess",
    "/CloudWatchAgentServerPolicy",
)
"""Policies for the role that a service needs, beside those below ``service-role``: SAM names that without its path (AWS
Lambda Developer Guide, "Defining Lambda function permissions with an execution role"; Amazon EKS User Guide, "AWS managed
policies for Amazon Elastic Kubernetes Service"; AWS Systems Manager User Guide, "Configure instance permissions required
for Systems Manager"; Amazon CloudWatch User Guide, "Create IAM roles and users for use with the CloudWatch agent"; AWS X-Ray
Developer Guide, "AWS managed policies for X-Ray"; AWS Elastic Beanstalk Developer Guide, "Managing Elastic Beanstalk instance
profiles").
"""

_TOO_WIDE = (
    "/AmazonEC2RoleforAWSCodeDeploy",
    "/AmazonEC2RoleforDataPipelineRole",
    "/AmazonEC2RoleforSSM",
    "/AmazonElasticMapReduceRole",
    "/AmazonElasticMapReduceforEC2Role",
    "/AWSLambdaRole",
    "FullAccess",
)
"""Policies below ``service-role`` in whose place AWS has put narrower ones, or asks for one's own (AWS Systems Manager User
Guide, "AWS managed policies for AWS Systems Manager"; Amazon EMR Management Guide, "Using Amazon EMR managed policies")."""

_LOGGING = (
    "/AdministratorAccess",
    "/AWSLambdaBasicDurableExecutionRolePolicy",
    "/AWSLambdaBasicExecutionRole",
    "/AWSLambdaDynamoDBExecutionRole",
    "/AWSLambdaExecute",
    "/AWSLambdaKinesisExecutionRole",
    "/AWSLambdaMSKExecutionRole",
    "/AWSLambdaSQSQueueExecutionRole",
    "/AWSLambdaVPCAccessExecutionRole",
    "/CloudWatchAgentServerPolicy",
    "/CloudWatchFullAccess",
    "/CloudWatchFullAccessV2",
    "/CloudWatchLogsFullAccess",
    "/PowerUserAccess",
)

_NOT_LOGGING = (
    "/AmazonAPIGatewayInvokeFullAccess",
    "/AmazonBedrockFullAccess",
    "/AmazonDynamoDBFullAccess",
    "/AmazonDynamoDBFullAccess_v2",
    "/AmazonKinesisFirehoseFullAccess",
    "/AmazonKinesisFullAccess",
    "/AmazonRekognitionFullAccess",
    "/AmazonS3FullAccess",
    "/AmazonSESFullAccess",
    "/AmazonSNSFullAccess",
    "/AmazonSQSFullAccess",
    "/AmazonSSMManagedInstanceCore",
    "/AWSLambda_FullAccess",
    "/AWSLambdaRole",
    "/AWSXRayDaemonWriteAccess",
    "/AWSXrayWriteOnlyAccess",
    "/IAMFullAccess",
    "/SecretsManagerReadWrite",
    "ReadOnlyAccess",
)


def _names(arn: Value, question: Callable[..., Verdict], *texts: str) -> Verdict:
    """Ask an ARN about its text. One that comes from another resource is no policy of AWS's."""
    if isinstance(arn.data, Reference):
        return Verdict(FAIL, (Fact(arn, "holds", texts),))
    return question(arn, *texts)
