from wascan.kinds.transit import EncryptsInTransit
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP02", severity="medium")
def encryption_in_transit(service: EncryptsInTransit) -> Verdict:
    """{Kinds} accept encrypted connections only.

    Anybody on the way can read and change what is sent in the clear: passwords, sessions, data. Where plain
    connections are accepted at all, a client that forgets to encrypt goes unnoticed.

    Fix: {transit}.
    """
    return service.encrypts_in_transit()


@encryption_in_transit.applies
def own_affair(service: EncryptsInTransit) -> Verdict:
    """Some hand connections on as they are, or take the setting from what they belong to."""
    return service.decides_transit()
