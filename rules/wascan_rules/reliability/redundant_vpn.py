from wascan.kinds.vpn import VPNEnd
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL02-BP02", severity="medium", evidence="elsewhere")
def redundant_vpn(gateway: VPNEnd) -> Verdict:
    """{Kinds} connect to two devices on the other side.

    The two tunnels of a VPN connection end in one customer gateway. While that is rebooted, patched or broken, no
    traffic gets through.

    Fix: add a VPN connection with another customer gateway.
    """
    return gateway.devices.distinct_at_least(2)


@redundant_vpn.applies
def is_connected(gateway: VPNEnd) -> Verdict:
    """A gateway without VPN connections may have other ways."""
    return ~gateway.devices.is_empty()
