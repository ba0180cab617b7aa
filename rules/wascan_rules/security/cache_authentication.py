from wascan.kinds.exposure import KnowsClients
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP01", "SEC03-BP02", severity="medium")
def cache_authentication(store: KnowsClients) -> Verdict:
    """{Kinds} ask clients who they are.

    Without users or a password, whatever gets into the network reads and changes all that is kept: sessions, profiles,
    prices. Nobody can be given less than everything.

    Fix: {sign_in}.
    """
    return store.knows_clients()
