from wascan.kinds.telemetry import Monitored
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS04-BP02", "REL06-BP01", "PERF02-BP03", severity="low")
def detailed_monitoring(thing: Monitored) -> Verdict:
    """{Kinds} are monitored in detail.

    What AWS measures free of charge is coarse: every few minutes, and from outside. Trouble that lasts a minute does
    not show, and no alarm is quicker than the metric that it watches.

    Fix: {monitoring}.
    """
    return thing.is_monitored()


@detailed_monitoring.applies
def own_affair(thing: Monitored) -> Verdict:
    """What is launched from a template has it from there."""
    return thing.decides_monitoring()
