from wascan.kinds.ecs import ECSService
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS06-BP04", "REL11-BP03", severity="low")
def deployment_rollback(service: ECSService) -> Verdict:
    """ECS services go back to what worked when a deployment fails.

    A service whose new tasks do not come up retries for hours, and the next task that dies is replaced by one that
    does not work either. The circuit breaker gives up early and puts the last good version back.

    Fix: set {circuit_breaker}, with the circuit breaker enabled.
    """
    return service.rolls_back()


@deployment_rollback.applies
def rolls_out_itself(service: ECSService) -> Verdict:
    """CodeDeploy, and other controllers, have ways of their own."""
    return service.rolls_out_itself()
