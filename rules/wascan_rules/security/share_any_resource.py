from wascan.kinds.permissions import SHARING, Grants
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC03-BP07", severity="medium")
def share_any_resource(thing: Grants) -> Verdict:
    """{Kinds} do not allow sharing every resource with others.

    Whoever may write the policies of all buckets, keys or roles opens each of them to any account in one call, whatever
    these policies say today. Of all actions of a service, which take these in, service-wildcards speaks.

    Fix: name the resources whose policies it is to write, or remove the action.
    """
    return ~thing.gives_on_everything(SHARING, among_all=False)
