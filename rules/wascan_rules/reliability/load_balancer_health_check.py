from wascan.kinds.autoscaling import AutoScalingGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL11-BP03", "REL11-BP01", severity="medium")
def load_balancer_health_check(group: AutoScalingGroup) -> Verdict:
    """Auto Scaling groups behind a load balancer replace instances that fail its health check.

    EC2 only sees whether an instance runs. An instance whose application has died still runs, gets no traffic from the
    load balancer, and is never replaced.

    Fix: set {health_check.name} to ELB.
    """
    return group.heeds_the_load_balancer()


@load_balancer_health_check.applies
def is_balanced(group: AutoScalingGroup) -> Verdict:
    """Without a load balancer there is no such check."""
    return group.is_balanced()
