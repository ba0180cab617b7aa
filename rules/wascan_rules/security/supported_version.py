from wascan.kinds.families import Versioned
from wascan.rule import rule
from wascan.verdict import Verdict



@rule("SEC06-BP01", "PERF05-BP06", severity="medium")
def supported_version(thing: Versioned, *, today: str) -> Verdict:
    """{Kinds} run a version that still gets security fixes.

    After the end of support holes stay open, and AWS ends up upgrading at a time of its own choosing, or charges for
    extended support.

    Fix: set {version} to a supported version.
    """
    return thing.is_supported(today)
