"""AWS Config."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, Many, One
from wascan.kind import Kind
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class ConfigurationAggregator(Taggable):
    """What brings the findings of several accounts and Regions together."""

    types = ("AWS::Config::ConfigurationAggregator", "aws_config_configuration_aggregator")
    slug = "config-configuration-aggregator"
    noun = "Config aggregator"
    accounts = Many(cfn="$.AccountAggregationSources[*]", tf="$.account_aggregation_source[*]")
    all_regions_of_accounts = Many(
        cfn="$.AccountAggregationSources[*].AllAwsRegions", tf="$.account_aggregation_source[*].all_regions"
    )
    all_regions_of_organization = Flag(
        cfn="$.OrganizationAggregationSource.AllAwsRegions", tf="$.organization_aggregation_source[*].all_regions"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def takes_all_regions(self) -> Verdict:
        """Whether it takes those of all Regions, also of those that are not used yet."""
        each = self.all_regions_of_accounts.every(lambda source: source.is_true()) & ~self.accounts.is_empty()
        return self.all_regions_of_organization.is_true() | (each & self.all_regions_of_accounts.count_at_least(1))


class ConfigurationRecorder(Kind):
    """What writes down how resources are configured, and when that changed."""

    types = ("AWS::Config::ConfigurationRecorder", "aws_config_configuration_recorder")
    slug = "config-configuration-recorder"
    noun = "Config recorder"
    strategy = One(
        cfn="$.RecordingGroup.RecordingStrategy.UseOnly", tf="$.recording_group[*].recording_strategy[*].use_only"
    )
    everything = Flag(
        cfn="$.RecordingGroup.AllSupported", tf="$.recording_group[*].all_supported", default={"cfn": False, "tf": True}
    )

    def records_everything(self) -> Verdict:
        """Whether it takes all types of resources, or all but some."""
        return self.everything.is_true() | self.strategy.one_of(
            "ALL_SUPPORTED_RESOURCE_TYPES", "EXCLUSION_BY_RESOURCE_TYPES"
        )
