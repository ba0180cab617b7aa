from wascan.kinds.autoscaling import AutoScalingGroup
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("PERF02-BP02", "SEC06-BP02", severity="low")
def launch_template(group: AutoScalingGroup) -> Verdict:
    """Auto Scaling groups start instances from a launch template.

    Launch configurations have been frozen since 2022: no newer instance types, no versions, and new accounts cannot
    create any.

    Fix: make a launch template, and name it in {template}.
    """
    return group.template.is_present()
