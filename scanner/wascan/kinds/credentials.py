"""Resources of which little else is asked than that they keep their secrets."""

from __future__ import annotations

from wascan.kinds.families import Taggable
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags


class AmplifyApp(HoldsSecrets, Taggable):
    """A web app that AWS Amplify builds and hosts."""

    types = ("AWS::Amplify::App", "aws_amplify_app")
    slug = "amplify-app"
    noun = "Amplify app"
    secrets = Secrets(
        cfn=("$.AccessToken", "$.BasicAuthConfig.Password", "$.OauthToken"),
        tf=("$.access_token", "$.basic_auth_credentials", "$.oauth_token"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class AmplifyBranch(HoldsSecrets, Taggable):
    """A branch of such an app."""

    types = ("AWS::Amplify::Branch", "aws_amplify_branch")
    slug = "amplify-branch"
    noun = "Amplify branch"
    secrets = Secrets(cfn="$.BasicAuthConfig.Password", tf="$.basic_auth_credentials")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class MicrosoftDirectory(HoldsSecrets):
    """A Microsoft Active Directory."""

    types = ("AWS::DirectoryService::MicrosoftAD",)
    slug = "directoryservice-microsoft-ad"
    noun = "Microsoft AD directory"
    secrets = Secrets(cfn="$.Password")


class SimpleDirectory(HoldsSecrets, Taggable):
    """A Simple AD directory."""

    types = ("AWS::DirectoryService::SimpleAD",)
    slug = "directoryservice-simple-ad"
    noun = "Simple AD directory"
    secrets = Secrets(cfn="$.Password")
    tags = Tags(cfn="$.Tags")


class Directory(HoldsSecrets, Taggable):
    """A directory of either sort, in Terraform."""

    types = ("aws_directory_service_directory",)
    slug = "directory-service-directory"
    noun = "directory"
    secrets = Secrets(tf="$.password")
    tags = Tags(tf="$.tags")


class FleetDirectory(HoldsSecrets):
    """The directory that AppStream 2.0 joins its instances to."""

    types = ("AWS::AppStream::DirectoryConfig", "aws_appstream_directory_config")
    slug = "appstream-directory-config"
    noun = "AppStream directory configuration"
    secrets = Secrets(
        cfn="$.ServiceAccountCredentials.AccountPassword", tf="$.service_account_credentials[*].account_password"
    )


class Webhook(HoldsSecrets, Taggable):
    """What starts a pipeline from outside."""

    types = ("AWS::CodePipeline::Webhook", "aws_codepipeline_webhook")
    slug = "codepipeline-webhook"
    noun = "pipeline webhook"
    secrets = Secrets(
        cfn="$.AuthenticationConfiguration.SecretToken", tf="$.authentication_configuration[*].secret_token"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")


class AlexaSkill(HoldsSecrets):
    """A skill of Alexa."""

    types = ("Alexa::ASK::Skill",)
    slug = "alexa-skill"
    noun = "Alexa skill"
    secrets = Secrets(cfn=("$.AuthenticationConfiguration.ClientSecret", "$.AuthenticationConfiguration.RefreshToken"))


class PushChannel(HoldsSecrets):
    """A channel of Amazon Pinpoint to Apple's push notifications."""

    types = (
        "AWS::Pinpoint::APNSChannel",
        "AWS::Pinpoint::APNSSandboxChannel",
        "AWS::Pinpoint::APNSVoipChannel",
        "AWS::Pinpoint::APNSVoipSandboxChannel",
        "aws_pinpoint_apns_channel",
        "aws_pinpoint_apns_sandbox_channel",
        "aws_pinpoint_apns_voip_channel",
        "aws_pinpoint_apns_voip_sandbox_channel",
    )
    slug = "pinpoint-apns-channel"
    noun = "APNs channel"
    secrets = Secrets(cfn=("$.PrivateKey", "$.TokenKey"), tf=("$.private_key", "$.token_key"))


class ChainMember(HoldsSecrets):
    """A member of a blockchain network."""

    types = ("AWS::ManagedBlockchain::Member",)
    slug = "managedblockchain-member"
    noun = "blockchain member"
    secrets = Secrets(cfn="$.MemberConfiguration.MemberFrameworkConfiguration.MemberFabricConfiguration.AdminPassword")


class SecretVersion(HoldsSecrets):
    """What a secret says, in Terraform."""

    types = ("aws_secretsmanager_secret_version",)
    slug = "secret-version"
    noun = "version of a secret"
    plural = "versions of secrets"
    secrets = Secrets(tf=("$.secret_binary", "$.secret_string"))
