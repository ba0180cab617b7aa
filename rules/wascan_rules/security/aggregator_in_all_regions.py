from wascan.kinds.config import ConfigurationAggregator
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP02", severity="low")
def aggregator_in_all_regions(aggregator: ConfigurationAggregator) -> Verdict:
    """{Kinds} cover all Regions.

    What somebody makes in a Region that nobody uses is what nobody sees.

    Fix: switch all Regions on, for the accounts or for the organization.
    """
    return aggregator.takes_all_regions()
