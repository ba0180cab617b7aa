from wascan.kinds.efs import FileAccessPoint
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC08-BP04", severity="medium")
def access_point_user(point: FileAccessPoint) -> Verdict:
    """{Kinds} say who their clients are.

    Without a user of its own an access point believes what the client says, and the client may say root.

    Fix: set {user.name} to the user that the files belong to.
    """
    return point.user.is_present()
