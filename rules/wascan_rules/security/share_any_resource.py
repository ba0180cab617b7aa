from wascan.kinds.permissions import SHARING, Grants
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC03-BP07", severity="medium")
def share_any_resource(thing: Grants) -> Verdict:
    """{Kinds} do not allow it to be decided of every resource who may use it.

    A policy of a bucket, a key or a role that anybody may write is no policy: it can be opened to any account in one call.

    Fix: name the resources whose policies it is to write, or take the action out.
    """
    return ~thing.gives_on_everything(SHARING)
