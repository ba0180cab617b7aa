from wascan.kinds.families import BackupPlanned
from wascan.rule import rule
from wascan.verdict import Verdict, known


@rule("REL09-BP01", "REL09-BP03", severity="medium", evidence="elsewhere")
def backup_plan(store: BackupPlanned, *, own_backups: bool = True) -> Verdict:
    """{Kinds} are in a backup plan.

    Data that no plan selects is backed up only when somebody thinks of it. A plan makes backups on schedule, keeps
    them as long as agreed, and can keep a copy in another account. Backups that a service makes by itself are enough,
    unless `own-backups` is off.

    Fix: let a selection of an AWS Backup plan cover it, by ARN or by tag.
    """
    return store.is_in_backup_plan() | (known(own_backups) & store.backs_itself_up())


@backup_plan.applies
def own_affair(store: BackupPlanned) -> Verdict:
    """A member of a cluster is backed up with it."""
    return store.decides_plan()
