from wascan.kinds.families import BacksUp
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL09-BP03", "REL09-BP01", severity="medium")
def backup_retention(store: BacksUp, *, days: int = 7, cache_days: int = 1) -> Verdict:
    """{Kinds} are backed up automatically, and backups are kept long enough.

    Damage is often noticed days after it was done. A backup of yesterday then holds the damage too. Of a cache, which can
    be filled again, one backup is enough.

    Fix: set {backup_days}.
    """
    return store.backup_days.at_least(cache_days if store.cache else days)


@backup_retention.applies
def own_affair(store: BacksUp) -> Verdict:
    """A member of a cluster is backed up with it."""
    return store.decides_backups()
