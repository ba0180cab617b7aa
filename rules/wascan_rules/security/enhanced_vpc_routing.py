from wascan.kinds.exposure import RoutesThroughVPC
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def enhanced_vpc_routing(warehouse: RoutesThroughVPC) -> Verdict:
    """{Kinds} load and unload data through the VPC.

    Otherwise copies to and from S3 go over the internet, where no security group, endpoint policy or flow log is in the
    way.

    Fix: set {routes_in_vpc}.
    """
    return warehouse.routes_in_vpc.is_true()
