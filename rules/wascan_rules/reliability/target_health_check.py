from wascan.kinds.elb import TargetGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL11-BP01", "REL11-BP02", severity="low")
def target_health_check(group: TargetGroup) -> Verdict:
    """Target groups check the health of the application.

    Unless told otherwise a load balancer asks for "/", and counts as healthy whatever answers there, even a login page
    in front of a dead database. A path made for the purpose says whether a target can do its work.

    Fix: leave health checks on, and set {health_path.name} to a path that answers only while the application works.
    """
    return group.is_checked()


@target_health_check.applies
def answers_http(group: TargetGroup) -> Verdict:
    """Other targets are asked whether they take a connection."""
    return group.answers_http()
