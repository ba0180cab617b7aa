from wascan.kinds.ecr import Repository
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP04", "REL08-BP04", severity="low")
def image_tag_immutability(repository: Repository) -> Verdict:
    """Image tags in {kinds} cannot be moved to another image.

    Whoever can push may put another image behind a tag that has been tested and deployed. A restart then runs what
    nobody looked at, and a rollback brings nothing back.

    Fix: set {mutability}.
    """
    return repository.mutability.one_of("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION")
