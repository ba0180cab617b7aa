from wascan.kinds.families import Taggable
from wascan.rule import rule
from wascan.verdict import Verdict, all_of


@rule("OPS02-BP01", "COST03-BP02", severity="low")
def tag_values(thing: Taggable, *, values: dict[str, list[str]]) -> Verdict:
    """Tags of {kinds} have agreed values.

    Costs that are split by a tag, and policies that go by one, treat "prod", "Prod" and "production" as three things.

    Fix: give the tag one of the allowed values.
    """
    return all_of(thing.tags.allow(key, allowed) for key, allowed in values.items())
