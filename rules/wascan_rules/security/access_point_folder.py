from wascan.kinds.efs import FileAccessPoint
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC08-BP04", severity="medium")
def access_point_folder(point: FileAccessPoint) -> Verdict:
    """{Kinds} lead into a folder of their own.

    An access point to the root shows every client the files of all others.

    Fix: set {folder.name} to the folder of the application.
    """
    return ~point.folder.equals("/")
