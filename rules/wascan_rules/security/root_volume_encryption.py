from wascan.kinds.families import BringsRootVolume
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP02", severity="medium")
def root_volume_encryption(machine: BringsRootVolume) -> Verdict:
    """Root volumes of {kinds} are encrypted.

    Data is kept on other volumes, but what works on it leaves traces with the system: temporary files, caches, logs, memory
    that was swapped out. A root volume cannot be encrypted later without making the machine anew.

    Fix: set {encrypts_root}.
    """
    return machine.encrypts_root.is_true()


@root_volume_encryption.applies
def own_affair(machine: BringsRootVolume) -> Verdict:
    """Where no volume is encrypted, that is to be said first."""
    return machine.decides_root_encryption()
