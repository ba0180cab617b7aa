from wascan.kinds.containers import TaskDefinition
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", severity="low")
def read_only_containers(task: TaskDefinition) -> Verdict:
    """Containers of {kinds} have a read-only file system.

    Whoever gets into a container wants to leave something behind. A read-only file system has no place for it.

    Fix: set readonlyRootFilesystem to true in {containers.name}, and mount volumes for what is written.
    """
    return task.containers.every(lambda container: container.read_only.is_true())
