from wascan.kinds.workspaces import Workspace
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP02", severity="medium")
def root_volume_encryption(desktop: Workspace) -> Verdict:
    """Root volumes of {kinds} are encrypted.

    People keep their files on the other volume, but what they open leaves traces with the system: temporary files, caches,
    logs, memory that was swapped out. It cannot be encrypted later without making the desktop anew.

    Fix: set {encrypts_root}.
    """
    return desktop.encrypts_root.is_true()
