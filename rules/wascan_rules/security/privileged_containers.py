from wascan.kinds.permissions import RunsContainers
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP02", "SEC03-BP02", severity="high")
def privileged_containers(thing: RunsContainers) -> Verdict:
    """{Kinds} run no privileged containers.

    A privileged container is root on its host, and so in every other container there.

    Fix: remove privileged from {containers.name}, and add the one capability that is needed.
    """
    return thing.containers.none(lambda container: container.privileged.is_true())
