from wascan.kinds.transit import EncryptsInTransit
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="medium")
def encryption_in_transit(service: EncryptsInTransit) -> Verdict:
    """{Kinds} talk to clients over encrypted connections only.

    Whoever sits on the way reads and changes what is sent in the clear: passwords, sessions, data. If plain connections
    are taken at all, a client that forgets to encrypt goes unnoticed.

    Fix: {transit}.
    """
    return service.encrypts_in_transit()


@encryption_in_transit.applies
def own_affair(service: EncryptsInTransit) -> Verdict:
    """Some hand connections on as they are, or take the setting from what they belong to."""
    return service.decides_transit()
