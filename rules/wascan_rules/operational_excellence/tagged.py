from wascan.kinds.families import Attributed
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS02-BP01", "COST03-BP02", severity="low")
def tagged(thing: Attributed) -> Verdict:
    """{Kinds} carry tags.

    Sooner or later somebody meets it, in a bill or because it breaks, and has to find out whose it is. Which tags
    there must be is yours to say: `required-tags` asks for them on everything that takes any.

    Fix: add tags that say at least whose it is.
    """
    return thing.tags.has_any()
