from wascan.kinds.permissions import Identity
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", severity="low")
def managed_policies(identity: Identity) -> Verdict:
    """{Kinds} have no policies of AWS's that are written for everybody.

    Such a policy grants more than one workload needs, on all resources, and AWS may add to it on any day. Those that AWS wrote
    for the role which a service needs, such as AWSLambdaBasicExecutionRole, are left alone.

    Fix: put a policy of your own, with just the actions and resources that are needed, in the place of each of AWS's in
    {managed_policies.name}.
    """
    return ~identity.has_aws_policy()
