from wascan.kinds.families import TagsBackups
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("COST03-BP02", "OPS02-BP01", severity="low")
def tagged_backups(store: TagsBackups) -> Verdict:
    """{Kinds} pass their tags on to their backups.

    Backups outlive what they were made from. Without its tags nobody knows whose they are, who pays for them and when
    they may go, and policies that go by tags miss them.

    Fix: set {copies_tags}.
    """
    return store.copies_tags.is_true()


@tagged_backups.applies
def own_backups(store: TagsBackups) -> Verdict:
    """A member of a cluster is backed up with it."""
    return store.decides_backup_tags()
