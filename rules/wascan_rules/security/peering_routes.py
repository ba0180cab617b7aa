from wascan.kinds.vpc import LeadsToPeers
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", "SEC05-BP01", severity="medium")
def peering_routes(table: LeadsToPeers) -> Verdict:
    """{Kinds} send only its own traffic to a peered VPC.

    With all addresses routed to a peer, whatever has no other way goes to the network of another team or company, and
    its answers get in.

    Fix: in {ways}, name the addresses of the peer that are needed, in the place of 0.0.0.0/0 and ::/0.
    """
    return ~table.sends_everything_to_peer()


@peering_routes.applies
def leads_to_peer(table: LeadsToPeers) -> Verdict:
    """Other routes lead elsewhere."""
    return table.leads_to_peer()
