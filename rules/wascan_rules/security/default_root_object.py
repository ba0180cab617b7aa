from wascan.kinds.cloudfront import Distribution
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP04", severity="low")
def default_root_object(distribution: Distribution) -> Verdict:
    """{Kinds} name the object that is served at the root.

    Without a default object, a request for the root gets whatever the origin answers, which may be a list of all that
    is in the bucket.

    Fix: set {root_object.name} to the first page, such as index.html.
    """
    return distribution.root_object.is_present()
