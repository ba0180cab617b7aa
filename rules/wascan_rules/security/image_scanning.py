from wascan.kinds.ecr import Repository
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC06-BP01", severity="medium")
def image_scanning(repository: Repository) -> Verdict:
    """Images in {kinds} are scanned for vulnerabilities.

    An image brings along a system and its libraries, and the vulnerabilities that are found in them later. A scan on
    each push, or better a continuous one of the whole registry, finds them before somebody else does.

    Fix: set {scans}, or let the registry scan all repositories.
    """
    return repository.is_scanned()
