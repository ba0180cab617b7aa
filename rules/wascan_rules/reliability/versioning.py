from wascan.kinds.families import Versions
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL09-BP01", severity="low")
def versioning(store: Versions) -> Verdict:
    """{Kinds} keep earlier versions.

    Without versions an overwritten or deleted object is gone at once, whoever did it, and why.

    Fix: set {versioned}.
    """
    return store.versioned.is_true()
