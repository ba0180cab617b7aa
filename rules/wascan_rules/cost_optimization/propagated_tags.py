from wascan.kinds.families import PassesTagsOn
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("COST03-BP02", "OPS02-BP01", severity="low")
def propagated_tags(thing: PassesTagsOn) -> Verdict:
    """{Kinds} pass their tags on to what they start.

    The bill lists what was started, and not what started it. Without tags its costs belong to nobody.

    Fix: {handing_on}.
    """
    return thing.passes_tags_on()


@propagated_tags.applies
def has_tags(thing: PassesTagsOn) -> Verdict:
    """Without tags there is nothing to hand on."""
    return thing.tags.has_any()
