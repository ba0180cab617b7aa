"""Amazon Elastic Container Registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Beside, Flag, LinkTo, Many, One
from wascan.kind import Block, Kind, view
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.keys import Key
from wascan.kinds.policies import Policy
from wascan.kinds.sharing import PolicyOfOne, Shared
from wascan.kinds.tags import Tags
from wascan.verdict import any_of

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Repository(Encrypts, TakesKey, Shared, Taggable):
    """A repository of images. The registry may scan for all of its repositories at once."""

    types = ("AWS::ECR::Repository", "aws_ecr_repository")
    slug = "ecr-repository"
    noun = "ECR repository"
    own_name = One(cfn="$.RepositoryName", tf="$.name")
    encrypted = Always(True, "Amazon ECR User Guide, Encryption at rest")
    key = Key(cfn="$.EncryptionConfiguration.KmsKey", tf="$.encryption_configuration[*].kms_key")
    scans = Flag(cfn="$.ImageScanningConfiguration.ScanOnPush", tf="$.image_scanning_configuration[*].scan_on_push")
    mutability = One(cfn="$.ImageTagMutability", tf="$.image_tag_mutability", default="MUTABLE")
    lifecycle = One(
        cfn="$.LifecyclePolicy.LifecyclePolicyText",
        tf=Beside("aws_ecr_lifecycle_policy", "$.policy", by="$.repository"),
    )
    policy = Policy(
        cfn="$.RepositoryPolicyText",
        tf=Beside("aws_ecr_repository_policy", "$.policy", by="$.repository"),
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_scanned(self) -> Verdict:
        """Whether images are scanned when they are pushed, by its own setting or by the registry's."""
        resource, world = self._resource, self._world
        registries = (
            view(found, world)
            for type in RegistryScanning.types
            for found in resource.scope.graph.of_type(type, resource.scope)
        )
        return self.scans.is_true() | any_of(
            registry.scans_all() for registry in registries if isinstance(registry, RegistryScanning)
        )


class RepositoryPolicy(PolicyOfOne):
    """The policy of a repository of images."""

    types = ("aws_ecr_repository_policy",)
    slug = "ecr-repository-policy"
    noun = "ECR repository policy"
    owner = LinkTo(to="Repository", tf="$.repository")
    policy = Policy(tf="$.policy")


class ScanningRule(Block):
    """How often the registry scans which repositories."""

    frequency = One(cfn="$.ScanFrequency", tf="$.scan_frequency")
    filters = Many(cfn="$.RepositoryFilters[*].Filter", tf="$.repository_filter[*].filter")


class RegistryScanning(Kind):
    """How a registry scans the images of its repositories."""

    types = ("AWS::ECR::RegistryScanningConfiguration", "aws_ecr_registry_scanning_configuration")
    slug = "ecr-registry-scanning"
    noun = "scanning configuration of a registry"
    plural = "scanning configurations of registries"
    rules = Many(block=ScanningRule, cfn="$.Rules[*]", tf="$.rule[*]")

    def scans_all(self) -> Verdict:
        """Whether it scans every repository at least when something is pushed."""
        return self.rules.any(
            lambda rule: (
                rule.frequency.one_of("SCAN_ON_PUSH", "CONTINUOUS_SCAN")
                & rule.filters.any(lambda pattern: pattern.equals("*"))
            )
        )
