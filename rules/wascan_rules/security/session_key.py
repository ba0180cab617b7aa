from wascan.kinds.transit import OpensSessions
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="low")
def session_key(door: OpensSessions) -> Verdict:
    """Sessions of {kinds} are encrypted with a customer-managed key.

    They go over TLS in any case. With a key, what is typed and shown is encrypted from end to end, and nobody opens a
    session who may not use that key.

    Fix: set {session_key.name} to a customer-managed KMS key.
    """
    return door.session_key.is_customer_managed()


@session_key.applies
def opens(door: OpensSessions) -> Verdict:
    """Documents for commands, and clusters that say nothing of sessions, open none."""
    return door.opens_sessions()
