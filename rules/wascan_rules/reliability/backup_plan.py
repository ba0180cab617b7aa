from wascan.kinds.families import BackupPlanned
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL09-BP01", "REL09-BP03", severity="medium", evidence="elsewhere")
def backup_plan(store: BackupPlanned) -> Verdict:
    """{Kinds} are in a backup plan.

    What no plan selects is backed up when somebody thinks of it. A plan makes backups on schedule, keeps them as long
    as agreed, and can keep a copy in another account.

    Fix: let a selection of an AWS Backup plan cover {a_kind}, by ARN or by tag.
    """
    return store.is_in_backup_plan()
