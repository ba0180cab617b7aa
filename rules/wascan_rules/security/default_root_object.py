from wascan.kinds.cloudfront import Distribution
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC08-BP04", severity="low")
def default_root_object(distribution: Distribution) -> Verdict:
    """{Kinds} name what is served at the root.

    Without a default object, who asks for the root gets what the origin has to say, which may be a list of all that is in
    the bucket.

    Fix: set {root_object.name} to the first page, as index.html.
    """
    return distribution.root_object.is_present()
