from wascan.kinds.trailalarms import EVERY, WatchedTrail
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP03", "OPS08-BP04", severity="low", evidence="elsewhere")
def trail_alarms(trail: WatchedTrail, *, events: list[str] = EVERY) -> Verdict:
    """Somebody is told when {kinds} record what should not happen.

    The root user signs in, a trail is stopped, a policy is changed: that is worth a look on the same day. A trail writes it
    down with everything else, and tells nobody.

    Fix: for each of the events, add a metric filter on the log group in {log_group.name}, and an alarm on its metric.
    """
    return trail.is_watched_for(events)


@trail_alarms.applies
def can_be_counted(trail: WatchedTrail) -> Verdict:
    """Without a log group there is nothing that a filter could count in."""
    return trail.sends_events_on()
