from wascan.kinds.containers import TaskDefinition
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", "SEC03-BP02", severity="medium")
def host_network_user(task: TaskDefinition) -> Verdict:
    """Containers of {kinds} do not run as root in the network of their host.

    In the network of its host a container reaches what listens there for the host alone, and as root it may listen in on
    all the others.

    Fix: set a user other than root for each container in {containers.name}, or set {network.name} to awsvpc.
    """
    return task.containers.every(lambda one: ~one.runs_as_root())


@host_network_user.applies
def on_host(task: TaskDefinition) -> Verdict:
    """Other networks keep containers apart."""
    return task.network.equals("host")
