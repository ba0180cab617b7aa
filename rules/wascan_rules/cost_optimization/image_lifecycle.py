from wascan.kinds.ecr import Repository
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("COST04-BP05", "SUS04-BP05", severity="low")
def image_lifecycle(repository: Repository) -> Verdict:
    """{Kinds} expire images that nobody needs any more.

    Each build pushes an image, and each is stored and paid for until somebody deletes it. Old ones keep their
    vulnerabilities, too.

    Fix: set {lifecycle.name} to a policy that expires untagged images, and all but the last ones.
    """
    return repository.lifecycle.is_present()
