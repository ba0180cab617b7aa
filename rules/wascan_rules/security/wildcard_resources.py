from wascan.kinds.permissions import Grants
from wascan.kinds.policies import Statement
from wascan.rule import rule
from wascan.verdict import FAIL, Verdict, but


@rule("SEC03-BP02", severity="low")
def wildcard_resources(thing: Grants) -> Verdict:
    """{Kinds} name the resources that they give access to.

    On every resource means on those of all other workloads in the account too, and on those that will be. Actions that
    take nothing but an asterisk are left alone, and so are statements with a condition.

    Fix: replace the asterisk with the resources that are needed, or a prefix that they share.
    """
    return thing.grants.none(_is_wide)


def _is_wide(one: Statement) -> Verdict:
    wide = one.takes_every_resource()
    if wide.truth is FAIL:
        return wide
    return but(wide & one.could_name_resources(), ~one.holds_always())
