from wascan.kinds.permissions import READING, Grants
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC08-BP04", severity="medium")
def read_any_data(thing: Grants) -> Verdict:
    """{Kinds} do not allow reading every secret, parameter or object.

    Whoever gets hold of it reads the passwords of all other workloads in the account, and what their buckets hold.

    Fix: name the secrets, parameters or buckets that are needed, or a prefix that they share.
    """
    return ~thing.gives_on_everything(READING)
