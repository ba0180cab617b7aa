from wascan.kinds.permissions import TakesIAM
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP02", "SEC03-BP02", severity="low")
def iam_login(database: TakesIAM) -> Verdict:
    """{Kinds} accept IAM authentication.

    A password of a database is known to every place that it is written in, and hardly ever changed. An IAM token is
    valid for a quarter of an hour, and policies say who may have one.

    Fix: set {iam_login}, and let users log in with it.
    """
    return database.iam_login.is_true()


@iam_login.applies
def can_take_it(database: TakesIAM) -> Verdict:
    """Some engines know only passwords."""
    return database.decides_login()
