from wascan.kinds.permissions import Identity
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="low")
def managed_policies(identity: Identity) -> Verdict:
    """{Kinds} have only policies of the customer's own.

    A policy of AWS's is written for everybody: it grants more than one workload needs, on all resources, and AWS may
    add to it on any day.

    Fix: put a policy of your own, with just the actions and resources that are needed, in the place of each of AWS's in
    {managed_policies.name}.
    """
    return ~identity.has_aws_policy()
