from wascan.kinds.containers import TaskDefinition
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", "SEC03-BP02", severity="high")
def host_processes(task: TaskDefinition) -> Verdict:
    """{Kinds} do not share the process namespace of their host.

    A container that sees the processes of its host sees those of all other containers there, with the secrets in their
    environment, and can stop them or attach to them.

    Fix: leave {processes.name} out, or set it to task.
    """
    return ~task.processes.equals("host")
