from wascan.kinds.families import Encrypts
from wascan.rule import Severity, rule
from wascan.verdict import Verdict

_LESS: dict[str, Severity] = {
    "sns-topic": "low",  # its disks are encrypted whatever a template says
    "ec2-instance": "medium",  # an account may encrypt by default
    "ec2-launch-template": "medium",
    "launch-configuration": "medium",
}


@rule("SEC08-BP02", severity="high", severities=_LESS)
def encryption_at_rest(store: Encrypts) -> Verdict:
    """{Kinds} are encrypted at rest.

    Whoever gets hold of a disk, a snapshot or a backup that is not encrypted can read it. Encryption costs nothing
    here, and on many services it cannot be switched on later without copying the data.

    Fix: {encryption}.
    """
    return store.is_encrypted()


@encryption_at_rest.applies
def own_affair(store: Encrypts) -> Verdict:
    """A member of a cluster, and a copy of another store, take encryption from it."""
    return store.decides_encryption()
