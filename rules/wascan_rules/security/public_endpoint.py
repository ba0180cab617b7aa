from wascan.kinds.exposure import HasEndpoint
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP01", severity="medium")
def public_endpoint(service: HasEndpoint) -> Verdict:
    """{Kinds} are reached from within the network only.

    A public endpoint can be found and probed by anybody, and leaves authentication as the only line of defence. Inside a
    network, who can get there at all is decided by subnets and security groups.

    Fix: {privacy}.
    """
    return service.has_private_endpoint()
