"""Resource policies of what has no other settings worth a question: each stands for what it belongs to."""

from __future__ import annotations

from wascan.kinds.policies import Policy
from wascan.kinds.sharing import Shared


class LogDestination(Shared):
    """Where other accounts may send their logs. In Terraform its policy is a resource of its own."""

    types = ("AWS::Logs::Destination", "aws_cloudwatch_log_destination_policy")
    slug = "log-destination"
    noun = "log destination"
    policy = Policy(cfn="$.DestinationPolicy", tf="$.access_policy")


class LogsPolicy(Shared):
    """Which services may write to the log groups of an account."""

    types = ("AWS::Logs::ResourcePolicy", "aws_cloudwatch_log_resource_policy")
    slug = "logs-resource-policy"
    noun = "resource policy of CloudWatch Logs"
    plural = "resource policies of CloudWatch Logs"
    policy = Policy(cfn="$.PolicyDocument", tf="$.policy_document")


class CatalogPolicy(Shared):
    """Who may use the data catalog of an account."""

    types = ("aws_glue_resource_policy",)
    slug = "glue-resource-policy"
    noun = "policy of the data catalog"
    plural = "policies of the data catalog"
    policy = Policy(tf="$.policy")


class SenderPolicy(Shared):
    """Who may send mail in the name of a domain or address."""

    types = ("aws_ses_identity_policy", "aws_sesv2_email_identity_policy")
    slug = "ses-identity-policy"
    noun = "policy of a sender of mail"
    plural = "policies of senders of mail"
    policy = Policy(tf="$.policy")
