from wascan.kinds.families import TakesKey
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP01", severity="low")
def customer_managed_key(store: TakesKey) -> Verdict:
    """{Kinds} are encrypted with a customer-managed key.

    A key that AWS owns or manages has a policy that nobody can change, and its use cannot be withdrawn. With a key of
    your own, who may decrypt is yours to say, to log and to revoke, also across accounts.

    Fix: {own_key}.
    """
    return store.has_own_key()


@customer_managed_key.applies
def own_affair(store: TakesKey) -> Verdict:
    """A member of a cluster, and a copy of another store, take the key from it; some stores work without only."""
    return store.decides_encryption() & store.can_take_key()
