from wascan.kinds.telemetry import Audits
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", severity="medium")
def audit_logging(thing: Audits) -> Verdict:
    """{Kinds} keep an audit log.

    Without an audit log nobody can say what an intruder read or changed, and all of it counts as lost.

    Fix: {auditing}.
    """
    return thing.is_audited()


@audit_logging.applies
def can_audit(thing: Audits) -> Verdict:
    """Some have no such log."""
    return thing.decides_audit()
