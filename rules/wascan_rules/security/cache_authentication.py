from wascan.kinds.exposure import KnowsClients
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP01", "SEC03-BP02", severity="medium")
def cache_authentication(store: KnowsClients) -> Verdict:
    """{Kinds} authenticate their clients.

    Without users or a password, whoever gets into the network reads and changes all that is kept: sessions, profiles,
    prices.

    Fix: {sign_in}.
    """
    return store.knows_clients()
