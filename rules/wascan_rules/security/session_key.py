from wascan.kinds.ssm import SSMDocument
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="low")
def session_key(document: SSMDocument) -> Verdict:
    """{Kinds} for sessions encrypt what is typed and shown with a key of the customer's own.

    Session Manager speaks TLS in any case. With a key, what goes between a client and a node is encrypted from end to end,
    and nobody opens a session who may not use that key.

    Fix: set {session_key.name} to a customer-managed KMS key.
    """
    return document.session_key.is_customer_managed()


@session_key.applies
def preferences(document: SSMDocument) -> Verdict:
    """Documents for commands, automations and tunnels have no such preference."""
    return document.has_preferences()
