from wascan.kinds.containers import TaskDefinition
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", severity="low")
def read_only_containers(task: TaskDefinition) -> Verdict:
    """Containers of {kinds} cannot change their own files.

    Whoever gets into a container wants to leave something behind. On a file system that is read only there is no
    place for it.

    Fix: set readonlyRootFilesystem to true in {containers.name}, and mount volumes for what is written.
    """
    return task.containers.every(lambda container: container.read_only.is_true())
